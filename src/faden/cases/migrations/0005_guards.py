from django.db import migrations

from faden.kernel.operations import ForEachService, GuardTable

# Until now each case was one person's: all that was written in it concerns her.
_OF_CASE = "UPDATE {table} t SET persons = ARRAY[c.person_id] FROM cases_case c WHERE c.id = t.case_id"


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_families_and_course")]

    operations = [
        GuardTable("casemember"),
        GuardTable("ownlifearea"),
        GuardTable("assessment"),
        GuardTable("areaview"),
        GuardTable("networktie"),
        GuardTable("clarification"),
        GuardTable("criterionmark"),
        GuardTable("closing"),
        GuardTable("leadchange"),
        GuardTable("substitution"),
        ForEachService(
            "INSERT INTO cases_casemember (id, organisation_id, case_id, person_id, from_on)"
            " SELECT gen_random_uuid(), organisation_id, id, person_id, opened_on FROM cases_case"
        ),
        ForEachService(_OF_CASE.format(table="cases_timelineentry") + " AND t.kind NOT IN ('opened', 'phase')"),
        ForEachService(_OF_CASE.format(table="cases_contactnote")),
        ForEachService(
            "UPDATE cases_contactnoteversion t SET persons = n.persons FROM cases_contactnote n WHERE n.id = t.note_id"
        ),
        ForEachService(_OF_CASE.format(table="cases_workingnote")),
        ForEachService(_OF_CASE.format(table="cases_task")),
        ForEachService(_OF_CASE.format(table="cases_appointment")),
    ]
