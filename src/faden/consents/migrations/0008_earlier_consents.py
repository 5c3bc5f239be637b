"""What was agreed to and told before stays: consents become declarations, the register gets its names."""

from django.db import migrations

from faden.kernel.operations import ForEachService

# What was agreed to before texts had rows: its own wording is not known any more, and nobody can sign it again.
EARLIER_TEXT = """
INSERT INTO consents_formtext (id, organisation_id, kind, language, version, of_version, title, body, made_at, made_by,
                               reviewed_by, withdrawn_at)
SELECT gen_random_uuid(), organisation_id, 'consent', 'de', 1, 1, 'Einwilligung (frühere Fassung)', '{person}',
       now(), 0, '', now()
  FROM consents_consent GROUP BY organisation_id
"""
EARLIER_CONSENTS = """
UPDATE consents_consent AS c
   SET text_id = t.id, shown_language = language, prepared_at = signed_on::timestamptz, prepared_by = coalesce(noted_by, 0),
       recipient_name = o.name
  FROM consents_formtext AS t, organisations_organisation AS o
 WHERE t.organisation_id = c.organisation_id AND t.kind = 'consent' AND o.id = c.recipient_id
"""
WITHDRAWN = """
UPDATE consents_consent AS c
   SET ended_on = (w.withdrawn_at AT TIME ZONE 'Europe/Berlin')::date, ended_noted_by = w.withdrawn_by,
       ended_because = CASE w.because WHEN 'of_age' THEN 'of_age' ELSE 'revoked' END
  FROM consents_consentwithdrawal AS w
 WHERE w.organisation_id = c.organisation_id AND w.consent_id = c.id
"""
NAMED = """
UPDATE consents_release AS r SET recipient_name = o.name FROM organisations_organisation AS o WHERE o.id = r.recipient_id
"""


class Migration(migrations.Migration):
    dependencies = [("consents", "0007_network")]

    operations = [ForEachService(sql) for sql in (EARLIER_TEXT, EARLIER_CONSENTS, WITHDRAWN, NAMED)]
