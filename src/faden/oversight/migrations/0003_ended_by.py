from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("oversight", "0002_guards")]

    operations = [
        migrations.AddField("oversightmatter", "ended_by", models.BigIntegerField(null=True)),
        migrations.AddConstraint(
            "oversightmatter",
            models.CheckConstraint(
                name="an_ended_matter_says_by_whom",
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ),
    ]
