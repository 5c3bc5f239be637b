from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consents", "0016_held_while_it_leaves")]

    operations = [
        migrations.AddIndex(
            model_name="lawfulrelease",
            index=models.Index(fields=["organisation", "person"], name="lawful_release_by_person"),
        ),
        migrations.AddIndex(
            model_name="release",
            index=models.Index(
                fields=["organisation", "lawful"], condition=models.Q(lawful__isnull=False), name="release_by_law"
            ),
        ),
    ]
