"""Voranfrage and Begleitschreiben: exactly what was ticked goes to exactly that office, and nothing else."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from faden.kernel import clock
from faden.kernel.errors import Invalid
from faden.kernel.rls import opened_for
from tests.case_making import acting, add_member, agree, fact, mark
from tests.cast import AMAL, CAST, DORA
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of
from tests.pages.refusals import nothing_written, rows
from tests.pages.test_letter_pages import words_in_pdf
from tests.referrals.sending import work
from tests.releasing import withdrawn
from tests.residence import asking
from tests.residence.asking import requests_of, values

# Statements of the form and of one request, doors and the note of the look included.
NEW, ONE = 48, 25


@pytest.fixture
def case(own_database: str) -> Any:
    return asking.somebody()


@pytest.fixture
def amal(case: Any) -> Any:
    return signed_in(AMAL.email)


def by_inbox(case: Any, **more: Any) -> dict[str, Any]:
    return values(f"p{asking.allow(case).id}", **more)


def told_by(request: Any) -> Any:
    from faden.consents.queries.releases import told

    with opened_for(actor_of(AMAL.email), write=False):
        return told(request.release_id)


def copies() -> list[Any]:
    """What lies at the office."""
    from faden.consents.models import Delivery

    with opened_for(actor_of(DORA.email), write=False):
        return list(Delivery.objects.filter(kind="residence").order_by("delivered_at"))


def written() -> dict[str, int]:
    """All rows but those of a form that counted and of a case that was opened."""
    return {table: count for table, count in rows().items() if table not in ("kernel_submission", "organisations_listsetting")}


def sheet(client: Any, request: Any) -> Any:
    return client.get(reverse("office-request-sheet", args=[request.case_id, request.id]))


# ---- Only what was ticked


def test_nothing_is_ticked_to_begin_with_and_the_competent_office_is_preset(case: Any, amal: Any):
    asking.paper(case)
    html = amal.get(asking.new(case) + "?weg=25b&weg=nichts").content.decode()
    ticked = [line for line in html.split("<input") if " checked" in line]
    names = [line.partition('name="')[2].partition('"')[0] for line in ticked if 'name="theme"' not in line]
    assert sorted(name for name in names if name in ("kind", "paths", "office", "way", "lines", "documents")) == ["kind", "office", "paths"]
    assert f'value="s{asking.office().id}"' in next(line for line in ticked if 'name="office"' in line)


def test_the_copy_the_paper_and_the_log_hold_only_what_was_ticked(case: Any, amal: Any, caplog: Any, capfd: Any):
    from faden.kernel.models import AuditEvent

    paper = asking.paper(case, valid_until=clock.today() + timedelta(days=30))
    asking.paper(case, kind="contract", title="Arbeitsvertrag Bäckerei")
    request = asking.made(case, by_inbox(case, documents=[str(paper.id)]))
    content = told_by(request)
    assert [(fact.data_class, fact.label) for fact in content.facts] == [("contact", "Name"), ("language", "Deutsch")]
    seen, until = f"{clock.today():%d.%m.%Y}", f"{clock.today() + timedelta(days=30):%d.%m.%Y}"
    assert ("Unterlagen, die vorliegen", (f"Sprachnachweis, gesehen am {seen}, gültig bis {until}",)) in content.parts
    [copy] = copies()
    printed = words_in_pdf(sheet(amal, request).content)
    with opened_for(actor_of(AMAL.email), write=False):
        events = json.dumps([str(row) for row in AuditEvent.objects.values_list("event", "details")])
    logged = caplog.text + "".join(capfd.readouterr())
    for kept in ("Duldung", "20.01.2020", "Wohngeld", "Vertrag", "Olga", "Bäckerei", "39"):
        assert kept not in copy.content and kept not in printed, kept
    for anything in ("Oleksandra", "Schewtschenko", "B1", "Sprachnachweis", "Welche Unterlagen", "Duldung", "Wohngeld"):
        assert anything not in events and anything not in logged, anything
    assert "Oleksandra Schewtschenko" in copy.content and "Oleksandra Schewtschenko" in printed
    assert "office_request.sent" in events
    assert copy.data_classes == ["contact", "language"] == request.release.data_classes


def test_no_word_and_no_day_of_a_result_leaves(case: Any, amal: Any):
    """Everything is ticked; still neither the copy nor the paper knows what the rules make of it."""
    from faden.law import words
    from faden.law.decide import decide
    from faden.law.output import as_data
    from faden.law.reading import facts_from
    from faden.residence.queries.known import known_of

    request = asking.made(case, by_inbox(case, lines=list(asking.lines_of(case))))
    with opened_for(actor_of(AMAL.email), write=False):
        known = known_of([(case.id, case.person_id)], on=clock.today())[(case.id, case.person_id)]
    result = as_data(decide(facts_from(known.facts), clock.today()))
    said = [copies()[0].content, words_in_pdf(sheet(amal, request).content)]
    days = {path[name] for path in result["paths"].values() for name in ("earliest_date", "latest_date") if path[name]}
    facts = json.dumps(known.facts)
    found = {*days, *(f"{day[8:]}.{day[5:7]}.{day[:4]}" for day in days)}
    sentences = {told[code]["de"] for code in words.told("states") for told in [words.told("states")]}
    sentences |= {condition["explanation"] for path in result["paths"].values() for condition in path["conditions"] if condition["explanation"]}
    assert days and len(sentences) > 20
    for text in said:
        assert not [day for day in found if day in text and day not in facts], "a day of the result"
        assert not [one for one in sentences if one in text], "a sentence of the result"
        assert not [code for code in ("not_met", '"met"', "unknown", "decision", "erfüllt", "Rechtsstand") if code in text]


def test_convictions_and_papers_to_be_looked_at_only_are_not_offered(case: Any):
    kinds = ("criminal", "medical", "signed", "outgoing")
    for kind in kinds:
        asking.paper(case, kind=kind, title=f"Papier {kind}")
    asking.paper(case, kind="civil", title="Geburtsurkunde")
    found = asking.material_of(case)
    assert [one.line for one in found.documents] == [f"Urkunde (Geburt, Heirat, Scheidung), gesehen am {clock.today():%d.%m.%Y}"]
    assert not [one for one in found.lines if one.key.startswith(("convictions", "held"))]


def test_what_was_settled_in_the_conversation_is_not_offered(case: Any):
    from faden.residence.models import Precheck

    with acting(AMAL.email) as by:
        now, answers = clock.now(), {"facts": {"absences": "asked_in_conversation", "identity.state": "asked_in_conversation", "pension_months": 22}}
        Precheck.objects.create(
            organisation_id=by.organisation_id, case=case, person=case.person, paths=["25b"], answers=json.dumps(answers), begun_at=now,
            begun_by=by.person, changed_at=now, changed_by=by.person,
        )  # fmt: skip
    keys = asking.lines_of(case)
    assert "pension_months" in keys and not [key for key in keys if key.startswith(("absences", "identity"))]
    assert "asked_in" not in json.dumps(keys)


def test_of_a_family_only_her_own_papers_and_a_word_about_the_others(case: Any, amal: Any):
    from faden.cases.actions.concerning import About
    from faden.documents.actions import papers
    from faden.documents.actions.papers import Described

    child = add_member(case, "Amina", family="Schewtschenko", born="2015")
    with acting(AMAL.email) as by:
        for who in ((child.id,), (case.person_id, child.id)):
            papers.seen(case, described=Described("identity", "Pass"), seen_on=clock.today(), about=About(who), by=by, at=clock.now())
    [shared] = asking.material_of(case).documents
    assert shared.about_others
    page = text_of(asking.seen(amal, case, values(documents=[shared.key], message="Amina und ich fragen, was fehlt.")))
    assert "Angaben über die Familie" in page and "In der Nachricht steht ein Name aus diesem Fall: Amina" in page
    page = text_of(asking.seen(amal, case, values(message="Oleksandra Schewtschenko fragt, was fehlt.")))
    assert "Name aus diesem Fall" not in page and "Angaben über die Familie" not in page


# ---- Whom it goes to, and on what


def test_by_consent_it_lies_in_the_inbox_of_just_this_office(case: Any, amal: Any):
    request = asking.made(case, by_inbox(case))
    assert (request.kind, request.paths, request.state, request.recipient_id) == ("preliminary", ["25b"], "sent", asking.office().id)
    assert (request.release.ground, request.release.channel, request.release.purpose) == ("einwilligung", "inbox", "Anfrage nach § 25b")
    assert json.loads(copies()[0].content)["extra"] == {"kind": "preliminary", "paths": "25b", "filed_on": ""}


def test_without_a_consent_she_takes_it_along_and_nothing_crosses(case: Any, amal: Any):
    request = asking.made(case)
    assert (request.release.ground, request.release.channel, request.release.delivery_id) == ("selbst_mitgenommen", "carried", None)
    assert copies() == []
    assert "Oleksandra" in words_in_pdf(sheet(amal, request).content)


def test_an_office_of_the_address_book_gets_a_letter(case: Any, amal: Any):
    place = asking.agency()
    said = values(f"b{asking.allow(case, place).id}", f"a{place.id}")
    request = asking.made(case, said)
    assert (request.agency_id, request.release.channel) == (place.id, "letter")
    printed = words_in_pdf(sheet(amal, request).content)
    assert "Ausländerbehörde Kreis Coesfeld" in printed and "Amtsstraße 1" in printed


def test_no_other_agency_is_offered(case: Any, amal: Any):
    other = asking.agency("Jobcenter Ahaus", "jobcenter")
    asking.allow(case, other)
    page = amal.get(asking.new(case))
    assert "Jobcenter Ahaus" not in page.content.decode()
    assert asking.seen(amal, case, values(to=f"a{other.id}")).status_code == 422


def test_a_consent_towards_another_office_does_not_carry_it(case: Any, amal: Any):
    place = asking.agency()
    said = values(f"b{asking.allow(case, place).id}")
    with nothing_written():
        answer = asking.seen(amal, case, said)
    assert answer.status_code == 422 and "Diese Einwilligung nennt eine andere Behörde" in text_of(answer)


@pytest.mark.parametrize("classes", [("contact",), ("language", "residence")])
def test_a_consent_that_names_less_does_not_carry_it(case: Any, amal: Any, classes: tuple[str, ...]):
    said = values(f"p{asking.allow(case, classes=classes).id}")
    with nothing_written():
        answer = asking.seen(amal, case, said)
    assert answer.status_code == 422 and "Die Einwilligung nennt diese Angaben nicht" in text_of(answer)


def test_a_document_needs_its_class_too(case: Any, amal: Any):
    paper = asking.paper(case)
    said = values(f"p{asking.allow(case, classes=('contact',)).id}", lines=["person.name"], documents=[str(paper.id)])
    answer = asking.seen(amal, case, said)
    assert answer.status_code == 422 and "Die Einwilligung nennt diese Angaben nicht" in text_of(answer)


def test_a_withdrawn_consent_carries_nothing_any_more(case: Any, amal: Any):
    consent = asking.allow(case)
    said = values(f"p{consent.id}")
    page = asking.seen(amal, case, said)
    with acting(AMAL.email) as by:
        withdrawn(consent, by=by)
    answer = amal.post(asking.new(case), keyed(**said, gesehen=asking.seal_in(page), senden="1"))
    assert answer.status_code == 422 and requests_of(case) == [] and copies() == []


def test_the_verb_itself_refuses_what_the_form_would_not_offer(case: Any):
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel
    from faden.organisations.queries.recipients import as_recipient
    from faden.residence.actions.requests import Asked, send
    from faden.residence.vocabulary import RequestKind

    consent, place = asking.allow(case), asking.agency("Jobcenter Ahaus", "jobcenter")
    content, office = Content("Voranfrage § 25b AufenthG", facts=(Fact("contact", "Name", "Muster"),)), as_recipient(asking.office())
    other = add_member(case, "Amina")
    agree(other)

    def ask(**more: Any) -> Asked:
        usual = {"kind": RequestKind.PRELIMINARY, "paths": ("25b",), "person_id": case.person_id, "recipient": office}
        return Asked(**{**usual, "channel": Channel.CARRIED, "content": content, **more})

    wrong: list[dict[str, Any]] = [
        {"channel": Channel.INBOX},
        {"channel": Channel.PHONE},
        {"channel": Channel.LINK, "consent_id": consent.id},
        {"consent_id": consent.id},
        {"channel": Channel.INBOX, "consent_id": consent.id, "person_id": other.id},
        {"recipient": as_recipient(place)},
        {"paths": ()},
        {"paths": ("25b", "stag_10")},
        {"kind": RequestKind.COVER},
        {"kind": RequestKind.COVER, "filed_on": clock.today() + timedelta(days=1)},
        {"filed_on": clock.today()},
    ]
    for more in wrong:
        with pytest.raises(Invalid), acting(AMAL.email) as by:
            send(ask(**more), case=case, by=by, at=clock.now(), today=clock.today())
    with acting(AMAL.email) as by:
        send(ask(), case=case, by=by, at=clock.now(), today=clock.today())
    assert len(requests_of(case)) == 1


def test_the_database_lets_it_go_to_no_other_office_and_on_no_other_ground(case: Any):
    place, office = asking.agency("Jobcenter Ahaus", "jobcenter"), asking.office()
    columns = "id, organisation_id, person_id, kind, ground, purpose, data_classes, channel, valid_until, number, released_at, released_by, recipient_name"

    def insert(ground: str, channel: str, recipient: int | None, agency: Any) -> None:
        with acting(AMAL.email) as by, connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO consents_release ({columns}, recipient_id, agency_id) VALUES (gen_random_uuid(), %s, %s, 'residence', %s, 'x',"
                " '{}', %s, %s, 1, now(), 1, 'x', %s, %s)",
                [by.organisation_id, case.person_id, ground, channel, clock.today(), recipient, agency],
            )

    for ground, channel, recipient, agency in (
        ("selbst_mitgenommen", "carried", None, place.id),
        ("gesetzliche_befugnis", "letter", office.id, None),
        ("ohne_personenbezug", "letter", office.id, None),
    ):
        with pytest.raises(DatabaseError, match="goes to an office that decides about the stay"):
            insert(ground, channel, recipient, agency)
    insert("selbst_mitgenommen", "carried", office.id, None)


# ---- Competence


def competence(office_id: int, **days: Any) -> None:
    """Ahaus belongs to this office in these days, past all doors."""
    import os

    import psycopg

    with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute(
            "INSERT INTO organisations_competence (municipality_id, organisation_id, valid_from, valid_until) VALUES ('05554004', %s, %s, %s)",
            [office_id, days["since"], days.get("until")],
        )


def closed_for(office_id: int, last: Any) -> None:
    import os

    import psycopg

    with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("UPDATE organisations_competence SET valid_until = %s WHERE organisation_id = %s AND municipality_id = '05554004'", [last, office_id])


def bocholt() -> Any:
    from faden.organisations.models import Organisation

    with opened_for(actor_of(AMAL.email), write=False):
        return Organisation.objects.get(name="Ausländerbehörde Stadt Bocholt")


def offices_of(case: Any, *, on: Any) -> Any:
    from faden.residence.queries.requests import offices_for

    by = actor_of(AMAL.email)
    with opened_for(by, write=False):
        return offices_for(case, case.person_id, but=by.organisation_id, on=on)


def test_competence_is_that_of_the_day(case: Any):
    today = clock.today()
    closed_for(asking.office().id, today)
    competence(bocholt().id, since=today + timedelta(days=1))
    now, then = offices_of(case, on=today), offices_of(case, on=today + timedelta(days=1))
    assert now.competent(["25b"]).to.organisation_id == asking.office().id
    assert then.competent(["25b"]).to.organisation_id == bocholt().id
    assert [one.is_competent for one in now.rows] == [True, False]


def test_the_address_of_the_day_counts_before_the_town_noted_before(case: Any):
    from faden.persons.rules.periods import Period

    today = clock.today()
    fact(AMAL.email, case.person, "address", Period(today + timedelta(days=1)), place="Münster", postcode="48143")
    assert offices_of(case, on=today).town == "Ahaus"
    later = offices_of(case, on=today + timedelta(days=1))
    assert later.town == "" and later.competent(["25b"]) is None


def test_an_office_that_is_not_competent_may_be_chosen_with_a_warning(case: Any, amal: Any):
    said = values(to=f"s{bocholt().id}")
    page = text_of(asking.seen(amal, case, said))
    assert "Ausländerbehörde Stadt Bocholt ist heute für Ahaus nicht zuständig." in page
    assert asking.sent(case, said).status_code == 303
    assert "nicht zuständig" not in text_of(asking.seen(amal, case, values()))
    assert "Ob diese Behörde zuständig ist, weiß Faden nicht." in text_of(asking.seen(amal, case, values(to=f"a{asking.agency().id}")))


def test_naturalisation_is_another_office(case: Any, amal: Any):
    page = text_of(asking.seen(amal, case, values(paths=["stag_10"])))
    assert "Über diesen Weg entscheidet eine Einbürgerungsbehörde." in page
    place = asking.agency("Einbürgerungsbehörde Kreis Borken", "einbuergerung")
    page = text_of(asking.seen(amal, case, values(to=f"a{place.id}")))
    assert "Über diesen Weg entscheidet eine Ausländerbehörde." in page
    page = text_of(asking.seen(amal, case, values(to=f"a{place.id}", paths=["stag_10"])))
    assert "Über diesen Weg entscheidet" not in page
    both = asking.seen(amal, case, values(paths=["stag_10", "25b"]))
    assert both.status_code == 422 and "Bitte machen Sie daraus zwei Anfragen" in text_of(both)


def test_a_protected_address_keeps_town_and_office_back(case: Any, amal: Any):
    fact(AMAL.email, case.person, "address", street="Mirabellenweg 7", postcode="48683", place="Ahaus")
    assert "Mirabellenweg 7" in asking.lines_of(case)["person.address"]
    mark(AMAL.email, case.person)
    assert not {"person.address", "person.town"} & set(asking.lines_of(case))
    found = offices_of(case, on=clock.today())
    assert found.guarded and found.town == "" and {one.is_competent for one in found.rows} == {None}
    page = text_of(amal.get(asking.new(case) + "?weg=25b"))
    assert "bleibt der Wohnort hier" in page and "zuständig für" not in page and "Mirabellenweg" not in page
    with nothing_written():
        answer = asking.seen(amal, case, values(message="Ich wohne Mirabellenweg 7."))
    assert answer.status_code == 422 and "durch einen Schutzvermerk geschützt" in text_of(answer)


def test_with_a_schutzvermerk_nothing_of_the_town_is_used(case: Any, amal: Any):
    before = offices_of(case, on=clock.today())
    assert before.town == "Ahaus" and before.competent(["25b"])
    mark(AMAL.email, case.person)
    after = offices_of(case, on=clock.today())
    assert after.town == "" and after.competent(["25b"]) is None and {one.is_competent for one in after.rows} == {None}


# ---- What is shown is what goes


def test_nothing_leaves_without_a_look_and_only_what_was_looked_at(case: Any, amal: Any):
    said = by_inbox(case)
    before = written()
    page = asking.seen(amal, case, said)
    assert page.status_code == 200 and "Noch ist nichts hinausgegangen" in text_of(page)
    assert written() == before
    for other in ({"gesehen": ""}, {"gesehen": asking.seal_in(page), "message": "Etwas anderes?"}, {"gesehen": asking.seal_in(page), "lines": ["person.name"]}):
        answer = amal.post(asking.new(case), keyed(**{**said, **other}, senden="1"))
        assert answer.status_code == 200 and "Noch einmal ansehen, bitte" in text_of(answer)
    carried = amal.post(asking.new(case), keyed(**{**said, "way": "mitgegeben"}, gesehen=asking.seal_in(page), senden="1"))
    assert "Noch einmal ansehen, bitte" in text_of(carried)
    assert requests_of(case) == [] and copies() == []


def test_a_fact_that_changes_meanwhile_is_shown_again(case: Any, amal: Any):
    from faden.persons.rules.periods import Period

    said = by_inbox(case, lines=["person.name", "language[0]"])
    page = asking.seen(amal, case, said)
    fact(AMAL.email, case.person, "german", Period(clock.today() - timedelta(days=9000)), skill="all", level="a1")
    answer = amal.post(asking.new(case), keyed(**said, gesehen=asking.seal_in(page), senden="1"))
    assert answer.status_code == 200 and "Noch einmal ansehen, bitte" in text_of(answer) and requests_of(case) == []
    answer = amal.post(asking.new(case), keyed(**said, gesehen=asking.seal_in(answer), senden="1"))
    assert answer.status_code == 303


def test_what_the_office_reads_is_what_was_shown(case: Any, amal: Any):
    from faden.consents.rules.contents import from_json

    said = by_inbox(case)
    page = text_of(asking.seen(amal, case, said))
    asking.made(case, said)
    content = from_json(copies()[0].content)
    for fact_ in content.facts:
        assert f"{fact_.label} {fact_.value}" in page
    assert content.title in page and content.message in page and content.sender in page
    assert all(line in page for _title, lines in content.parts for line in lines)


def test_pressed_twice_it_counts_once(case: Any, amal: Any):
    said = by_inbox(case)
    form = keyed(**said, gesehen=asking.seal_in(asking.seen(amal, case, said)), senden="1")
    first, second = amal.post(asking.new(case), form), amal.post(asking.new(case), form)
    assert first.status_code == second.status_code == 303 and first["Location"] == second["Location"]
    assert len(requests_of(case)) == 1 == len(copies())


# ---- § 81 (4)


@pytest.mark.parametrize(("days", "warned"), [(90, True), (91, False), (-1, True)])
def test_near_the_end_of_a_title_the_voranfrage_offers_the_other(own_database: str, days: int, warned: bool):
    case, amal = asking.somebody(days_left=days), signed_in(AMAL.email)
    for page in (amal.get(asking.new(case) + "?weg=25b"), asking.seen(amal, case, values())):
        assert ("Nur ein rechtzeitiger Antrag schützt (§ 81 Abs. 4 AufenthG)" in text_of(page)) == warned
    assert "Nur ein rechtzeitiger" not in text_of(amal.get(asking.new(case) + "?weg=25b&art=cover"))


def test_one_click_makes_of_it_the_cover_and_loses_nothing(own_database: str):
    case, amal = asking.somebody(days_left=20), signed_in(AMAL.email)
    answer = amal.post(asking.new(case), keyed(**values(message="Bitte um Verlängerung."), statt="cover"))
    html = answer.content.decode()
    assert answer.status_code == 422 and "Bitte schreiben Sie, wann der Antrag gestellt ist." in text_of(answer)
    assert 'value="cover"' in next(line for line in html.split("<input") if 'name="kind"' in line and "checked" in line)
    assert "Bitte um Verlängerung." in html and 'value="language[0]"' in next(line for line in html.split("<input") if 'name="lines"' in line and "language[0]" in line and "checked" in line)
    answer = amal.post(asking.new(case), keyed(**values(filed_on=clock.today().isoformat()), statt="cover"))
    assert answer.status_code == 200 and "Begleitschreiben zum Antrag § 25b AufenthG" in text_of(answer)


# ---- The receipt of an application


def cover(case: Any, *, days_ago: int) -> Any:
    filed = clock.today() - timedelta(days=days_ago)
    return asking.made(case, values(kind="cover", filed_on=filed.isoformat()))


def test_a_receipt_that_is_missing_is_said_after_two_weeks(case: Any, amal: Any):
    late, fresh = cover(case, days_ago=15), cover(case, days_ago=14)
    list_ = text_of(amal.get(reverse("person-together", args=[case.id, case.person_id])))
    assert list_.count("Eingang nicht belegt") == 1
    missing = "Der Eingang des Antrags ist nicht belegt"
    assert missing in text_of(amal.get(reverse("office-request", args=[case.id, late.id])))
    assert missing not in text_of(amal.get(reverse("office-request", args=[case.id, fresh.id])))
    where = reverse("office-request-receipt", args=[case.id, late.id])
    for wrong in (clock.today() + timedelta(days=1), late.filed_on - timedelta(days=1)):
        assert amal.post(where, keyed(version=1, receipt="stamp", receipt_on=wrong.isoformat())).status_code == 422
    form = keyed(version=1, receipt="stamp", receipt_on=late.filed_on.isoformat())
    assert amal.post(where, form).status_code == 303
    shown = text_of(amal.get(reverse("office-request", args=[case.id, late.id])))
    assert missing not in shown and f"Eingangsstempel auf der Kopie, {late.filed_on:%d.%m.%Y}" in shown
    assert amal.post(where, keyed(version=1, receipt="email", receipt_on=late.filed_on.isoformat())).status_code == 409


def test_a_voranfrage_has_no_receipt(case: Any, amal: Any):
    request = asking.made(case)
    where = reverse("office-request-receipt", args=[case.id, request.id])
    assert amal.post(where, keyed(version=1, receipt="stamp", receipt_on=clock.today().isoformat())).status_code == 422
    assert requests_of(case)[0].receipt == ""


def test_the_table_keeps_day_and_proof_together(case: Any):
    from faden.residence.models import OfficeRequest

    request = cover(case, days_ago=3)
    for more in ({"receipt": "stamp"}, {"receipt_on": clock.today()}, {"filed_on": None}):
        with pytest.raises(IntegrityError), acting(AMAL.email), transaction.atomic():
            OfficeRequest.objects.filter(id=request.id).update(**more)


# ---- The end


def test_withdrawn_by_us_the_office_reads_nothing_any_more(case: Any, amal: Any):
    request = asking.made(case, by_inbox(case))
    where = reverse("office-request-end", args=[case.id, request.id])
    assert "Was sie zu ihrer Akte genommen hat" in text_of(amal.get(where))
    assert amal.post(where, keyed(version=9)).status_code == 409
    assert amal.post(where, keyed(version=1)).status_code == 303
    assert requests_of(case)[0].state == "ended" and copies() == []
    page = text_of(amal.get(reverse("office-request", args=[case.id, request.id])))
    assert "von uns zurückgezogen" in page and "Blatt (PDF)" not in page
    assert sheet(amal, request).status_code == 404
    assert amal.get(reverse("office-request-answer", args=[case.id, request.id])).status_code == 404


def test_with_the_consent_the_request_ends_at_once(case: Any, amal: Any):
    from faden.consents.models import Consent

    said = by_inbox(case)
    request, carried = asking.made(case, said), asking.made(case)
    with acting(AMAL.email) as by:
        withdrawn(Consent.objects.get(id=request.release.consent_id), by=by)
    assert copies() == []
    shown = text_of(amal.get(reverse("office-request", args=[case.id, request.id])))
    assert "beendet" in shown and "Einwilligung widerrufen" in shown and "Antwort nachtragen" not in shown
    work()
    assert [row.state for row in requests_of(case)] == ["ended", "sent"]
    assert sheet(amal, carried).status_code == 200


def test_closing_the_case_names_it_and_ends_it(case: Any):
    from faden.casework.actions.letting_go import let_go
    from faden.casework.queries.outside import outside

    asking.made(case, by_inbox(case))
    with opened_for(actor_of(AMAL.email), write=False):
        [running] = outside(case, now=clock.now())
    assert running.title == "Voranfrage § 25b AufenthG: Ausländerbehörde Kreis Borken"
    with acting(AMAL.email) as by:
        let_go(case, by=by, at=clock.now())
        assert outside(case, now=clock.now()) == []
    assert requests_of(case)[0].state == "ended" and copies() == []


def test_the_history_and_the_register_say_what_it_was(case: Any, amal: Any):
    asking.made(case, by_inbox(case))
    history = text_of(amal.get(reverse("case", args=[case.id])))
    assert "Voranfrage § 25b AufenthG" in history and "gesendet, noch ohne Antwort" in history
    register = text_of(amal.get(reverse("release-register")))
    assert "Anfrage der Person an die Behörde" in register or "Anfrage nach § 25b" in register


def test_an_answer_noted_by_hand_returns_as_a_step(case: Any, amal: Any):
    request = asking.made(case)
    where = reverse("office-request-answer", args=[case.id, request.id])
    said = {"kind": "documents", "german": ["language"], "way": "letter", "said_on": clock.today().isoformat(), "said_by": "Frau Berg"}
    assert amal.post(where, keyed(**{**said, "german": []}, version=1)).status_code == 422
    assert amal.post(where, keyed(**said, version=1)).status_code == 303
    shown = text_of(amal.get(reverse("office-request", args=[case.id, request.id])))
    assert "Unterlagen fehlen" in shown and "Sprachzertifikat" in shown and "Frau Berg" in shown and "Zum Schritt" in shown
    assert requests_of(case)[0].state == "documents"


# ---- On paper


def pages_of(pdf: bytes) -> list[str]:
    import pypdfium2

    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def test_a_voranfrage_says_on_every_page_that_it_is_none(case: Any, amal: Any):
    request = asking.made(case, values(message="\n".join(f"Zeile {number}: Was fehlt noch?" for number in range(90))))
    pages = pages_of(sheet(amal, request).content)
    assert len(pages) >= 2
    assert all(page.count("Dies ist kein Antrag. Fristen laufen weiter.") == 1 for page in pages)
    assert "ENTWURF" not in "".join(pages) and "Caritasverband" in pages[0]


def test_a_cover_says_when_it_was_filed_and_has_room_for_the_receipt(case: Any, amal: Any):
    request = cover(case, days_ago=1)
    text = "".join(pages_of(sheet(amal, request).content))
    assert "Antrag gestellt am" in text and f"{request.filed_on:%d.%m.%Y}" in text
    assert "Eingang bestätigt am" in text and "Stempel" in text and "Dies ist kein Antrag" not in text
    assert "Faden" not in text


def test_before_it_is_sent_it_prints_as_a_draft_only(case: Any, amal: Any):
    where = reverse("office-request-draft", args=[case.id, case.person_id])
    before = written()
    answer = amal.post(where, keyed(**values(message="\n".join("Was fehlt?" for _ in range(90)))))
    assert written() == before
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    pages = pages_of(answer.content)
    assert len(pages) >= 2 and all("ENTWURF, noch nicht gesendet" in page for page in pages)
    refused = amal.post(where, keyed(**values(paths=[])))
    assert refused.status_code == 422 and "Welche Unterlagen fehlen?" in text_of(refused)
    assert amal.get(where).status_code == 405


# ---- The others


def test_the_others_see_nothing_of_it(case: Any):
    request = asking.made(case, by_inbox(case))
    addresses = [
        asking.new(case),
        *(reverse(f"office-request{part}", args=[case.id, request.id]) for part in ("", "-sheet", "-receipt", "-end", "-answer")),
    ]
    for name, member in CAST.items():
        if name == "Amal":
            continue
        client = signed_in(member.email)
        for where in addresses:
            answer = client.get(where)
            assert answer.status_code in (302, 403, 404), (name, where, answer.status_code)
            assert "Oleksandra" not in answer.content.decode() and "25b" not in answer.content.decode(), (name, where)


def test_rows_stay_in_their_service(case: Any):
    from faden.residence.models import OfficeRequest

    asking.made(case, by_inbox(case))
    for name in ("Cem", "Dora", "Karin"):
        with opened_for(actor_of(CAST[name].email), write=True) as _:
            assert OfficeRequest.objects.count() == 0, name
            assert OfficeRequest.objects.update(state="ended") == 0 and OfficeRequest.objects.all().delete()[0] == 0
    assert len(requests_of(case)) == 1
    assert membership_of(DORA.email).organisation_id == asking.office().id


def test_another_case_is_not_reached_by_its_address(case: Any, amal: Any):
    request = asking.made(case)
    other = asking.somebody(family="Darwisch")
    for part in ("", "-sheet", "-receipt", "-end", "-answer"):
        assert amal.get(reverse(f"office-request{part}", args=[other.id, request.id])).status_code == 404, part
    assert amal.get(asking.new(case, other.person_id)).status_code == 404


@pytest.mark.parametrize("count", [1, 6])
def test_the_pages_cost_the_same_however_much_there_is(case: Any, count: int):
    from tests.pages.test_statement_counts import statements

    for number in range(count):
        asking.paper(case, title=f"Papier {number}")
        request = asking.made(case)
    assert statements(AMAL.email, asking.new(case))[0] == NEW
    assert statements(AMAL.email, reverse("office-request", args=[case.id, request.id]))[0] == ONE


def test_an_office_where_nobody_would_read_it_gets_paper(case: Any, amal: Any):
    """The request would lie in an inbox that only building block 3 reads, and here there is none."""
    consent = asking.allow(case, bocholt())
    html = amal.get(asking.new(case)).content.decode()
    assert "Als Brief, auf die Einwilligung an Ausländerbehörde Stadt Bocholt" in html
    assert "Über Faden, auf die Einwilligung an Ausländerbehörde Stadt Bocholt" not in html
    said = values(f"p{consent.id}", f"s{bocholt().id}")
    assert asking.seen(amal, case, said).status_code == 422 and requests_of(case) == []
