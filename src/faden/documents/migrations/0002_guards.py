from django.db import migrations

from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_guards"), ("documents", "0001_initial")]

    operations = [GuardTable("storedfile")]
