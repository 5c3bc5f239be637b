from django.db import migrations

from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("chains", "0001_initial")]

    operations = [
        GuardTable("chaintemplate"),
        GuardTable("measuredduration"),
        GuardTable("chain"),
        GuardTable("chainstep"),
        GuardTable("steplink"),
        GuardTable("stepchange"),
        GuardTable("plan"),
        GuardTable("goal"),
        GuardTable("goalstep"),
        GuardTable("planversion"),
    ]
