from django.db import migrations, models

from faden.consents.vocabulary import DeliveryKind


class Migration(migrations.Migration):
    dependencies = [("consents", "0011_of_age")]

    operations = [
        migrations.AddField(
            "linkdelivery",
            "kind",
            models.CharField(choices=DeliveryKind.choices, default="referral", max_length=12),
            preserve_default=False,
        ),
        migrations.AddIndex("linkdelivery", models.Index(fields=["token_hash"], name="link_by_token")),
    ]
