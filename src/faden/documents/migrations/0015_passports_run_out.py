from django.db import migrations

from faden.kernel.operations import ForEachService


class Migration(migrations.Migration):
    """Papers from before have their Frist too, where the person still belongs to an open case."""

    dependencies = [("documents", "0014_guards"), ("cases", "0017_passports")]

    operations = [
        ForEachService(
            "INSERT INTO cases_deadline (id, organisation_id, case_id, kind, reference, due_on, law, subject, persons, confidential,"
            " noted_at, ended_because, ended_words)"
            " SELECT gen_random_uuid(), p.organisation_id, p.case_id, 'passport', p.id, p.valid_until, '§ 3 Abs. 1 AufenthG', p.title,"
            " p.persons, p.confidential, now(), '', ''"
            " FROM documents_paper p JOIN cases_case c ON c.organisation_id = p.organisation_id AND c.id = p.case_id"
            " WHERE p.kind = 'identity' AND c.phase <> 'closed'"
            " AND p.valid_until >= (p.noted_at AT TIME ZONE 'Europe/Berlin')::date"
            " AND EXISTS (SELECT 1 FROM cases_casemember m WHERE m.organisation_id = p.organisation_id AND m.case_id = p.case_id"
            " AND m.person_id = ANY (p.persons) AND m.until_on IS NULL)"
        ),
    ]
