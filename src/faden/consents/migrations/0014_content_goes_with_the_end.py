from django.db import migrations, models
from django.db.models import Q

from faden.consents.migrations._sql_ended import CONTENT_GOES


class Migration(migrations.Migration):
    dependencies = [("consents", "0013_series"), ("organisations", "0008_schools_and_volunteers")]

    operations = [
        migrations.RemoveConstraint("delivery", "content_goes_only_by_a_decision"),
        migrations.RunSQL(CONTENT_GOES),
        # Before now it stayed, hidden by the row policy. The owner is filtered too.
        migrations.RunSQL(
            """
            ALTER TABLE consents_delivery NO FORCE ROW LEVEL SECURITY;
            UPDATE consents_delivery SET content = NULL WHERE ended_at IS NOT NULL AND filed_at IS NULL;
            ALTER TABLE consents_delivery FORCE ROW LEVEL SECURITY;
            """
        ),
        migrations.AddConstraint(
            "delivery",
            models.CheckConstraint(
                condition=Q(content__isnull=False) | Q(erasure="erased") | Q(ended_at__isnull=False, filed_at__isnull=True),
                name="content_goes_only_by_a_decision",
            ),
        ),
    ]
