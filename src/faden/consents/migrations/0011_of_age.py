from django.db import migrations

from faden.consents.migrations._sql_crossing import ENDS_WITH_CHILDHOOD


class Migration(migrations.Migration):
    dependencies = [("consents", "0010_guards")]

    operations = [migrations.RunSQL(ENDS_WITH_CHILDHOOD)]
