"""Declarations in a case: what counts when, whose they are, and the way of a sheet there and back."""

from datetime import date, timedelta

import pytest
from tests.case_making import acting, add_member, open_a_case
from tests.declaring import AMAL, INTERPRETED, end, power, release, review, sign, standing

CEM = "cem@drk-gronau.example"
DAY = timedelta(days=1)


@pytest.fixture
def case(own_database):
    return open_a_case(AMAL)


@pytest.fixture
def reviewed(own_database):
    """The German texts are reviewed."""
    review("power"), review("secrecy")


def today():
    from faden.kernel import clock

    return clock.today()


def refused(do, field=None):
    """The sentence it was refused with."""
    from faden.kernel.errors import Invalid

    with pytest.raises(Invalid) as told:
        do()
    assert field is None or told.value.field == field
    return str(told.value)


def tasks_of(case):
    from faden.cases.models import Task

    with acting(AMAL):
        found = Task.objects.filter(case=case).order_by("id")
        return [(one.title, one.persons, one.confidential, one.done_at is None, one.dropped_because) for one in found]


def deadlines_of(case):
    from faden.cases.models import Deadline

    with acting(AMAL):
        found = Deadline.objects.filter(case=case, kind="power_ends")
        return [(one.due_on, one.subject, one.ended_at is None, one.confidential) for one in found]


def rows(case, person=None, **of):
    from faden.cases.queries.timeline import Of
    from faden.documents.queries import forms

    with acting(AMAL):
        return forms.declarations_in(case, of=Of(person.id if person else None, **of), on=today())


@pytest.mark.parametrize("make", [power, release])
def test_it_counts_from_its_signature_until_its_end(case, reviewed, make):
    form = make(case)
    assert not standing(form)
    sign(form)
    assert standing(form) and not standing(form, on=today() - DAY)
    assert standing(form, on=today() + 100 * DAY) and not standing(form, on=today() + 101 * DAY)
    end(form)
    assert not standing(form)


@pytest.mark.parametrize("make", [power, release])
def test_a_revocation_counts_in_the_same_transaction(case, reviewed, make):
    from faden.consents.queries.declarations import standing_powers, standing_secrecy_releases
    from faden.consents.vocabulary import DeclarationEnd
    from faden.documents.actions import forms
    from faden.kernel import clock

    form = make(case)
    sign(form)
    with acting(AMAL) as by:
        for left in (1, 0):
            found = [*standing_powers(form.persons, today()), *standing_secrecy_releases(form.persons, today())]
            assert len(found) == left
            forms.ended(form, DeclarationEnd.REVOKED, ended_on=today(), by=by, at=clock.now())


def test_what_is_waiting_has_a_task_that_goes_with_the_signature(case, reviewed):
    form = power(case)
    assert tasks_of(case) == [("Unterschrift einholen: Vollmacht für Jobcenter Ahaus", [case.person_id], False, True, "")]
    sign(form)
    assert [task[3:] for task in tasks_of(case)] == [(False, "")]


def test_a_declaration_that_is_not_signed_takes_its_task_along(case, reviewed):
    end(power(case), "not_signed")
    assert [task[3:] for task in tasks_of(case)] == [(False, "not_needed")]
    assert [row.said.state for row in rows(case)] == ["not_signed"]


def test_the_last_day_of_a_vollmacht_is_a_frist_until_it_ends(case, reviewed):
    form = power(case)
    assert deadlines_of(case) == []
    sign(form)
    assert deadlines_of(case) == [(today() + 100 * DAY, "Jobcenter Ahaus", True, False)]
    end(form)
    assert [row[2] for row in deadlines_of(case)] == [False]


def test_as_long_as_the_text_is_a_draft_nothing_is_signed(case):
    form = power(case)
    assert form.is_draft
    assert "Entwurf" in refused(lambda: sign(form))
    review("power")
    assert "ENTWURF" in refused(lambda: sign(form))
    sheet = new_sheet(case, form)
    assert sheet.key != form.key and not sheet.is_draft
    sign(sheet)
    assert standing(sheet)


def new_sheet(case, form):
    from faden.documents.actions import forms
    from faden.kernel import clock

    with acting(AMAL) as by:
        return forms.sheet_for(forms.form_of(case, form.id), by=by, at=clock.now())


def test_the_same_sheet_is_printed_again_while_it_is_right(case, reviewed):
    form = power(case)
    assert new_sheet(case, form).id == form.id
    sign(form)
    assert refused(lambda: new_sheet(case, form))


