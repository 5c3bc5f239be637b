"""Vollmacht and Entbindung at the desk: prepared, printed, signed, revoked; and what the others see of them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.case_making import add_member, open_a_case
from tests.cast import AMAL, BERND, CEM, DILAN, LENA
from tests.declaring import power, release, review, sign, standing
from tests.desk_client import keyed, signed_in, text_of

SECRET = "Frauenberatung Ahaus"


@pytest.fixture
def case(own_database):
    return open_a_case(AMAL.email)


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


def at(name, case, *more, person=None):
    return reverse(name, args=[case.id, person.id if person else case.person_id, *more])


def day(days=0):
    from faden.kernel import clock

    return str(clock.today() + timedelta(days=days))


def typed(**more):
    return keyed(
        authority="Jobcenter Ahaus", procedure="BG 41203", scope=["information"], deputies="Amal Haddad", signers="own",
        valid_until=day(100), **more,
    )  # fmt: skip


def pdf_from(client, answer):
    """The PDF the list offers after preparing: by the link that somebody clicks."""
    from tests.documents.test_forms import text_in

    page = client.get(answer.headers["Location"]).content.decode()
    [link] = re.findall(r'href="([^"]*/blaetter/\?blatt=[^"]+)"', page)
    answer = client.get(link.replace("&amp;", "&"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Erklaerungen.pdf"'
    return text_in(answer.content)


def test_prepare_print_sign_revoke(amal, case):
    review("power")
    answer = amal.post(at("power-new", case), typed(shown_language="ti"))
    assert answer.status_code == 303
    said = pdf_from(amal, answer)
    assert "Jobcenter Ahaus" in said and "ENTWURF" not in said
    form = forms_of(case)[0]
    assert "wartet auf Unterschrift" in text_of(amal.get(at("person-declarations", case)))
    assert "Unterschrift einholen: Vollmacht" in text_of(amal.get(reverse("case", args=[case.id])))
    refused = amal.post(at("declaration-signed", case, form.about), keyed(seen="on", signed_on=day()))
    assert refused.status_code == 422 and "mündlich übersetzt" in text_of(refused)
    spoken = {"interpreter_name": "Maria Beispiel", "interpreter_obliged_on": day(-30), "interpreter_is_adult": "on"}
    done = amal.post(at("declaration-signed", case, form.about), keyed(seen="on", signed_on=day(), read_aloud="on", **spoken))
    assert done.status_code == 303 and standing(form)
    page = text_of(amal.get(at("declaration", case, form.about)))
    assert "Maria Beispiel" in page and "vorgelesen" in page and "gilt" in page
    ended = amal.post(at("declaration-end", case, form.about), keyed(because="revoked", ended_on=day()))
    assert ended.status_code == 303 and not standing(form)
    assert "beendet" in text_of(amal.get(at("declaration", case, form.about)))


def test_the_last_day_leads_to_the_declaration(amal, case):
    review("power")
    form = power(case)
    sign(form)
    page = amal.get(reverse("case-deadlines", args=[case.id])).content.decode()
    [deadline] = set(re.findall(rf"/faelle/{case.id}/fristen/[0-9a-f-]{{36}}/", page))
    page = amal.get(deadline).content.decode()
    assert "Vollmacht endet" in page and at("declaration", case, form.about) in page


def forms_of(case):
    from faden.documents.models import PrintedForm
    from tests.case_making import acting

    with acting(AMAL.email):
        return list(PrintedForm.objects.filter(case=case).order_by("printed_at"))


def test_a_scan_comes_with_the_signature_and_a_refused_one_leaves_nothing(amal, case):
    from django.core.files.uploadedfile import SimpleUploadedFile

    review("power")
    form = power(case)

    def scan():
        return SimpleUploadedFile("Scan.pdf", b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n")

    values = {"seen": "on", "original": "paper_file"}
    refused = amal.post(at("declaration-signed", case, form.about), keyed(signed_on=day(1), uploads=scan(), **values))
    assert refused.status_code == 422 and forms_of(case)[0].paper_id is None
    done = amal.post(at("declaration-signed", case, form.about), keyed(signed_on=day(), uploads=scan(), **values))
    assert done.status_code == 303 and forms_of(case)[0].paper_id
    assert "Scan ansehen" in text_of(amal.get(at("declaration", case, form.about)))


def test_several_are_one_print_with_signatures_of_their_own(amal, case):
    first, second = power(case), release(case)
    answer = amal.post(at("declaration-sheets-make", case), keyed(erklaerung=[first.about, second.about]))
    said = pdf_from(amal, answer)
    assert "Vollmacht" in said and "Entbindung von der Schweigepflicht" in said and said.count("Ort, Datum") == 2
    nothing = amal.post(at("declaration-sheets-make", case), keyed(), follow=True)
    assert nothing.status_code == 200 and "Bitte wählen Sie, was gedruckt werden soll." in text_of(nothing)
    assert amal.post(at("declaration-sheets-make", case), keyed(erklaerung="nichts")).status_code == 404


def test_a_draft_is_printed_as_one_and_anew_once_the_text_is_reviewed(amal, case):
    form = power(case)
    assert "noch ein Entwurf" in text_of(amal.get(at("declaration", case, form.about)))
    review("power")
    assert "neu drucken" in text_of(amal.get(at("person-declarations", case)))
    answer = amal.post(at("declaration-sheets-make", case), keyed(erklaerung=form.about))
    assert "ENTWURF" not in pdf_from(amal, answer) and len(forms_of(case)) == 2
    assert "neu drucken" not in text_of(amal.get(at("person-declarations", case)))


@pytest.mark.parametrize(("change", "field"), [
    ({"scope": []}, "scope"), ({"authority": ""}, "authority"), ({"valid_until": "2020-01-01"}, "valid_until"),
    ({"valid_until": "2199-01-01"}, "valid_until"), ({"shown_language": "xx"}, "shown_language"), ({"authority": "x" * 161}, "authority"),
])  # fmt: skip
def test_what_cannot_be_taken_comes_back_with_everything_typed(amal, case, change, field):
    answer = amal.post(at("power-new", case), {**typed(), **change})
    assert answer.status_code == 422 and f'id="id_{field}' in answer.content.decode()
    assert "BG 41203" in answer.content.decode() and forms_of(case) == []


def test_an_interpreter_who_is_a_child_of_the_case_is_refused_with_a_sentence(amal, case):
    add_member(case, "Amina", family="Darwisch", born="2015")
    answer = amal.post(at("power-new", case), typed(interpreter_name="Amina Darwisch"))
    assert answer.status_code == 422 and "Kinder und Jugendliche übersetzen nicht" in text_of(answer)


def test_a_letter_no_font_has_is_a_sentence_and_not_an_error(amal, case):
    answer = amal.post(at("power-new", case), typed() | {"authority": "\u65e5\u672c"})
    page = amal.get(answer.headers["Location"]).content.decode()
    [link] = re.findall(r'href="([^"]*/blaetter/\?blatt=[^"]+)"', page)
    answer = amal.get(link)
    assert answer.status_code == 422 and "Schriftzeichen" in text_of(answer)


# ---------- what the others see ----------

NAMES = ("person-declarations", "person-declarations-confidential", "power-new", "secrecy-new")


def test_nobody_else_sees_anything(case):
    form = power(case)
    urls = [at(name, case) for name in NAMES] + [
        at(name, case, form.about) for name in ("declaration", "declaration-signed", "declaration-end")
    ]
    urls += [f"{at('declaration-sheets', case)}?blatt={form.id}", reverse("declarations", args=[case.id])]
    for email, status in ((CEM.email, 404), (BERND.email, 403), (DILAN.email, 403), (LENA.email, 302)):
        client = signed_in(email)
        assert {client.get(url).status_code for url in urls} == {status}, email


def test_a_foreign_sheet_or_declaration_below_an_own_case_is_nowhere(amal, case):
    other = open_a_case(AMAL.email, family="Andere")
    theirs = open_a_case(CEM.email, family="Fremd")
    own, foreign = power(other), power(theirs, email=CEM.email)
    for form in (own, foreign):
        assert amal.get(f"{at('declaration-sheets', case)}?blatt={form.id}").status_code == 404
        for name in ("declaration", "declaration-signed", "declaration-end"):
            assert amal.get(at(name, case, form.about)).status_code == 404
        assert amal.post(at("declaration-sheets-make", case), keyed(erklaerung=form.about)).status_code == 404


def test_one_persons_declaration_is_not_read_below_anothers(amal, case):
    child = add_member(case, "Amina", family="Darwisch", born="2015")
    form = power(case)
    for name in ("declaration", "declaration-signed", "declaration-end"):
        assert amal.get(at(name, case, form.about, person=child)).status_code == 404
    assert amal.get(f"{at('declaration-sheets', case, person=child)}?blatt={form.id}").status_code == 404
    assert "Jobcenter" not in amal.get(at("person-declarations", case, person=child)).content.decode()


def test_a_confidential_one_stands_on_her_confidential_page_only(amal, case):
    add_member(case, "Amina", family="Darwisch", born="2015")
    values = keyed(
        discloser=SECRET, purpose="Schutz", information="Was sie braucht", data_classes=["contact"], direction="one_way",
        valid_until=day(90), confidential="on", signers="own",
    )  # fmt: skip
    answer = amal.post(at("secrecy-new", case), values)
    assert answer.headers["Location"].startswith(at("person-declarations-confidential", case))
    hidden = ("person-declarations", "person")
    pages = [amal.get(at(name, case)) for name in hidden] + [amal.get(reverse(name, args=[case.id])) for name in ("case", "declarations")]
    assert [SECRET in page.content.decode() for page in pages] == [False] * 4
    for name in ("person-declarations-confidential", "person-confidential"):
        assert SECRET in amal.get(at(name, case)).content.decode()


def test_who_left_the_case_keeps_what_was_signed_but_signs_nothing_new(amal, case):
    from faden.cases.actions.members import leave
    from faden.kernel import clock
    from tests.case_making import acting

    review("power")
    child = add_member(case, "Amina", family="Darwisch", born="1990")
    form = power(case, child)
    with acting(AMAL.email) as by:
        leave(case, child.id, by=by, on=clock.today(), at=clock.now())
    assert amal.get(at("declaration", case, form.about, person=child)).status_code == 200
    assert amal.get(at("power-new", case, person=child)).status_code == 404
    assert amal.post(at("power-new", case, person=child), typed()).status_code == 404


def test_a_protected_persons_sheet_says_no_address_and_no_place(amal, case):
    from tests.case_making import fact, mark

    fact(AMAL.email, case.person, "address", street="Geheime Gasse 7")
    open_text = pdf_from(amal, amal.post(at("power-new", case), typed()))
    assert "Gasse" not in open_text and "Musterstraße" in open_text
    mark(AMAL.email, case.person)
    secret_text = pdf_from(amal, amal.post(at("power-new", case), typed()))
    assert "Gasse" not in secret_text and "Musterstraße" not in secret_text and "Schewtschenko" in secret_text


@pytest.mark.parametrize("name", ["declarations", "person-declarations"])
def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(amal, case, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse("declarations", args=[case.id]) if name == "declarations" else at(name, case)

    def statements():
        with CaptureQueriesContext(connection) as found:
            assert amal.get(url).status_code == 200
        return len(found)

    power(case), release(case)
    statements()  # what is asked once only
    few = statements()
    for _n in range(4):
        power(case), release(case)
    assert statements() == few


# ---------- texts ----------


def test_the_team_lead_reviews_and_a_colleague_reads(own_database):
    lena, amal = signed_in(LENA.email), signed_in(AMAL.email)
    page = reverse("form-text-review", args=["power", "de", 0])
    assert amal.get(page).status_code == 403 and "Prüfung vermerken" not in text_of(amal.get(reverse("form-text", args=["power", "de"])))
    said = {"reviewed_by": "Ruth Probe, Leitung", "reviewed_on": day()}
    assert lena.post(page, keyed(**said)).status_code == 422
    assert lena.post(page, keyed(**said, sure="on")).status_code == 303
    assert "Ruth Probe, Leitung" in text_of(amal.get(reverse("form-texts")))
    again = lena.post(reverse("form-text-review", args=["power", "de", 1]), keyed(**said, sure="on"))
    assert again.status_code == 422 and "schon geprüft" in text_of(again)
    assert "Ruth" not in text_of(signed_in(CEM.email).get(reverse("form-texts")))


def test_an_own_wording_that_lacks_a_field_comes_back_whole(own_database):
    lena = signed_in(LENA.email)
    page = reverse("form-text-new", args=["power", "de"])
    answer = lena.post(page, keyed(title="Vollmacht", body="{person}\nMein eigener Satz."))
    assert answer.status_code == 422 and "Mein eigener Satz." in answer.content.decode()
    assert "{until}" in text_of(answer)


@pytest.mark.parametrize("where", [["power", "xx"], ["other", "de"], ["power", "de", 7]])
def test_a_text_that_is_none_is_nowhere(own_database, where):
    name = "form-text" if len(where) == 2 else "form-text-version"
    assert signed_in(LENA.email).get(reverse(name, args=where)).status_code == 404
