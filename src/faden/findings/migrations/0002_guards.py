from django.db import migrations

from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("findings", "0001_initial")]

    operations = [GuardTable("structuralfinding")]
