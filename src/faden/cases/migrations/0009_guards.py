from django.db import migrations

from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_deadlines")]

    operations = [GuardTable("deadline")]
