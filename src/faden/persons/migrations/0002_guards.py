from django.db import migrations

from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_guards"), ("persons", "0001_initial")]

    operations = [GuardTable("person"), GuardTable("personname"), GuardTable("namekey")]
