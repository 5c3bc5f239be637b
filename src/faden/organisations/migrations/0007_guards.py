from django.db import migrations

from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("organisations", "0006_address_book")]

    operations = [GuardTable("agency")]
