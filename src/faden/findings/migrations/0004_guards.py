from django.db import migrations

from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("findings", "0003_unmet_need")]

    operations = [GuardTable("unmetneed")]
