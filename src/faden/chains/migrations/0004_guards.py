from django.db import migrations

from faden.kernel.operations import GuardKey, GuardTable


class Migration(migrations.Migration):
    dependencies = [("chains", "0003_sharing")]

    operations = [
        GuardTable("chainshare"),
        GuardTable("stepreport"),
        GuardKey("chainstep", "held_by_share"),
    ]
