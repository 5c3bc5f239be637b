from django.db import migrations

from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_offers")]

    operations = [GuardTable("offerwatch")]
