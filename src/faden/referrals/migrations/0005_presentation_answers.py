from django.db import migrations, models
from django.db.models import Q

import faden.kernel.fields
from faden.referrals.vocabulary import AnswerKind, ChangeKind, PresentationAnswer


class Migration(migrations.Migration):
    """What the coordination says to an anonymous presentation, at the sender; its own record is a given answer."""

    dependencies = [("referrals", "0004_ends_with_its_case")]

    operations = [
        migrations.AddField(
            model_name="casepresentation",
            name="answer",
            field=models.CharField(blank=True, choices=PresentationAnswer.choices, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(model_name="casepresentation", name="answer_on", field=models.DateField(null=True)),
        migrations.AddField(
            model_name="casepresentation", name="answer_words", field=faden.kernel.fields.EncryptedTextField(null=True)
        ),
        migrations.AddField(model_name="casepresentation", name="answered_at", field=models.DateTimeField(null=True)),
        migrations.AddConstraint(
            model_name="casepresentation",
            constraint=models.CheckConstraint(
                name="an_answered_presentation_was_told",
                condition=Q(answer="", answered_at__isnull=True, answer_on__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, release__isnull=False)),
            ),
        ),
        migrations.AlterField(
            model_name="givenanswer",
            name="kind",
            field=models.CharField(choices=[*AnswerKind.choices, *PresentationAnswer.choices], max_length=12),
        ),
        migrations.AlterField(
            model_name="referralchange", name="kind", field=models.CharField(choices=ChangeKind.choices, max_length=12)
        ),
    ]
