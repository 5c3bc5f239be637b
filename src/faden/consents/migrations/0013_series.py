from uuid import UUID

from django.db import migrations, models

from faden.consents.migrations._sql_series import DELIVER, END, ENDED
from faden.kernel.operations import ForEachService


class Migration(migrations.Migration):
    dependencies = [("consents", "0012_link_lookup")]

    operations = [
        migrations.AddField("delivery", "series_id", models.UUIDField(default=UUID(int=0)), preserve_default=False),
        # Until now there was one copy of each.
        ForEachService("UPDATE consents_delivery SET series_id = id"),
        migrations.AddIndex(
            "delivery", models.Index(fields=["organisation", "series_id", "-number"], name="delivery_by_series")
        ),
        migrations.RunSQL([DELIVER, END, ENDED]),
    ]
