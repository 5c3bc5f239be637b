from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chains", "0006_reports")]

    operations = [
        migrations.AddIndex(
            model_name="stepreport",
            index=models.Index(fields=["organisation", "share"], name="report_by_share"),
        ),
        migrations.AddIndex(
            model_name="stepreport",
            index=models.Index(
                fields=["organisation", "change"], condition=models.Q(change__isnull=False), name="report_by_change"
            ),
        ),
    ]
