from django.db import migrations

from faden.kernel.operations import GuardTable


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_posts_and_lists")]

    operations = [GuardTable("listsetting")]
