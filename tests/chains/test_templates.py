"""Kettenvorlagen of a service: publish the next version, see what it changes, take it off the list again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faden.chains.rules.template_changes import ChangedStep, differences, next_version
from faden.chains.rules.template_reading import parse
from tests.case_making import open_a_case
from tests.cast import AMAL, CEM, LENA
from tests.chains.making import begin, step
from tests.desk_client import actor_of, keyed, signed_in, text_of

OWN = """\
template: ehrenamt
version: 1
title: Ehrenamt finden
life_area: participation
source: Eigene Erfahrung
news: Zum ersten Mal
steps:
  - {code: gespraech, title: Gespräch, kind: klaerung, holder: case_manager, usual: 2 weeks}
  - {code: verein, title: Verein besuchen, kind: termin, holder: client, after: [gespraech]}
"""
CHANGED = """\
template: ehrenamt
version: 2
title: Ehrenamt und Verein
life_area: participation
source: Eigene Erfahrung
steps:
  - {code: verein, title: Verein besuchen, kind: termin, holder: client}
  - {code: gespraech, title: Gespräch, kind: klaerung, holder: case_manager, after: [verein], usual: 3 weeks, usual_source: Team 2026, documents: [Ausweis]}
  - {code: probe, title: Probetag, kind: beginn, holder: client, after: [gespraech]}
