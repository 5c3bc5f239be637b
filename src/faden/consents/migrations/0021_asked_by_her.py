from django.db import migrations

from faden.consents.migrations._sql_offices import ASKED_BY_HER


class Migration(migrations.Migration):
    dependencies = [("consents", "0020_residence_requests")]

    operations = [migrations.RunSQL(ASKED_BY_HER)]
