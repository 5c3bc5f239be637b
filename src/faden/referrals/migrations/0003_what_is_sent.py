import django.db.models.deletion
from django.db import migrations, models

import faden.kernel.fields
from faden.consents.vocabulary import Channel


class Migration(migrations.Migration):
    """A sending is one from the first: it has its Weitergabe, its way, its moment."""

    dependencies = [("referrals", "0002_guards")]

    operations = [
        migrations.RemoveConstraint(model_name="sending", name="what_is_sent_is_a_release"),
        migrations.RemoveIndex(model_name="sending", name="sending_to_remind"),
        migrations.AlterField(
            model_name="sending", name="channel", field=models.CharField(choices=Channel.choices, max_length=12)
        ),
        migrations.AlterField(
            model_name="sending",
            name="release",
            field=faden.kernel.fields.SameServiceKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consents.release"
            ),
        ),
        migrations.AlterField(model_name="sending", name="sent_at", field=models.DateTimeField()),
        migrations.AlterField(model_name="sending", name="sent_by", field=models.BigIntegerField()),
        migrations.AddIndex(
            model_name="sending",
            index=models.Index(
                fields=["organisation", "answer_by"], condition=models.Q(ended_at__isnull=True), name="sending_to_remind"
            ),
        ),
    ]
