from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consents", "0018_looks_at_home")]

    operations = [
        migrations.AddIndex(
            model_name="release",
            index=models.Index(
                condition=models.Q(("person__isnull", True)),
                fields=["organisation", "released_by"],
                name="release_of_nobody",
            ),
        ),
    ]
