"""Papers: called, dated, assigned; seen and not stored; changed by two; mended while fresh; found in the list."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.case_making import acting, add_member, file_in
from tests.desk_client import keyed, signed_in, text_of
from tests.documents import samples
from tests.documents.conftest import AMAL, BERND, LENA, make, take

from faden.documents.rules.papers import fits, form_key_in, in_order, is_fresh, proposed_title
from faden.documents.vocabulary import FRESH, SEEN_NOT_STORED, PaperKind
from faden.kernel.clock import BERLIN

ANNA, BEN = uuid4(), uuid4()
NOON = datetime(2026, 3, 2, 12, tzinfo=BERLIN)


# ---------- rules ----------


@pytest.mark.parametrize(("kind", "issuer", "title"), [
    (PaperKind.DECISION, "Jobcenter Ahaus", "Bescheid, Jobcenter Ahaus"),
    (PaperKind.CIVIL, "Standesamt", "Urkunde, Standesamt"),
    (PaperKind.MEDICAL, "", "Ärztliches Papier"),
    (PaperKind.OTHER, "x" * 300, "Anderes Papier, " + "x" * 184),
])  # fmt: skip
def test_a_paper_is_called_by_its_kind_and_issuer(kind, issuer, title):
    from django.utils import translation

    with translation.override("en"):
        assert proposed_title(kind, issuer) == title


@pytest.mark.parametrize(("paper", "other", "may"), [
    (([ANNA], False), ([ANNA], False), True),
    (([ANNA, BEN], False), ([BEN], False), True),
    (([ANNA], False), ([BEN], False), False),
    (([ANNA], True), ([ANNA], False), True),
    (([ANNA], False), ([ANNA], True), False),
    (([ANNA], True), ([ANNA], True), True),
    (([ANNA], True), ([BEN], True), False),
    (([ANNA], False), ([], False), True),
])  # fmt: skip
def test_to_what_a_paper_can_belong(paper, other, may):
    assert (fits(paper, other) == "") is may


@pytest.mark.parametrize(("after", "fresh"), [
    (timedelta(0), True), (FRESH - timedelta(seconds=1), True), (FRESH, False), (timedelta(days=30), False),
])  # fmt: skip
def test_how_long_a_paper_is_fresh(after, fresh):
    assert is_fresh(NOON, NOON + after) is fresh


@pytest.mark.parametrize(("typed", "order"), [
    ({}, "abc"), ({"c": 1}, "acb"), ({"a": 3, "b": 2, "c": 1}, "cba"), ({"a": 2, "b": 2, "c": 2}, "abc"),
    ({"a": 9}, "bca"), ({"x": 1, "b": 1, "a": 1}, "abc"),
])  # fmt: skip
def test_the_order_follows_the_numbers_that_were_typed(typed, order):
    keys = {letter: uuid4() for letter in "abcx"}
    present = [keys[letter] for letter in "abc"]
    assert in_order(present, {keys[letter]: n for letter, n in typed.items()}) == [keys[letter] for letter in order]


@pytest.mark.parametrize(("codes", "key"), [
    (["FADEN1:ABCDEFGHJKMNPQRSTUVW"], "ABCDEFGHJKMNPQRSTUVW"),
    (["https://example.org", "FADEN1:AAAABBBB"], "AAAABBBB"),
    (["FADEN2:AAAABBBB"], ""), (["AAAABBBB"], ""), (["FADEN1:"], ""), ([], ""),
    (["FADEN1:<script>alert(1)</script>"], ""), (["FADEN1:" + "A" * 33], ""),
])  # fmt: skip
def test_only_our_own_codes_name_a_form(codes, key):
    assert form_key_in(codes) == key


# ---------- taken ----------


def papers_in(case, email=AMAL):
    from faden.documents.models import Paper

    with acting(email):
        return list(Paper.objects.filter(case=case).order_by("noted_at"))


def files_of(paper):
    with acting(AMAL):
        return [file.name for file in paper.files.order_by("position")]


def put(case, *names, email=AMAL, **values):
    """Send the form with photos of these names."""
    sent = [SimpleUploadedFile(name, samples.photo()) for name in names]
    return signed_in(email).post(f"/faelle/{case.id}/dokumente/neu/", keyed(uploads=sent, **values))


def test_several_photos_become_one_paper_in_the_order_they_were_chosen(case):
    answer = put(case, "3.jpg", "1.jpg", "2.jpg", kind="decision", issuer="Jobcenter Ahaus", dated_on="2026-01-05", received_on="2026-01-07",
                 received_how="post", original="paper_file", original_where="Ordner 3", valid_until="2026-12-31", proves="benefit")  # fmt: skip
    assert answer.status_code == 303
    [paper] = papers_in(case)
    assert (paper.title, paper.kind, paper.issuer) == ("Bescheid, Jobcenter Ahaus", "decision", "Jobcenter Ahaus")
    assert (paper.dated_on, paper.received_on, paper.received_how) == (date(2026, 1, 5), date(2026, 1, 7), "post")
    assert (paper.original, paper.original_where, paper.proves) == ("paper_file", "Ordner 3", "benefit")
    assert files_of(paper) == ["3.jpg", "1.jpg", "2.jpg"]
    page = text_of(signed_in(AMAL).get(answer.headers["Location"]))
    for words in ("Jobcenter Ahaus", "05.01.2026", "07.01.2026", "mit der Post", "in der Papierakte", "Ordner 3", "Leistungen", "Amal Testin"):
        assert words in page


@pytest.mark.parametrize(("values", "sentence"), [
    ({"kind": ""}, "Bitte wählen."),
    ({"kind": "outgoing"}, "gültige Auswahl"),
    ({"dated_on": "2199-01-01"}, "liegt in der Zukunft"),
    ({"dated_on": "2026-01-05", "received_on": "2026-01-04"}, "bevor es geschrieben wurde"),
    ({"step_id": str(uuid4())}, "gültige Auswahl"),
])  # fmt: skip
def test_what_does_not_fit_comes_back_with_a_sentence_and_what_was_typed(case, values, sentence):
    answer = put(case, "1.jpg", **{"kind": "letter", "issuer": "Stadt Ahaus", **values})
    assert answer.status_code == 422 and papers_in(case) == []
    assert "Stadt Ahaus" in answer.content.decode()
    assert sentence in text_of(answer)


def test_two_kinds_are_seen_only_as_a_rule():
    assert {PaperKind.MEDICAL, PaperKind.CRIMINAL} == SEEN_NOT_STORED


@pytest.mark.parametrize("kind", sorted(SEEN_NOT_STORED))
def test_what_is_seen_only_as_a_rule_is_not_stored_by_one_press(case, kind):
    answer = put(case, "1.jpg", kind=kind, title="Papier")
    assert answer.status_code == 422 and papers_in(case) == []
    page = answer.content.decode()
    assert "Noch ist nichts gespeichert." in page and 'value="Papier"' in page
    assert page.index('value="seen"') < page.index('value="store"'), "seen comes first"


def test_seen_and_not_stored_keeps_no_file(case):
    answer = put(case, "1.jpg", kind="medical", issuer="Praxis Dr. Muster", seen_on="2026-01-07", verb="seen")
    [paper] = papers_in(case)
    assert answer.status_code == 303 and paper.seen_on == date(2026, 1, 7) and files_of(paper) == []
    page = text_of(signed_in(AMAL).get(answer.headers["Location"]))
    assert "Gesehen am 07.01.2026, nicht gespeichert" in page and "Seiten dazulegen" not in page
    assert "gesehen am 07.01.2026, nicht gespeichert" in text_of(signed_in(AMAL).get(f"/faelle/{case.id}/"))
    sent = keyed(uploads=SimpleUploadedFile("2.jpg", samples.photo()))
    refused = signed_in(AMAL).post(f"/faelle/{case.id}/dokumente/{paper.id}/seiten/", sent)
    assert refused.status_code == 403 and files_of(paper) == []


@pytest.mark.parametrize(("because", "stored"), [("", False), ("   ", False), ("Für den Widerspruch beim Jobcenter", True)])
def test_storing_it_all_the_same_needs_a_second_press_and_a_sentence(case, because, stored):
    answer = put(case, "1.jpg", kind="criminal", because=because, verb="store")
    assert answer.status_code == (303 if stored else 422)
    assert [paper.stored_because for paper in papers_in(case)] == ([because] if stored else [])
    if stored:
        assert because in text_of(signed_in(AMAL).get(answer.headers["Location"]))
    else:
        assert "Bitte schreiben Sie in einem Satz" in text_of(answer)


@pytest.mark.parametrize("asked", ["", "?art=medical", "?art=criminal"])
def test_the_page_offers_seen_first_where_it_is_the_rule(case, asked):
    page = signed_in(AMAL).get(f"/faelle/{case.id}/dokumente/neu/{asked}").content.decode()
    submit = page.index('class="kern-btn kern-btn--primary"', page.index("Was ist es?"))
    assert ("nicht speichern" in page[submit : submit + 200]) is bool(asked)


def test_the_database_keeps_the_rule_too(case):
    from django.db import IntegrityError

    from faden.documents.models import Paper

    with acting(AMAL) as by, pytest.raises(IntegrityError):
        Paper.objects.create(organisation_id=by.organisation_id, case=case, kind="medical", title="x", noted_at=NOON, noted_by=1)


# ---------- said again ----------


def version(paper):
    [found] = [row for row in papers_in(paper.case) if row.id == paper.id]
    return found.version


def test_two_who_change_it_are_told_of_each_other(case):
    paper, client = take(case, samples.PDF), signed_in(AMAL)
    address = f"/faelle/{case.id}/dokumente/{paper.id}/angaben/"
    said = {"kind": "letter", "title": "Anhörung", "issuer": "Stadt Ahaus"}
    assert client.post(address, keyed(version=1, **said)).status_code == 303
    answer = client.post(address, keyed(version=1, **{**said, "issuer": "Kreis Borken"}))
    assert answer.status_code == 409
    assert "Stadt Ahaus" in text_of(answer) and "Kreis Borken" in text_of(answer)
    assert papers_in(case)[0].issuer == "Stadt Ahaus"


def test_one_that_becomes_of_a_kind_to_be_seen_only_says_why_it_stays(case):
    paper, client = take(case, samples.PDF), signed_in(AMAL)
    address = f"/faelle/{case.id}/dokumente/{paper.id}/angaben/"
    assert client.post(address, keyed(version=1, kind="medical", title="Attest")).status_code == 422
    assert client.post(address, keyed(version=1, kind="medical", title="Attest", because="Für den Antrag")).status_code == 303
    assert client.post(address, keyed(version=2, kind="medical", title="Attest neu")).status_code == 303, "said once"
    assert papers_in(case)[0].stored_because == "Für den Antrag"
    assert client.post(address, keyed(version=3, kind="letter", title="Brief")).status_code == 303
    assert papers_in(case)[0].stored_because is None


def test_its_line_in_the_history_follows_whom_it_concerns(case):
    from faden.cases.models import TimelineEntry

    khaled = add_member(case, "Khaled")
    with acting(AMAL) as by:
        from tests.case_making import put_paper

        from faden.cases.actions.concerning import About

        paper = put_paper(case, "Zeugnis", about=About((case.person_id,)), by=by)
    values = keyed(version=1, kind="certificate", title="Zeugnis", persons=[str(khaled.id)], confidential="on")
    assert signed_in(AMAL).post(f"/faelle/{case.id}/dokumente/{paper.id}/angaben/", values).status_code == 303
    with acting(AMAL):
        line = TimelineEntry.objects.get(id=paper.id)
    assert (line.persons, line.confidential) == ([khaled.id], True)


# ---------- pages in order ----------


def posted(case, paper, part, **values):
    return signed_in(AMAL).post(f"/faelle/{case.id}/dokumente/{paper.id}/{part}/", keyed(**values))


def three_pages(case):
    put(case, "a.jpg", "b.jpg", "c.jpg", kind="letter")
    [paper] = papers_in(case)
    with acting(AMAL):
        return paper, {file.name[0]: file for file in paper.files.all()}


def test_the_order_can_be_changed_afterwards(case):
    paper, files = three_pages(case)
    wanted = {f"platz-{files['c'].id}": "1", f"platz-{files['a'].id}": "2", f"platz-{files['b'].id}": "3"}
    assert posted(case, paper, "reihenfolge", version=1, **wanted).status_code == 303
    assert files_of(paper) == ["c.jpg", "a.jpg", "b.jpg"]
    assert posted(case, paper, "reihenfolge", version=1, **wanted).status_code == 409, "changed meanwhile"
    assert posted(case, paper, "reihenfolge", version=2, **{"platz-x": "1", f"platz-{uuid4()}": "1", f"platz-{files['a'].id}": "x"}).status_code == 303
    assert files_of(paper) == ["c.jpg", "a.jpg", "b.jpg"]


def test_pages_are_added_at_the_end(case):
    paper, files = three_pages(case)
    assert posted(case, paper, f"dateien/{files['b'].id}/loeschen").status_code == 303
    sent = [SimpleUploadedFile(name, samples.photo()) for name in ("d.jpg", "e.jpg")]
    assert posted(case, paper, "seiten", uploads=sent).status_code == 303
    assert files_of(paper) == ["a.jpg", "c.jpg", "d.jpg", "e.jpg"]
    empty = posted(case, paper, "seiten", uploads=[SimpleUploadedFile("f.jpg", b"")])
    assert empty.status_code == 422 and "f.jpg: Diese Datei ist leer." in text_of(empty)


def test_one_paper_has_forty_files_at_most(case):
    paper, _files = three_pages(case)
    sent = [SimpleUploadedFile(f"{n}.jpg", samples.photo((4, 4))) for n in range(38)]
    answer = posted(case, paper, "seiten", uploads=sent)
    assert answer.status_code == 422 and "höchstens 40 Dateien" in text_of(answer)
    assert len(files_of(paper)) == 3


def aged(paper, by_):
    from faden.documents.models import Paper
    from faden.kernel import clock

    with acting(AMAL):
        Paper.objects.filter(id=paper.id).update(noted_at=clock.now() - by_)


def test_pages_go_only_out_of_a_fresh_paper(case):
    paper, files = three_pages(case)
    assert posted(case, paper, f"dateien/{files['a'].id}/loeschen").status_code == 303
    aged(paper, FRESH)
    answer = posted(case, paper, f"dateien/{files['b'].id}/loeschen")
    assert answer.status_code == 403 and "gehört fest zur Akte" in text_of(answer)
    assert posted(case, paper, "loeschen").status_code == 403
    assert files_of(paper) == ["b.jpg", "c.jpg"]
    page = signed_in(AMAL).get(f"/faelle/{case.id}/dokumente/{paper.id}/").content.decode()
    assert "loeschen" not in page


def test_the_last_page_stays_and_a_page_of_another_paper_is_not_touched(case):
    one, other = take(case, samples.PDF), take(case, samples.PNG)
    with acting(AMAL):
        own, foreign = file_in(one), file_in(other)
    assert posted(case, one, f"dateien/{own.id}/loeschen").status_code == 403
    assert posted(case, one, f"dateien/{foreign.id}/loeschen").status_code == 404
    assert len(files_of(one)) == len(files_of(other)) == 1


def test_a_fresh_paper_in_the_wrong_case_goes_with_everything(case):
    from tests.documents.conftest import drawn

    from faden.cases.models import TimelineEntry
    from faden.documents.models import PageImage, StoredFile
    from faden.kernel.models import AuditEvent

    drawn(case)
    [paper] = papers_in(case)
    assert posted(case, paper, "loeschen").status_code == 303
    with acting(AMAL):
        assert not StoredFile.objects.exists() and not PageImage.objects.exists()
        assert not TimelineEntry.objects.filter(id=paper.id).exists()
        assert AuditEvent.objects.get(event="paper.discarded").details["paper"] == str(paper.id)
    assert papers_in(case) == []


def test_what_something_was_made_of_is_not_deleted(case):
    from faden.documents.actions import decisions

    paper = take(case, samples.PDF)
    with acting(AMAL) as by:
        from faden.kernel import clock

        today = clock.today()
        noted = decisions.Noted(
            "Jobcenter", "Mehrbedarf", "rejected", today, "social", "handed", today, "objection", 1, "months", paper_id=paper.id
        )
        decisions.note(case, noted, by=by, on=today, at=clock.now())
    assert posted(case, paper, "loeschen").status_code == 403
    assert len(papers_in(case)) == 1


# ---------- what it is for ----------


def chain_in(case, person, *, confidential=False):
    from faden.chains.actions import start
    from faden.chains.models import ChainStep
    from faden.kernel import clock

    with acting(AMAL) as by:
        begin = start.Begin(person, clock.today(), confidential)
        chain = start.start_free("Deutsch lernen", "language", [start.FreeStep("Einstufungstest")], begin, case=case, by=by, at=clock.now())
        return ChainStep.objects.get(chain=chain)


def deadline_in(case, *persons, confidential=False):
    from faden.cases.actions import deadlines
    from faden.kernel import clock

    with acting(AMAL):
        return deadlines.note(
            case, kind="occupation", reference=uuid4(), due_on=clock.today(), persons=persons, confidential=confidential,
            subject="Vertrag", at=clock.now(),
        )  # fmt: skip


def test_a_paper_belongs_to_a_step_and_to_a_frist_which_show_it(case):
    step, deadline = chain_in(case, case.person_id), deadline_in(case, case.person_id)
    answer = put(case, "1.jpg", kind="certificate", title="Zertifikat B1", step_id=str(step.id), deadline_id=str(deadline.id))
    page = text_of(signed_in(AMAL).get(answer.headers["Location"]))
    assert "Einstufungstest" in page and "Vertrag" in page
    for address in (f"/faelle/{case.id}/ketten/schritte/{step.id}/", f"/faelle/{case.id}/fristen/{deadline.id}/"):
        assert "Zertifikat B1" in text_of(signed_in(AMAL).get(address)), address


@pytest.mark.parametrize("confidential", [False, True])
def test_a_paper_of_one_does_not_belong_to_what_is_anothers(case, confidential):
    khaled = add_member(case, "Khaled")
    step = chain_in(case, khaled.id, confidential=confidential)
    deadline = deadline_in(case, khaled.id, confidential=confidential)
    from faden.cases.actions.concerning import About
    from faden.documents.actions import papers
    from faden.kernel import clock
    from faden.kernel.errors import Invalid

    for what in ({"step_id": step.id}, {"deadline_id": deadline.id}):
        with acting(AMAL) as by, pytest.raises(Invalid):
            papers.take(case, described=papers.Described("letter", **what), files=[("a.pdf", samples.PDF)], about=About((case.person_id,)), by=by, at=clock.now())
        with acting(AMAL) as by:
            papers.take(case, described=papers.Described("letter", **what), files=[("a.pdf", samples.PDF)], about=About((khaled.id,), confidential), by=by, at=clock.now())


def test_what_is_confidential_is_not_offered_on_the_familys_form(case):
    khaled = add_member(case, "Khaled")
    hidden = {str(chain_in(case, khaled.id, confidential=True).id), str(deadline_in(case, khaled.id, confidential=True).id)}
    form = f"/faelle/{case.id}/dokumente/neu/"
    amal = signed_in(AMAL)

    def offered(asked=""):
        page = amal.get(form + asked).content.decode()
        return {key for key in hidden if key in page}

    assert offered() == offered(f"?person={case.person_id}&vertraulich=1") == set()
    assert offered(f"?person={khaled.id}&vertraulich=1") == hidden


def test_to_one_person_the_steps_and_fristen_of_others_are_not_offered(case):
    from faden.cases.queries.timeline import Of
    from faden.documents.queries.papers import deadlines_to_choose, steps_to_choose
    from faden.kernel import clock

    khaled = add_member(case, "Khaled")
    rows = {}
    for person in (case.person_id, khaled.id):
        for confidential in (False, True):
            step = chain_in(case, person, confidential=confidential)
            rows[person, confidential] = str(step.id), str(deadline_in(case, person, confidential=confidential).id)
    for of, wanted in (
        (Of(khaled.id), [(khaled.id, False)]),
        (Of(khaled.id, confidential=True), [(khaled.id, False), (khaled.id, True)]),
        (Of(), [(case.person_id, False), (khaled.id, False)]),
    ):
        with acting(AMAL):
            found = steps_to_choose(case, of=of), deadlines_to_choose(case, of=of, today=clock.today())
        offered = {key for group in found for key, _label in group}
        assert offered == {key for one in wanted for key in rows[one]}, of


def test_a_confidential_paper_is_not_named_at_a_step_that_all_see(case):
    from faden.cases.actions.concerning import About
    from faden.documents.actions import papers
    from faden.kernel import clock

    add_member(case, "Khaled")
    step, deadline = chain_in(case, case.person_id), deadline_in(case, case.person_id)
    described = papers.Described("letter", "Muttergeheim", step_id=step.id, deadline_id=deadline.id)
    with acting(AMAL) as by:
        about = About((case.person_id,), True)
        papers.take(case, described=described, files=[("a.pdf", samples.PDF)], about=about, by=by, at=clock.now())
    for address in (f"/faelle/{case.id}/ketten/schritte/{step.id}/", f"/faelle/{case.id}/fristen/{deadline.id}/"):
        assert "Muttergeheim" not in text_of(signed_in(AMAL).get(address)), address


def test_what_became_confidential_is_not_named_at_a_paper_that_all_see(case):
    from faden.cases.actions.concerning import About
    from faden.cases.models import Deadline
    from faden.chains.models import Chain
    from faden.documents.actions import papers
    from faden.kernel import clock

    add_member(case, "Khaled")
    step, deadline = chain_in(case, case.person_id), deadline_in(case, case.person_id)
    described = papers.Described("letter", "Offenes", step_id=step.id, deadline_id=deadline.id)
    about, more = About((case.person_id,)), {"by": None, "at": clock.now()}
    with acting(AMAL) as more["by"]:
        paper = papers.take(case, described=described, files=[("a.pdf", samples.PDF)], about=about, **more)
    page = f"/faelle/{case.id}/dokumente/{paper.id}/"
    assert step.title in text_of(signed_in(AMAL).get(page)) and f"/fristen/{deadline.id}/" in signed_in(AMAL).get(page).content.decode()
    with acting(AMAL):
        Chain.objects.filter(id=step.chain_id).update(confidential=True)
        Deadline.objects.filter(id=deadline.id).update(confidential=True)
    shown = signed_in(AMAL).get(page)
    assert step.title not in text_of(shown) and f"/fristen/{deadline.id}/" not in shown.content.decode()


def test_a_confidential_bescheid_is_not_named_at_a_paper_that_became_everybodys(case):
    from tests.case_making import put_paper
    from tests.documents.deciding import decided

    from faden.cases.actions.concerning import About
    from faden.documents.actions import papers
    from faden.kernel import clock

    add_member(case, "Khaled")
    hers = About((case.person_id,), confidential=True)
    with acting(AMAL) as by:
        paper = put_paper(case, "Papier.pdf", by=by, about=hers)
    decided(case, clock.today(), about=hers, subject="Geheimbescheid", paper_id=paper.id)
    page = f"/faelle/{case.id}/dokumente/{paper.id}/"
    assert "Geheimbescheid" in text_of(signed_in(AMAL).get(page))
    with acting(AMAL) as by:
        about = About((case.person_id,))
        papers.change(paper, papers.said_of(paper), about=about, seen_version=paper.version, by=by, at=clock.now())
    assert "Geheimbescheid" not in text_of(signed_in(AMAL).get(page))


# ---------- the list ----------


@pytest.fixture
def family(case):
    """A mother's, a father's, a confidential one of each, and one of both."""
    from tests.case_making import put_paper

    from faden.cases.actions.concerning import About

    father = add_member(case, "Khaled")
    with acting(AMAL) as by:
        for title, about, kind in (
            ("Muttersache", About((case.person_id,)), "decision"),
            ("Vatersache", About((father.id,)), "decision"),
            ("Muttergeheim", About((case.person_id,), True), "letter"),
            ("Vatergeheim", About((father.id,), True), "letter"),
            ("Beidersache", About((case.person_id, father.id)), "contract"),
        ):
            put_paper(case, title, about=about, by=by, kind=kind)
    return case, case.person_id, father.id


ALL = ("Muttersache", "Vatersache", "Muttergeheim", "Vatergeheim", "Beidersache")


@pytest.mark.parametrize(("part", "shown"), [
    ("", {"Muttersache", "Vatersache", "Beidersache"}),
    ("?art=decision", {"Muttersache", "Vatersache"}),
    ("?art=letter", {"Muttersache", "Vatersache", "Beidersache"}),  # no kind of this list
    ("mother", {"Muttersache", "Beidersache"}),
    ("mother?art=contract", {"Beidersache"}),
    ("mother/vertraulich", {"Muttergeheim"}),
    ("father", {"Vatersache", "Beidersache"}),
    ("father/vertraulich", {"Vatergeheim"}),
])  # fmt: skip
def test_each_list_shows_what_belongs_there_and_nothing_else(family, part, shown):
    case, mother, father = family
    who, _, asked = part.partition("?")
    person, _, hidden = who.partition("/")
    person_id = {"mother": mother, "father": father}.get(person)
    base = f"/faelle/{case.id}/personen/{person_id}/{'vertraulich/' if hidden else ''}" if person_id else f"/faelle/{case.id}/"
    page = text_of(signed_in(AMAL).get(f"{base}dokumente/" + (f"?{asked}" if asked else "")))
    assert {title for title in ALL if title in page} == shown


def test_the_newest_stands_first(family):
    case, _mother, _father = family
    page = text_of(signed_in(AMAL).get(f"/faelle/{case.id}/dokumente/"))
    assert page.index("Beidersache") < page.index("Vatersache") < page.index("Muttersache")


@pytest.mark.parametrize(("words", "shown"), [
    ("mutter", {"Muttersache"}), ("SACHE", {"Muttersache", "Vatersache", "Beidersache"}), ("geheim", set()), ("sache beider", {"Beidersache"}), ("%", set(ALL[:2]) | {"Beidersache"}),
])  # fmt: skip
def test_words_find_titles_of_this_list_only(family, words, shown):
    case, _mother, _father = family
    answer = signed_in(AMAL).post(f"/faelle/{case.id}/dokumente/suche/", {"words": words})
    assert answer.status_code == 200
    assert {title for title in ALL if title in text_of(answer)} == shown


def test_words_find_the_issuer_too_here_and_in_the_search_of_all_cases(case):
    put(case, "1.jpg", kind="decision", issuer="Jobcenter Ahaus", title="Bewilligung")
    amal = signed_in(AMAL)
    assert "Bewilligung" in text_of(amal.post(f"/faelle/{case.id}/dokumente/suche/", {"words": "jobcenter bewill"}))
    found = amal.post("/suche/ergebnis/", {"name": "jobcenter", "born": ""})
    assert "Dokumente in Ihren Fällen" in text_of(found) and "Bewilligung" in text_of(found)
    assert f"/dokumente/{papers_in(case)[0].id}/" in found.content.decode()
    assert "Bewilligung" not in text_of(signed_in(BERND).post("/suche/ergebnis/", {"name": "jobcenter", "born": ""}))


# ---------- who else ----------


def substitute(absent, deputy, *, days=1):
    """As of today."""
    from tests.desk_client import membership_of

    from faden.cases.actions.substitutions import Absence, arrange
    from faden.kernel import clock

    today = clock.today()
    away = Absence(membership_of(absent).id, membership_of(deputy).id, today, today + timedelta(days=days), "leave")
    with acting(LENA) as by:
        arrange(away, by=by, on=today, at=clock.now())


def test_the_deputy_sees_the_scan_only_while_she_stands_in(case):
    from tests.documents.conftest import drawn

    from faden.kernel import clock

    file = drawn(case)
    base = f"/faelle/{case.id}/dokumente/{file.paper_id}/"
    with acting(AMAL):
        page = file.pages.get()
    addresses = [base, f"{base}seiten/{page.id}/", f"{base}dateien/{file.id}/", f"{base}pdf/"]
    assert [signed_in(BERND).get(address).status_code for address in addresses] == [403] * 4
    substitute(AMAL, BERND)
    assert [signed_in(BERND).get(address).status_code for address in addresses] == [200] * 4
    try:
        clock.set_forward(2)
        assert [signed_in(BERND).get(address).status_code for address in addresses] == [403] * 4
    finally:
        clock.set_forward(0)


def test_who_only_reads_is_offered_nothing_to_change(case):
    from faden.cases.actions.openings import open_with_reason
    from faden.cases.vocabulary.case import OpeningReason
    from faden.kernel import clock

    file = make(case, "clean")
    with acting(LENA) as by:
        open_with_reason(case, reason=OpeningReason.SUPERVISION, words="", by=by, on=clock.today(), at=clock.now())
    lena, base = signed_in(LENA), f"/faelle/{case.id}/dokumente/"
    page = lena.get(f"{base}{file.paper_id}/")
    assert page.status_code == 200 and "<form method=\"post\" action=\"/faelle" not in page.content.decode()
    assert lena.get(f"{base}neu/").status_code in (200, 403)
    for part in ("seiten/", "reihenfolge/", "loeschen/", "angaben/", f"dateien/{file.id}/loeschen/"):
        assert lena.post(f"{base}{file.paper_id}/{part}", keyed()).status_code == 403, part
