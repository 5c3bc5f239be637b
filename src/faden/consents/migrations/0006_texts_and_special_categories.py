import django.contrib.postgres.fields
from django.db import migrations, models

from faden.consents.migrations._sql import kept


_SIGNED = (
    "person_id text_id shown_language read_aloud interpreter_name interpreter_language interpreter_obliged_on"
    " represented_by own_agreement valid_until prepared_at prepared_by signed_on noted_by"
)


class Migration(migrations.Migration):

    dependencies = [("consents", "0005_guards")]

    operations = [
        migrations.AddField(
            model_name="formtext",
            name="of_version",
            field=models.PositiveSmallIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="formtext",
            name="shipped_version",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="formtext",
            constraint=models.UniqueConstraint(
                condition=models.Q(("shipped_version__isnull", False)),
                fields=("organisation", "kind", "language", "shipped_version"),
                name="a_shipped_text_is_taken_over_once",
            ),
        ),
        migrations.AddField(
            model_name="secrecyrelease",
            name="special_categories",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("health", "Gesundheit, nur als Folge für den Alltag"),
                        ("religion", "Religion oder Weltanschauung"),
                        ("origin", "ethnische Herkunft"),
                        ("persecution", "politische Verfolgung, Fluchtgründe"),
                        ("orientation", "sexuelle Orientierung, Geschlecht"),
                    ],
                    max_length=30,
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AddConstraint(
            model_name="secrecyrelease",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("data_classes__contains", ["special"]), ("special_categories__len__gt", 0)),
                    models.Q(
                        models.Q(("data_classes__contains", ["special"]), _negated=True),
                        ("special_categories__len", 0),
                    ),
                    _connector="OR",
                ),
                name="special_categories_are_named_one_by_one",
            ),
        ),
        migrations.RunSQL(
            [
                kept(
                    "consents_formtext",
                    "reviewed_on",
                    "kind language version of_version shipped_version title body made_at made_by reviewed_on"
                    " reviewed_by review_noted_by",
                ),
                kept("consents_powerofattorney", "signed_on", f"{_SIGNED} authority procedure deputies scope"),
                kept(
                    "consents_secrecyrelease",
                    "signed_on",
                    f"{_SIGNED} discloser purpose data_classes special_categories mutual",
                ),
            ],
        ),
    ]
