"""One change for several cases: seen before it happens, done where it can be done, told where not."""

import re
from datetime import date
from uuid import uuid4

import pytest

from faden.cases.rules.several import LeadForEach, Present, TaskForEach, WeightForEach, why_not
from faden.cases.vocabulary.caseload import WhyNot
from tests.case_making import add_member, open_a_case
from tests.cast import AMAL, BERND, CEM
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of

ME, OTHER, DAY = uuid4(), uuid4(), date(2026, 12, 1)
TASK = TaskForEach("Jahresgespräch", DAY, ME, everybody=True)
THERE = frozenset({("Jahresgespräch", DAY)})


@pytest.mark.parametrize(("change", "case", "expected"), [
    (TASK, Present(ME, "linking", 2), None),
    (TASK, Present(OTHER, "linking", 2), WhyNot.NOT_YOURS),
    (TASK, Present(ME, "closed", 2), WhyNot.CLOSED),
    (TASK, Present(OTHER, "closed", 2), WhyNot.NOT_YOURS),
    (TASK, Present(ME, "linking", 2, THERE), WhyNot.SO_ALREADY),
    (TaskForEach("Jahresgespräch", None, ME, everybody=True), Present(ME, "linking", 2, THERE), None),
    (WeightForEach(3), Present(ME, "linking", 2, THERE), None),
    (WeightForEach(2), Present(ME, "linking", 2), WhyNot.SO_ALREADY),
    (LeadForEach(OTHER, "capacity"), Present(ME, "linking", 2), None),
    (LeadForEach(ME, "capacity"), Present(ME, "linking", 2), WhyNot.SO_ALREADY),
    (LeadForEach(OTHER, "capacity"), Present(OTHER, "linking", 2), WhyNot.NOT_YOURS),
])  # fmt: skip
def test_why_not(change, case, expected):
    assert why_not(change, case, for_=ME) == expected


# ---------- from the list to the deed ----------


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


def within(by):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=True)


@pytest.fixture
def cases(by):
    """A person's, a family's, a closed one, one of a colleague."""
    from faden.cases.models import Case

    person, family, closed = (open_a_case(family=name, given="Ada") for name in ("Rahimi", "Darwisch", "Zuletzt"))
    add_member(family, "Khaled")
    with within(by):
        Case.objects.filter(id=closed.id).update(phase="closed")
    return person, family, closed, open_a_case(BERND.email, family="Fremd", given="Ina")


def chosen(cases, what="task", **more):
    return keyed(fall=[str(case.id) for case in cases], was=what, **more)


def task(**more):
    return {"title": "Jahresgespräch", "due_on": "2026-12-01", "assignee": str(membership_of(BERND.email).id), "about": "all", **more}


def sections(answer):
    """Case numbers by the heading they stand under."""
    found = {}
    for heading, inside in re.findall(r"<h2>([^<]*)</h2>(.*?)</table>", answer.content.decode(), re.S):
        found[heading] = re.findall(r">(AH-\d+-\d+)<", inside)
    return found


def preview(client, *arguments, **more):
    return client.post("/faelle/auswahl/vorschau/", chosen(*arguments, **more))


def carry_out(client, *arguments, **more):
    return client.post("/faelle/auswahl/ausfuehren/", chosen(*arguments, **more))


def tasks(by):
    from faden.cases.models import Task

    with within(by):
        rows = Task.objects.order_by("case__number").values_list("case_id", "title", "assignee__name", "persons")
        return [(case, title, who, len(persons)) for case, title, who, persons in rows]


def test_the_preview_names_what_happens_to_which_and_why_not_to_others(cases, by):
    answer = preview(signed_in(AMAL.email), cases, **task())
    assert sections(answer) == {
        "In 2 Fällen geschieht das": [cases[0].number, cases[1].number],
        "2 Fälle bleiben, wie sie sind": [cases[2].number, cases[3].number],
    }
    words = text_of(answer)
    assert "Der Fall ist abgeschlossen." in words and "Diesen Fall führen Sie nicht." in words
    assert "Familie, 2 Personen" in words and "01.12.2026" in words and "Noch ist nichts geändert." in words
    assert "Rahimi" in words and "Fremd" not in words
    assert tasks(by) == []


def test_one_task_for_each(cases, by):
    answer = carry_out(signed_in(AMAL.email), cases, filter="bedarf=any", **task())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/faelle/?bedarf=any")
    bernd = membership_of(BERND.email).name
    assert tasks(by) == [(cases[0].id, "Jahresgespräch", bernd, 1), (cases[1].id, "Jahresgespräch", bernd, 2)]
    assert preview(signed_in(AMAL.email), cases[:2], **task()).content.count(b"schon so") == 2


def test_in_a_family_only_for_whom_it_is_named_after(cases, by):
    carry_out(signed_in(AMAL.email), cases[1:2], **task(about="main"))
    assert [row[3] for row in tasks(by)] == [1]