"""
AREAS = {"participation": "Teilhabe", "work": "Arbeit"}


def changes(old, new):
    return differences(parse(old), parse(new), life_areas=AREAS)


# ---------- what would change ----------


def test_differences_in_words():
    found = changes(OWN, CHANGED)
    assert found.head == (("Titel", "Ehrenamt finden", "Ehrenamt und Verein"),)
    assert (found.added, found.dropped) == (("Probetag",), ())
    assert found.order == ("Verein besuchen", "Gespräch")
    assert found.changed == (
        ChangedStep("Verein besuchen", (("Wartet auf", "„Gespräch“", ""),)),
        ChangedStep("Gespräch", (
            ("Wartet auf", "", "„Verein besuchen“"),
            ("Dauer", "meist 2 Wochen (geschätzt)", "meist 3 Wochen (Quelle: Team 2026)"),
            ("Unterlagen", "", "Ausweis"),
        )),
    )  # fmt: skip
    back = changes(CHANGED, OWN)
    assert (back.added, back.dropped) == ((), ("Probetag",))


def test_the_same_file_changes_nothing():
    assert not changes(OWN, OWN)
    assert not changes(OWN, next_version(OWN, 2))


def test_a_new_version_begins_with_the_next_number():
    assert next_version(OWN, 7).split("\n")[1] == "version: 7"
    assert parse(next_version(OWN, 7)).version == 7


# ---------- verbs ----------


@pytest.fixture
def lena(own_database):
    return actor_of(LENA.email)


def publish(by, source=OWN):
    from faden.chains.actions import templates as actions
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    with opened_for(by, write=True):
        return actions.publish(source, by=by, at=clock.now())


def withdraw(by, code="ehrenamt", seen=1):
    from faden.chains.actions import templates as actions
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    with opened_for(by, write=True):
        actions.withdraw(code, seen=seen, by=by, at=clock.now())


def asked(by, question, *values):
    from faden.chains.queries import templates as queries
    from faden.kernel.rls import opened_for

    with opened_for(by, write=False):
        return getattr(queries, question)(*values)


def codes(by):
    return {one.template.code: (one.template.version, one.is_own) for one in asked(by, "offered")}


def events(by):
    from faden.kernel.models import AuditEvent
    from faden.kernel.rls import opened_for

    with opened_for(by, write=False):
        found = AuditEvent.objects.filter(event__startswith="template.").order_by("at")
        return [(event.event, event.details) for event in found]


def test_publish_offer_and_withdraw(lena):
    before = codes(lena)
    assert before["sprache"] == (1, False)
    publish(lena)
    assert codes(lena) == {**before, "ehrenamt": (1, True)}
    publish(lena, CHANGED)
    assert codes(lena)["ehrenamt"] == (2, True)
    withdraw(lena, seen=2)
    assert codes(lena) == before
    assert events(lena) == [
        ("template.published", {"template": "ehrenamt", "version": 1}),
        ("template.published", {"template": "ehrenamt", "version": 2}),
        ("template.withdrawn", {"template": "ehrenamt", "version": 2}),
    ]
    # What is withdrawn can be read, not begun; the next version goes on counting.
    assert asked(lena, "template_of", "ehrenamt", 1).source == OWN
    assert asked(lena, "next_number", "ehrenamt") == 3


def test_a_withdrawn_template_is_not_begun(lena):
    from faden.kernel.errors import NotFound

    publish(lena)
    withdraw(lena)
    for values in (("ehrenamt",), ("nirgends",), ("ehrenamt", 9)):
        with pytest.raises(NotFound):
            asked(lena, "template_of", *values)
    page = asked(lena, "template_page", "ehrenamt")
    assert [(v.number, v.is_offered, v.news) for v in page.versions] == [(1, False, "Zum ersten Mal")]
    assert not page.has_own


def test_what_the_software_ships_is_changed_by_a_version_of_ones_own(lena):
    shipped = asked(lena, "template_of", "sprache")
    publish(lena, next_version(shipped.source, 2).replace("title: Deutsch lernen\n", "title: Deutsch in Ahaus\n"))
    assert codes(lena)["sprache"] == (2, True)
    assert asked(lena, "template_of", "sprache", 1) == shipped
    withdraw(lena, "sprache", seen=2)
    assert asked(lena, "template_of", "sprache") == shipped


@pytest.mark.parametrize(("first", "version", "words"), [
    (None, 2, "Die nächste Fassung von „Ehrenamt finden“ ist 1."),
    (OWN, 1, "Fassung 1 von „Ehrenamt finden“ gibt es schon. Die nächste ist 2."),
    (OWN, 3, "Die nächste Fassung von „Ehrenamt finden“ ist 2."),
])  # fmt: skip
def test_a_version_is_the_next_one(lena, first, version, words):
    from faden.chains.actions.templates import Broken

    if first:
        publish(lena, first)
    with pytest.raises(Broken) as refused:
        publish(lena, next_version(OWN, version))
    [error] = refused.value.errors
    assert error.line == 2
    assert error.reason.startswith(words)


def test_nothing_of_a_broken_file_stays(lena):
    from faden.chains.actions.templates import Broken

    before = codes(lena)
    with pytest.raises(Broken) as refused:
        publish(lena, OWN.replace("klaerung", "x").replace("[gespraech]", "[y]"))
    assert [error.line for error in refused.value.errors] == [8, 9]
    assert (codes(lena), events(lena)) == (before, [])


def test_the_second_to_withdraw_is_told(lena):
    from faden.kernel.errors import Conflict, Invalid, NotFound

    publish(lena)
    with pytest.raises(Conflict) as refused:
        withdraw(lena, seen=0)
    assert refused.value.changes == (("Neueste Fassung", "1", "0"),)
    withdraw(lena)
    with pytest.raises(Invalid, match="schon nicht mehr"):
        withdraw(lena)
    with pytest.raises(NotFound):
        withdraw(lena, "sprache")


def test_a_running_chain_stays_on_its_version(lena):
    publish(lena)
    case = open_a_case()
    begin(case, step("gespraech", title="Gespräch"), step("verein", "gespraech"), code="ehrenamt", by=actor_of(AMAL.email))
    assert asked(lena, "running") == {("ehrenamt", 1): 1}
    publish(lena, CHANGED)
    preview = asked(lena, "preview", parse(next_version(CHANGED, 3)))
    assert (preview.running, preview.old.template.version) == ([(1, 1)], 2)
    [line] = [one for one in asked(lena, "listed") if one.offered.template.code == "ehrenamt"]
    assert (line.running, line.older) == (0, 1)


def test_another_service_sees_nothing(lena):
    from faden.kernel.errors import NotFound

    publish(lena)
    other = actor_of(CEM.email)
    assert "ehrenamt" not in codes(other)
    with pytest.raises(NotFound):
        asked(other, "template_page", "ehrenamt")
    assert asked(other, "next_number", "ehrenamt") == 1
    assert signed_in(CEM.email).get(reverse("chain-template", args=["ehrenamt"])).status_code == 404


# ---------- pages ----------


def test_the_list_and_a_template_for_everybody_who_works_on_cases(lena):
    client = signed_in(AMAL.email)
    text = text_of(client.get(reverse("chain-templates")))
    assert "Deutsch lernen" in text and "Neue Vorlage" not in text
    text = text_of(client.get(reverse("chain-template", args=["sprache"])))
    for words in ("meist 6 Wochen (Quelle: BAMF", "(geschätzt)", "1 Jahr nach „Titel, der den Anspruch gibt, liegt vor“", "19.08.2026", "mit Faden ausgeliefert"):
        assert words in text
    assert "Neue Fassung" not in text
    one = text_of(client.get(reverse("chain-template", args=["sprache"]) + "?variante=zulassung"))
    assert "Antrag auf Zulassung" in one and "Bestätigung der Teilnahmeberechtigung holen" not in one
    assert client.get(reverse("chain-template", args=["nirgends"])).status_code == 404


def test_the_file_of_a_version(lena):
    answer = signed_in(AMAL.email).get(reverse("chain-template-file", args=["sprache", 1]))
    assert answer["Content-Disposition"] == 'attachment; filename="sprache-1.yaml"'
    assert parse(answer.content.decode()).code == "sprache"


def test_from_a_file_over_the_preview_to_the_list(lena):
    client = signed_in(LENA.email)
    form = text_of(client.get(reverse("chain-template-new") + "?aus=sprache"))
    assert "version: 2" in form and "template: sprache" in form
    publish(lena)
    file = SimpleUploadedFile("ehrenamt.yaml", b"\xef\xbb\xbf" + CHANGED.encode())
    answer = client.post(reverse("chain-template-preview"), keyed(source="nicht dies", file=file))
    text = text_of(answer)
    assert answer.status_code == 200
    for words in ("Vorschau der Fassung 2", "Probetag", "Neue Reihenfolge", "meist 3 Wochen (Quelle: Team 2026)", "noch keine Kette"):
        assert words in text
    assert asked(lena, "next_number", "ehrenamt") == 2
    back = client.post(reverse("chain-template-preview"), keyed(source=CHANGED, bearbeiten="1"))
    assert back.status_code == 200 and "Probetag" in back.content.decode()
    answer = client.post(reverse("chain-template-new"), keyed(source=CHANGED), follow=True)
    assert "Die Vorlage ist veröffentlicht" in text_of(answer)
    assert codes(lena)["ehrenamt"] == (2, True)


def test_what_was_typed_comes_back_with_all_errors(lena):
    client = signed_in(LENA.email)
    broken = OWN.replace("klaerung", "klärung").replace("[gespraech]", "[gespräch]")
    for name in ("chain-template-preview", "chain-template-new"):
        answer = client.post(reverse(name), keyed(source=broken))
        text = text_of(answer)
        assert answer.status_code == 422
        assert "2 Fehler in der Vorlage" in text and "Meinten Sie „klaerung“?" in text
        assert "title: Gespräch, kind: klärung" in text
        assert "Verein besuchen" in text
    assert "ehrenamt" not in codes(lena)


@pytest.mark.parametrize(("values", "words"), [
    ({"source": " "}, "fügen Sie eine Vorlage ein"),
    ({"source": "x" * 100_001}, "höchstens 100000 Zeichen"),
    ({"source": "", "file": b"\xff\xfe\x00"}, "kein lesbarer Text"),
    ({"source": "", "file": b"x" * 500_001}, "höchstens 100000 Zeichen"),
    ({"source": "", "file": b""}, "fügen Sie eine Vorlage ein"),
    ({"source": "a: \x01"}, "nicht lesbar"),
])  # fmt: skip
def test_what_is_no_text_is_refused(lena, values, words):
    if "file" in values:
        values = {**values, "file": SimpleUploadedFile("x.yaml", values["file"])}
    answer = signed_in(LENA.email).post(reverse("chain-template-preview"), keyed(**values))
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_withdrawing_on_the_page(lena):
    publish(lena)
    client = signed_in(LENA.email)
    path = reverse("chain-template-withdrawal", args=["ehrenamt"])
    assert "Nicht mehr anbieten" in text_of(client.get(reverse("chain-template", args=["ehrenamt"])))
    assert client.get(path).status_code == 200
    assert client.post(path, keyed(version="1")).status_code == 303
    assert "ehrenamt" not in codes(lena)
    text = text_of(client.get(reverse("chain-template", args=["ehrenamt"])))
    assert "wird nicht mehr angeboten" in text and "Nicht mehr anbieten" not in text
    answer = client.post(path, keyed(version="1"))
    assert answer.status_code == 422 and "schon nicht mehr angeboten" in text_of(answer)


def test_only_the_team_lead_publishes(own_database):
    client = signed_in(AMAL.email)
    for name, args in (("chain-template-new", []), ("chain-template-withdrawal", ["sprache"])):
        assert client.get(reverse(name, args=args)).status_code == 403
        assert client.post(reverse(name, args=args), keyed(source=OWN, version="1")).status_code == 403
    assert client.post(reverse("chain-template-preview"), keyed(source=OWN)).status_code == 403
    assert "ehrenamt" not in codes(actor_of(AMAL.email))


def test_the_pages_cost_the_same_with_thirty_versions(lena):
    from tests.pages.test_statement_counts import statements

    paths = [reverse("chain-templates"), reverse("chain-template", args=["ehrenamt"])]
    publish(lena)
    few = [statements(LENA.email, path)[0] for path in paths]
    for number in range(2, 31):
        publish(lena, next_version(OWN, number))
    publish(lena, OWN.replace("ehrenamt", "verein"))
    many = [statements(LENA.email, path)[0] for path in paths]
    assert many == few
