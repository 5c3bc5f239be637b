from django.db import migrations

from faden.consents.migrations._sql import RECORDS_STAY, kept
from faden.consents.migrations._sql_crossing import DELIVER, DELIVERY_UPDATES, GROUNDED, LINK, REPLY
from faden.kernel.operations import GuardKey, GuardTable

_SIGNED = (
    "person_id text_id shown_language read_aloud interpreter_name interpreter_language interpreter_obliged_on"
    " represented_by own_agreement valid_until prepared_at prepared_by signed_on noted_by"
)


class Migration(migrations.Migration):
    dependencies = [("consents", "0009_network_rows")]

    operations = [
        GuardTable("lawfulrelease"),
        GuardTable("ownsecrecyrelease"),
        GuardTable("linkdelivery"),
        GuardTable("releaseending"),
        GuardTable("reply"),
        GuardKey("consent", "text"),
        GuardKey("consent", "agency"),
        GuardKey("release", "agency"),
        GuardKey("release", "lawful"),
        GuardKey("release", "supersedes"),
        migrations.RunSQL(
            [
                "GRANT UPDATE ON consents_consent TO faden_app",
                "CREATE TRIGGER consents_consent_remains BEFORE DELETE ON consents_consent"
                " FOR EACH ROW EXECUTE FUNCTION faden_refuse_change()",
                kept(
                    "consents_consent",
                    "signed_on",
                    f"{_SIGNED} recipient_id agency_id recipient_name purpose data_classes special_categories mutual"
                    " given_how reported_on reported_by",
                ),
                kept("consents_ownsecrecyrelease", "signed_on", f"{_SIGNED} consent_id"),
                kept(
                    "consents_lawfulrelease",
                    "decided_at",
                    "person_id recipient_id agency_id recipient_name norm norm_words purpose data_classes not_informed"
                    " not_informed_words asked_at asked_by decided_at decided_by confirmed decided_words checked_87 checked_88",
                ),
                *RECORDS_STAY,
                DELIVERY_UPDATES,
                GROUNDED,
                DELIVER,
                REPLY,
                LINK,
            ],
        ),
    ]
