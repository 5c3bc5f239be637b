from django.db import migrations

from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("consents", "0004_declarations")]

    operations = [
        GuardTable("formtext"),
        GuardTable("powerofattorney"),
        GuardTable("secrecyrelease"),
    ]