def test_an_unreviewed_translation_is_for_reading_and_german_is_signed_with_an_interpreter(case, reviewed):
    form = power(case, shown_language="ti")
    [row] = rows(case)
    assert (row.said.signed_language, row.said.shown_language, row.said.needs_interpreter) == ("Deutsch", "ti", True)
    assert refused(lambda: sign(form), "interpreter_name")
    sign(form, **INTERPRETED)
    [row] = rows(case)
    assert (row.said.interpreter_name, row.said.interpreter_obliged_on) == ("Maria Beispiel", date(2026, 1, 5))


def test_a_reviewed_translation_is_signed_itself(case, reviewed):
    review("power", "uk")
    form = power(case, shown_language="uk")
    sign(form, read_aloud=True)
    [row] = rows(case)
    assert (row.said.signed_language, row.said.needs_interpreter, row.said.read_aloud) == ("Ukrainisch", False, True)


def test_a_signed_declaration_never_changes(case, reviewed):
    from django.db import DatabaseError

    from faden.consents.models import PowerOfAttorney, SecrecyRelease

    for make, model, change in (
        (power, PowerOfAttorney, {"authority": "Ausländerbehörde"}), (release, SecrecyRelease, {"mutual": True}),
        (power, PowerOfAttorney, {"valid_until": date(2099, 1, 1)}),
    ):  # fmt: skip
        form = make(case)
        with acting(AMAL):
            assert model.objects.filter(id=form.about).update(**{name: getattr(model.objects.get(id=form.about), name) for name in change}) == 1
        sign(form)
        with acting(AMAL), pytest.raises(DatabaseError):
            model.objects.filter(id=form.about).update(**change)


def test_special_categories_are_named_one_by_one(case, reviewed):
    from tests.declaring import how

    from faden.consents.actions.secrecy import Secrecy
    from faden.consents.vocabulary import DataClass
    from faden.documents.actions import forms
    from faden.kernel import clock

    def prepare(classes, special=()):
        with acting(AMAL) as by:
            said = Secrecy("Praxis", "Zweck", "Angaben", classes, special)
            return forms.prepare_release(said, how(), case=case, person=case.person, by=by, at=clock.now())

    refused(lambda: prepare(()), "data_classes")
    refused(lambda: prepare((DataClass.SPECIAL,)), "special_categories")
    refused(lambda: prepare((DataClass.CONTACT,), ("health",)), "data_classes")


@pytest.mark.parametrize(("days", "field"), [(-1, "valid_until"), (4 * 366, "valid_until")])
def test_an_end_in_sight_is_compulsory(case, reviewed, days, field):
    refused(lambda: power(case, valid_until=today() + days * DAY), field)


def test_it_cannot_end_before_it_was_signed_or_in_the_future(case, reviewed):
    form = power(case)
    refused(lambda: end(form, "revoked"), "because")
    sign(form)
    refused(lambda: end(form, "not_signed"), "because")
    refused(lambda: end(form, on=today() + DAY), "ended_on")
    refused(lambda: end(form, on=today() - DAY), "ended_on")


# ---------- minors ----------


@pytest.fixture
def family(own_database):
    """A mother and her child of eleven, a youth of sixteen."""
    case = open_a_case(AMAL, family="Darwisch", given="Hala")
    from faden.kernel import clock

    year = clock.today().year
    return case, add_member(case, "Amina", born=f"{year - 11}"), add_member(case, "Basim", born=f"01.01.{year - 16}")


def test_children_of_the_case_are_not_named_as_interpreters(family, reviewed):
    case, child, _youth = family
    assert "Kinder" in refused(lambda: power(case, interpreter_name="Basim Darwisch"), "interpreter_name")
    form = power(case, shown_language="ar")
    assert "Kinder" in refused(lambda: sign(form, **{**INTERPRETED, "interpreter_name": "Darwisch Amina"}), "interpreter_name")
    assert "volljährig" in refused(lambda: sign(form, **{**INTERPRETED, "interpreter_is_adult": False}), "interpreter_is_adult")
    sign(form, **INTERPRETED)


def test_a_childs_vollmacht_is_her_representatives(family, reviewed):
    case, child, youth = family
    refused(lambda: power(case, child), "represented_by")
    refused(lambda: power(case, child, own=False, represented_by=(youth.id,)), "represented_by")
    form = power(case, child, own=False, represented_by=(case.person_id,))
    sign(form)
    assert standing(form)
    [row] = rows(case, child)
    assert (row.said.own, row.representatives) == (False, ("Darwisch, Hala",))
    sign(power(case, youth))


