from django.db import migrations

from faden.consents.migrations._sql_crossing import HOLDS_ITS_GROUND


class Migration(migrations.Migration):
    dependencies = [("consents", "0015_norms_of_the_offices")]

    operations = [migrations.RunSQL(HOLDS_ITS_GROUND)]
