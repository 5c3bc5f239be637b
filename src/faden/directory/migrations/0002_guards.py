from django.db import migrations

from faden.directory.migrations import _sql
from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [
        GuardTable("source"),
        GuardTable("provider"),
        GuardTable("offer"),
        GuardTable("place"),
        migrations.RunSQL(_sql.OPEN_TO_ALL + _sql.KEPT + _sql.SHELF),
    ]