def test_sent_twice_it_is_done_once(cases, by):
    client, values = signed_in(AMAL.email), chosen(cases, **task())
    assert [client.post("/faelle/auswahl/ausfuehren/", values).status_code for _ in range(2)] == [303, 303]
    assert len(tasks(by)) == 2


def test_weights(cases, by):
    from faden.cases.models import Case
    from faden.kernel.models import AuditEvent

    answer = preview(signed_in(AMAL.email), cases, "weight", weight="3")
    assert "mittel → schwer" in text_of(answer)
    assert carry_out(signed_in(AMAL.email), cases, "weight", weight="3").status_code == 303
    with within(by):
        assert list(Case.objects.order_by("number").values_list("weight", flat=True)) == [3, 3, 2, 2]
        deeds = AuditEvent.objects.filter(event="case.weight_changed").values_list("subject_id", flat=True)
        assert set(deeds) == {cases[0].id, cases[1].id}


def test_handing_over(cases, by):
    from faden.cases.models import Case

    bernd = membership_of(BERND.email)
    values = {"to": str(bernd.id), "reason": "capacity"}
    assert f"Fallführung geht an {bernd.name}" in text_of(preview(signed_in(AMAL.email), cases, "lead", **values))
    assert carry_out(signed_in(AMAL.email), cases, "lead", **values).status_code == 303
    with within(by):
        led = Case.objects.filter(lead_id=bernd.id).order_by("number").values_list("id", flat=True)
        assert list(led) == [cases[0].id, cases[1].id, cases[3].id]
    assert "Rahimi" in text_of(signed_in(BERND.email).get("/faelle/"))


def test_one_that_fails_leaves_nothing_half_done(cases, by, monkeypatch):
    from faden.casework.actions import several

    made = several.tasks.make

    def fails(*arguments, case, **more):
        if case.id == cases[1].id:
            raise RuntimeError("in the middle")
        return made(*arguments, case=case, **more)

    monkeypatch.setattr(several.tasks, "make", fails)
    with pytest.raises(RuntimeError):
        carry_out(signed_in(AMAL.email), cases, **task())
    assert tasks(by) == []


def test_what_became_impossible_meanwhile_is_a_conflict(cases, by):
    answer = carry_out(signed_in(AMAL.email), cases[2:], **task())
    assert answer.status_code == 409 and tasks(by) == []


def test_all_of_a_list_means_all_of_it(by):
    """Also those on the second page, and only those the filter finds."""
    for n in range(52):
        open_a_case(family=f"Nummer{chr(97 + n // 26)}{chr(97 + n % 26)}")
    family = open_a_case(family="Darwisch", given="Rima")
    add_member(family, "Khaled")
    answer = signed_in(AMAL.email).post("/faelle/auswahl/", keyed(alle="1", filter="fuer=person", was="task"))
    assert "52 Fälle sind ausgewählt." in text_of(answer)
    assert answer.content.count(b'name="fall"') == 52


def test_nothing_chosen_leads_back_with_a_word(cases):
    client = signed_in(AMAL.email)
    for step in ("", "vorschau/", "ausfuehren/"):
        answer = client.post(f"/faelle/auswahl/{step}", keyed(was="task", filter="ort=1&name=Rahimi", **task()), follow=True)
        assert answer.redirect_chain == [("/faelle/?ort=1", 303)]
        assert "Bitte wählen Sie zuerst Fälle aus." in text_of(answer)


def test_a_wrong_form_comes_back_with_the_choice(cases, by):
    answer = preview(signed_in(AMAL.email), cases, **task(title=""))
    assert answer.status_code == 422 and answer.content.count(b'name="fall"') == 4
    assert carry_out(signed_in(AMAL.email), cases, **task(title="")).status_code == 422
    back = signed_in(AMAL.email).post("/faelle/auswahl/", chosen(cases, zurueck="1", **task()))
    assert 'value="Jahresgespräch"' in back.content.decode() and back.status_code == 200


def test_another_service_reaches_nothing(cases, by):
    cem = signed_in(CEM.email)
    values = task(assignee=str(membership_of(CEM.email).id))
    assert sections(preview(cem, cases, **values)) == {}
    assert carry_out(cem, cases, **values).status_code == 409
    assert tasks(by) == []


def test_the_shown_are_noted(cases, by):
    from faden.kernel.models import Look

    preview(signed_in(AMAL.email), cases, **task())
    with within(by):
        look = Look.objects.order_by("-at", "-id").first()
        assert (look.page, set(look.shown)) == ("several_cases", {case.id for case in cases[:3]})


def test_the_number_of_statements_does_not_grow(by):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    many, counts = [open_a_case(family=f"Nummer{letter}") for letter in "abcdefghij"], []
    for case in many:
        add_member(case, "Khaled")
    client = signed_in(AMAL.email)
    for some in (many[:1], many[:1], many):
        with CaptureQueriesContext(connection) as captured:
            assert preview(client, some, **task()).status_code == 200
        counts.append(len(captured))
    assert counts[1] == counts[2]
