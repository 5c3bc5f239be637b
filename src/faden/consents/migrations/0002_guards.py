from django.db import migrations

from faden.consents.migrations._sql import DELIVER, DELIVERY_POLICIES, RECORDS
from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("persons", "0002_guards"), ("consents", "0001_initial")]

    operations = [
        GuardTable("informationhandedout"),
        GuardTable("counsellingagreement"),
        GuardTable("consent"),
        GuardTable("consentwithdrawal"),
        GuardTable("release"),
        GuardTable("delivery"),
        migrations.RunSQL(DELIVERY_POLICIES),
        migrations.RunSQL(RECORDS),
        migrations.RunSQL(DELIVER),
    ]