def test_nobody_from_another_case_represents(family, reviewed):
    case, child, _youth = family
    stranger = open_a_case(AMAL, family="Fremd", given="Erika").person_id
    refused(lambda: power(case, child, own=False, represented_by=(stranger,)), "represented_by")


def test_at_eighteen_what_parents_signed_ends_and_her_own_goes_on(family, reviewed):
    from tests.desk_client import actor_of

    from faden.jobs import coming_of_age
    from faden.kernel import clock

    case, _child, youth = family
    theirs = power(case, youth, own=False, represented_by=(case.person_id,), valid_until=today() + 3 * 365 * DAY)
    hers = release(case, youth, own=True, represented_by=(case.person_id,), valid_until=today() + 3 * 365 * DAY)
    sign(theirs), sign(hers)
    birthday = date(today().year + 2, 1, 1)
    assert standing(theirs, on=birthday - DAY) and not standing(theirs, on=birthday) and standing(hers, on=birthday)
    clock.set_forward((birthday - clock.today()).days)
    coming_of_age.of_service(actor_of(AMAL).organisation_id)
    assert {row.said.id: (row.said.state, row.said.ended_on) for row in rows(case, youth)} == {
        theirs.about: ("ended", birthday), hers.about: ("standing", None),
    }  # fmt: skip
    assert [row[2] for row in deadlines_of(case)] == [False]


# ---------- whose they are ----------


def test_what_belongs_to_a_confidential_thread_stands_only_there(family, reviewed):
    case, child, youth = family
    open_one, hidden = power(case, youth), release(case, youth, confidential=True)
    sign(hidden)
    assert [row.said.id for row in rows(case)] == [open_one.about]
    assert [row.said.id for row in rows(case, youth)] == [open_one.about]
    assert [row.said.id for row in rows(case, youth, confidential=True)] == [hidden.about]
    assert rows(case, child) == rows(case, child, confidential=True) == []
    assert [task[2] for task in tasks_of(case)] == [False, True]
    assert standing_in(case, case.person) == standing_in(case, youth) == []
    assert standing_in(case, youth, confidential=True) == [hidden.about]
    assert standing_in(case, case.person, confidential=True) == []


def standing_in(case, person, **more):
    from faden.documents.queries import forms

    with acting(AMAL):
        found = forms.standing_for(case, [person.id], on=today(), **more)
        return [one.id for one in (*found.powers, *found.releases)]


def test_another_case_of_the_same_person_does_not_tell_of_it(case, reviewed):
    from faden.cases.actions.members import join
    from faden.kernel import clock

    form = release(case)
    sign(form)
    other = open_a_case(AMAL, family="Verwandt")
    with acting(AMAL) as by:
        join(other, case.person, by=by, on=clock.today(), at=clock.now())
    assert standing_in(case, case.person) == [form.about] and standing_in(other, case.person) == []
    assert rows(other, case.person) == []
    there = power(other, case.person)
    sign(there)
    assert standing_in(case, case.person) == [form.about] and standing_in(other, case.person) == [there.about]


# ---------- the way of a sheet ----------


def pdf_of(case, forms):
    from faden.desk.declaration_paper import as_pdf
    from faden.documents.queries.forms import prints

    with acting(AMAL):
        return as_pdf(prints(case, forms[0].persons[0], [form.id for form in forms]))


def read_back(pdf):
    """The QR codes of each page, drawn as a scanner would see it."""
    import pypdfium2
    import zxingcpp

    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield {code.text for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())}
            page.close()


def text_in(pdf):
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        pages = []
        for page in document:
            words = page.get_textpage()
            pages.append(words.get_text_range())
            words.close(), page.close()
    return " ".join(" ".join(pages).split())


def test_each_declaration_finds_its_person_again_by_the_code_on_each_page(family, reviewed):
    from faden.documents.models import PrintedForm
    from faden.documents.rules.papers import form_key_in

    case, _child, youth = family
    sheets = [power(case, shown_language="ar"), release(case)]
    codes = list(read_back(pdf_of(case, sheets)))
    assert all(len(found) == 1 for found in codes)
    keys = list(dict.fromkeys(form_key_in(found) for found in codes))
    assert keys == [sheet.key for sheet in sheets]
    for key, sheet in zip(keys, sheets, strict=True):
        with acting(AMAL):
            found = PrintedForm.objects.get(key=key)
            assert (found.persons, found.about, found.case_id) == ([case.person_id], sheet.about, case.id)
        with acting(CEM):
            assert not PrintedForm.objects.filter(key=key).exists()


