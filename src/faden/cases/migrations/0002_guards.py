from django.db import migrations

from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("consents", "0002_guards"), ("cases", "0001_initial")]

    operations = [
        GuardTable("anonymousmatter"),
        GuardTable("inquiry"),
        GuardTable("case"),
        GuardTable("phasechange"),
        GuardTable("caseopening"),
        GuardTable("timelineentry"),
        GuardTable("contactnote"),
        GuardTable("contactnoteversion"),
        GuardTable("workingnote"),
        GuardTable("task"),
        GuardTable("appointment"),
    ]
