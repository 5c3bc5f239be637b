"""The retention policy names every field of every table, nothing else, and the program keeps it."""

from datetime import date

import pytest

from faden.retention import policy as policies
from faden.retention.policy import PolicyProblem, parse
from faden.retention.vocabulary import KeptBy

SMALL = """
classes:
  akte: {title: Akte, starts: Abschluss, then: gelöscht, by: later}
  entwurf: {title: Entwurf, starts: gesichert, days: 14, then: gelöscht, by: night}
tables:
  cases.Task: {class: akte, fields: [id, title]}
  kernel.Draft:
    - {class: entwurf, fields: [payload]}
    - {class: akte, fields: [id]}
without_personal_data:
  organisations.Municipality: öffentlich
"""


def models():
    """Every table of every app, those between two others included."""
    from django.apps import apps

    return apps.get_models(include_auto_created=True)


def test_every_field_of_every_table_has_a_rule_and_every_rule_a_field():
    assert policies.differences(policies.policy(), models()) == []


def test_tables_of_a_service_are_never_called_impersonal():
    from faden.kernel.tenancy import OUTSIDE

    labels = {
        m._meta.label for m in models()
        if m._meta.db_table not in OUTSIDE and any(f.attname == "organisation_id" for f in m._meta.local_fields)
    }
    assert labels and not labels & policies.policy().without_personal_data.keys()


def test_what_the_night_deletes_has_a_step_and_every_step_a_period():
    from faden.retention import actions

    assert policies.policy().kept_by(KeptBy.NIGHT) == {*actions.STEPS, "anmeldung"}


def test_paper_and_program_name_the_same_periods():
    from faden.cases import rules

    assert policies.policy().days("anfragetext") == rules.TEXT_DAYS
    assert policies.policy().days("arbeitsnotiz") == rules.WORKING_NOTE_DAYS


def test_a_period_in_years_ends_with_a_year():
    written = policies.policy()
    assert written.last_day("fallakte", since=date(2026, 1, 1)) == date(2027, 12, 31)
    assert written.last_day("fallakte", since=date(2026, 12, 31)) == date(2027, 12, 31)
    with pytest.raises(PolicyProblem, match="keine Frist in Jahren"):
        written.last_day("anfrage", since=date(2026, 1, 1))
    with pytest.raises(PolicyProblem, match="ganze Zahl"):
        parse(SMALL.replace("starts: Abschluss,", "starts: Abschluss, years: 1.5,"))


def test_logs_stay_a_year_at_least():
    assert min(policies.policy().days("zugriffe"), policies.policy().days("vorgaenge")) >= 366


def test_a_field_without_a_rule_is_named_ready_to_paste():
    class Meta:
        label = "cases.Task"
        local_fields = [type("F", (), {"name": name}) for name in ("id", "title", "due_on")]

    model = type("Task", (), {"_meta": Meta})
    found = policies.differences(parse(SMALL), [model])
    assert found[0] == "ohne Regel, bitte ergänzen:  cases.Task: {class: ?, fields: [due_on]}"
    assert "gibt es nicht (mehr), bitte streichen:  kernel.Draft: id, payload" in found
    assert "gibt es nicht (mehr), bitte streichen:  organisations.Municipality" in found


def test_a_rule_without_a_field_is_named():
    class Meta:
        label = "cases.Task"
        local_fields = [type("F", (), {"name": "id"})]

    found = policies.differences(parse(SMALL), [type("Task", (), {"_meta": Meta})])
    assert "gibt es nicht (mehr), bitte streichen:  cases.Task: title" in found


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("class: akte, fields: [id, title]", "class: akten, fields: [id, title]", "die Klasse akten gibt es nicht"),
        ("fields: [id, title]", "fields: [id, id]", "zweimal"),
        ("fields: [payload]", "fields: [payload, id]", "zweimal"),
        ("  kernel.Draft:", "  cases.Task:", "zweimal genannt"),
        ("  organisations.Municipality:", "  cases.Task:", "mit und ohne Personenbezug"),
        ("days: 14, ", "", "eine Frist in Tagen hat genau"),
        ("days: 14", "days: 0", "eine Frist in Tagen hat genau"),
        ("days: 14", "days: vierzehn", "eine Frist in Tagen hat genau"),
        ("by: later", "by: night", "eine Frist in Tagen hat genau"),
        ("by: later", "by: sometime", "stimmt nicht"),
        ("title: Akte, ", "", "es fehlt"),
        ("days: 14", "day: 14", "unbekannt: day"),
        ("class: entwurf", "class: akte", "keine Tabelle nutzt: entwurf"),
        ("entwurf", "zugriffe", "mindestens ein Jahr"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(old, new, says):
    assert old in SMALL
    with pytest.raises(PolicyProblem, match=says):
        parse(SMALL.replace(old, new))
