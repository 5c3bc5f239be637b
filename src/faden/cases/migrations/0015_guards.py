from django.db import migrations

from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_network")]

    operations = [GuardTable("emergencyreview")]