def test_a_key_says_nothing_and_no_two_are_alike(case, reviewed):
    keys = {power(case).key for _n in range(5)}
    assert len(keys) == 5 and {len(key) for key in keys} == {20}


def test_both_languages_stand_on_it_and_no_name_but_the_providers(case, reviewed):
    from tests.case_making import fact

    from faden.consents.queries.form_texts import shipped
    from faden.kernel import clock

    fact(AMAL, case.person, "address", street="Geheime Gasse 7")
    said = text_in(pdf_of(case, [power(case, shown_language="uk")]))
    for words in ("Oleksandra Schewtschenko", "Jobcenter Ahaus", "Caritas", "Vollmacht", "Ort, Datum", "Mündlich übersetzt von"):
        assert words in said, words
    assert shipped("power", "uk").title.split()[0] in said
    assert f"{clock.today() + 100 * DAY:%d.%m.%Y}" in said
    # "Geheime Gasse" is hers, "Faden" is ours: neither stands on a paper.
    assert "Gasse" not in said and "faden" not in said.lower()


def test_among_words_from_right_to_left_each_value_keeps_its_own_direction(case, reviewed):
    from faden.documents.queries.forms import prints

    sheet = power(case, shown_language="ar")
    with acting(AMAL):
        german, arabic = prints(case, case.person_id, [sheet.id]).sheets[0].sheet.columns
    said = [next(one.words for one in column.paragraphs if "Jobcenter" in one.words) for column in (german, arabic)]
    assert "\u2068Jobcenter Ahaus\u2069" in said[1] and "\u2068" not in said[0]


def test_a_draft_says_so_on_every_page_and_a_reviewed_text_does_not(case):
    draft = power(case)
    assert "ENTWURF, nicht unterschreiben" in text_in(pdf_of(case, [draft]))
    review("power")
    assert "ENTWURF" not in text_in(pdf_of(case, [new_sheet(case, draft)]))


def test_a_translation_for_reading_is_marked_and_a_signed_one_is_not(case, reviewed):
    reading = text_in(pdf_of(case, [power(case, shown_language="en")]))
    assert "not checked" in reading.lower() or "draft" in reading.lower()
    review("power", "en")
    signed = text_in(pdf_of(case, [power(case, shown_language="en")]))
    assert "draft" not in signed.lower() and "Mündlich übersetzt" not in signed


def test_signatures_are_separate_for_each_who_signs(family, reviewed):
    case, child, _youth = family
    sheet = release(case, child, represented_by=(case.person_id,), shown_language="ar", interpreter_name="Maria Beispiel")
    said = text_in(pdf_of(case, [sheet]))
    assert said.count("Ort, Datum") == 3
    assert "Darwisch, Hala" in said and "Maria Beispiel" in said


def test_a_letter_no_font_has_is_a_sentence(case, reviewed):
    sheet = power(case, interpreter_name="\u3042\u3042")
    assert "Schriftzeichen" in refused(lambda: pdf_of(case, [sheet]))


def test_a_sheet_that_comes_back_is_filed_and_waits_for_a_person_to_confirm(case, reviewed):
    from tests.documents.conftest import take

    from faden.documents.actions import forms
    from faden.kernel import clock

    form = power(case)
    paper = take(case, b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n")
    with acting(AMAL) as by:
        forms.returned(form, paper=paper, by=by, at=clock.now())
    [row] = rows(case)
    assert (row.is_back, row.said.is_waiting, row.paper_id) == (True, True, paper.id) and not standing(form)
    with acting(AMAL) as by:
        refused(lambda: forms.returned(form, paper=paper, by=by, at=clock.now()))
    sign(form)
    [row] = rows(case)
    assert not row.is_back and row.said.is_standing


def test_a_sheet_is_not_filed_in_another_case(case, reviewed):
    from tests.documents.conftest import take

    from faden.documents.actions import forms
    from faden.kernel import clock

    form, other = power(case), open_a_case(AMAL, family="Andere")
    paper = take(other, b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n")
    with acting(AMAL) as by:
        refused(lambda: forms.returned(form, paper=paper, by=by, at=clock.now()))


def test_an_old_draft_that_comes_back_cannot_be_signed(case):
    from tests.documents.conftest import take

    from faden.documents.actions import forms
    from faden.kernel import clock

    draft = power(case)
    review("power")
    sheet = new_sheet(case, draft)
    paper = take(case, b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n")
    with acting(AMAL) as by:
        forms.returned(draft, paper=paper, by=by, at=clock.now())
    assert "ENTWURF" in refused(lambda: sign(draft))
    sign(sheet)
