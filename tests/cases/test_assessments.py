"""Assessment per person: any order, half, in several sittings; what moved, in words; nothing of another member."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.cases.rules.assessment import Trend, Views, trend
from faden.cases.rules.course_chart import chart
from faden.cases.vocabulary.assessment import Strength
from faden.cases.vocabulary.life_area import LifeArea
from tests.case_making import add_member, agree, open_a_case
from tests.cast import AMAL, BERND, CEM
from tests.desk_client import actor_of, keyed, signed_in, text_of

steps = st.sampled_from(["", *Strength.values])
views = st.builds(Views, steps, steps)


# ---------- rules ----------


@pytest.mark.parametrize(("before", "now", "expected"), [
    ("", "", Trend.NONE), ("2", "", Trend.NONE), ("", "2", Trend.FIRST),
    ("2", "2", Trend.SAME), ("2", "3", Trend.BETTER), ("1", "5", Trend.BETTER), ("4", "3", Trend.WORSE),
])  # fmt: skip
def test_trend(before, now, expected):
    assert trend(before, now) is expected


@given(steps, steps)
def test_going_back_turns_the_trend_round(before, now):
    turned = {Trend.BETTER: Trend.WORSE, Trend.WORSE: Trend.BETTER, Trend.SAME: Trend.SAME}
    if before and now:
        assert trend(now, before) is turned[trend(before, now)]


@given(views)
def test_two_views_differ_only_when_both_are_said(both):
    assert both.differ == (bool(both.worker) and bool(both.client) and both.worker != both.client)


@pytest.mark.parametrize(("before", "now", "words"), [
    (Views("2", "3"), Views("3", "3"), "von „schwierig“ zu „teils, teils“ (Fachkraft); unverändert „teils, teils“ (eigene Sicht)"),
    (Views("2", ""), Views("", "4"), "jetzt „geht gut“ (eigene Sicht)"),
    (Views("2", "2"), Views(), ""),
])  # fmt: skip
def test_movement_in_words(before, now, words):
    from faden.cases.queries.area_views import movement_in_words

    assert movement_in_words(before, now) == words


@pytest.mark.parametrize(("before", "now", "words"), [
    (Views("2", "2"), Views("3", "4"), "besser"),
    (Views("2", "2"), Views("3", "1"), "besser (Fachkraft), schlechter (eigene Sicht)"),
    (Views("2", ""), Views("2", "1"), "unverändert (Fachkraft)"),
    (Views(), Views("2", "1"), ""),
])  # fmt: skip
def test_trend_in_words(before, now, words):
    from faden.cases.queries.area_views import trend_in_words

    assert trend_in_words(before, now) == words


@given(st.lists(st.tuples(st.dates(), views), min_size=1, max_size=12))
def test_the_chart_shows_every_view_once_and_inside(looks):
    drawn = chart(looks)
    for course, said in ((drawn.worker, [v.worker for _d, v in looks]), (drawn.client, [v.client for _d, v in looks])):
        assert len(course.points) == len([view for view in said if view])
        assert len(course.lines) == max(0, len(course.points) - 1)
        assert all(drawn.lines_begin < p.x < drawn.width and 0 < p.y < drawn.height for p in course.points)
    # Higher is better, and the two never hide each other.
    rows = [row for _word, row, _baseline in drawn.scale]
    assert rows == sorted(rows, reverse=True)
    assert not {(p.x, p.y) for p in drawn.worker.points} & {(p.x, p.y) for p in drawn.client.points}
    assert len({x for _day, x in drawn.days}) == len(looks)


# ---------- verbs ----------


@pytest.fixture
def amal(own_database):
    return actor_of(AMAL.email)


@pytest.fixture
def family(amal):
    """The case of a mother; father and daughter belong to it and have agreed."""
    case = open_a_case()
    members = [add_member(case, given) for given in ("Rashid", "Leila")]
    for member in members:
        agree(member)
    return case, *members


def said(**values):
    from faden.cases.actions.assessments import Said

    return Said(**values)


def deed(by, verb, *args, at=None, **options):
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    with opened_for(by, write=True):
        return verb(*args, **options, by=by, at=at or clock.now())


def ask(by, query, *args, **options):
    from faden.kernel.rls import opened_for

    with opened_for(by, write=False):
        return query(*args, **options)


def begun(by, case, person_id, on=None):
    from faden.cases.actions import assessments as actions
    from faden.kernel import clock

    return deed(by, actions.begin, case, person_id, on=on or clock.today())


def speak(by, assessment, area, seen_version=0, **values):
    from faden.cases.actions import assessments as actions
    from faden.kernel import clock

    deed(by, actions.speak_about, assessment, area, said(**values), seen_version=seen_version, on=clock.today())


def finished(by, assessment):
    from faden.cases.actions import assessments as actions
    from faden.kernel import clock

    deed(by, actions.finish, assessment, on=clock.today())


def page_of(by, case, person_id):
    from faden.cases.queries.assessments import assessment_page
    from faden.kernel import clock

    return ask(by, assessment_page, case, person_id, on=clock.today())


def lines(page):
    return {line.code: line for line in page.lines}


def test_in_any_order_and_half(amal):
    case = open_a_case()
    assessment = begun(amal, case, case.person_id)
    assert len(page_of(amal, case, case.person_id).still_open) == len(LifeArea)
    speak(amal, assessment, "work", client_words="Ich habe zehn Jahre genäht.")
    speak(amal, assessment, "housing", worker_view="2", client_view="4", urgency="soon", need="Kündigung zum März")
    speak(amal, assessment, "housing", seen_version=1, worker_view="2", client_view="4", need="Kündigung")
    page = page_of(amal, case, case.person_id)
    assert [line.code for line in page.spoken] == ["work", "housing"]
    assert lines(page)["work"].now.client_words == "Ich habe zehn Jahre genäht."
    assert (lines(page)["housing"].now.need, lines(page)["housing"].now.urgency) == ("Kündigung", "")
    assert lines(page)["housing"].talk == (
        "Fachkraft: „schwierig“, eigene Sicht: „geht gut“. Darüber lohnt ein Gespräch."
    )
    assert page.moved == []


def test_emptied_is_not_spoken_about(amal):
    from faden.kernel.errors import Invalid

    case = open_a_case()
    assessment = begun(amal, case, case.person_id)
    with pytest.raises(Invalid):
        speak(amal, assessment, "work")
    speak(amal, assessment, "work", need="Anerkennung")
    speak(amal, assessment, "work", seen_version=1)
    assert page_of(amal, case, case.person_id).spoken == []


def test_the_second_of_two_sees_what_the_first_wrote(amal):
    from faden.kernel.errors import Conflict

    case = open_a_case()
    assessment = begun(amal, case, case.person_id)
    speak(amal, assessment, "work", need="Anerkennung")
    for seen in (0, 2):
        with pytest.raises(Conflict) as refused:
            speak(amal, assessment, "work", seen_version=seen, need="Praktikum", worker_view="2")
        assert refused.value.changes == (
            ("Bedarf", "Anerkennung", "Praktikum"), ("Sicht der Fachkraft", "", "schwierig"),
        )  # fmt: skip
    speak(amal, assessment, "housing", need="Andere Bereiche sind davon nicht berührt")
    speak(amal, assessment, "work", seen_version=1)
    with pytest.raises(Conflict):
        # Emptied meanwhile: what was open in the other window is not simply written back.
        speak(amal, assessment, "work", seen_version=1, need="Anerkennung in Köln")


def test_a_reassessment_opens_with_the_last_one(amal):
    """Skipped once: the comparison is with the newest time it was spoken about."""
    case = open_a_case()
    first = begun(amal, case, case.person_id)
    speak(amal, first, "housing", worker_view="2", client_view="3", need="Wohnung")
    speak(amal, first, "work", worker_view="3")
    finished(amal, first)
    second = begun(amal, case, case.person_id)
    speak(amal, second, "work", worker_view="2")
    finished(amal, second)
    third = begun(amal, case, case.person_id)
    page = page_of(amal, case, case.person_id)
    assert (page.look.number, page.look.title, page.is_open) == (3, "Re-Assessment", True)
    assert page.spoken == [] and lines(page)["housing"].before.need == "Wohnung"
    assert lines(page)["work"].before.worker == "schwierig"
    speak(amal, third, "housing", worker_view="3", client_view="3")
    page = page_of(amal, case, case.person_id)
    assert [line.movement for line in page.moved] == [
        "von „schwierig“ zu „teils, teils“ (Fachkraft); unverändert „teils, teils“ (eigene Sicht)"
    ]


def test_what_a_finished_assessment_refuses(amal):
    from faden.cases.actions import assessments as actions
    from faden.kernel.errors import Invalid

    case = open_a_case()
    assessment = begun(amal, case, case.person_id)
    with pytest.raises(Invalid, match="schon begonnen"):
        begun(amal, case, case.person_id)
    with pytest.raises(Invalid, match="keinen Lebensbereich"):
        finished(amal, assessment)
    speak(amal, assessment, "work", worker_view="3")
    finished(amal, assessment)
    with pytest.raises(Invalid, match="abgeschlossen"):
        speak(amal, assessment, "work", seen_version=1, worker_view="4")
    with pytest.raises(Invalid, match="abgeschlossen"):
        finished(amal, assessment)
    deed(amal, actions.reopen, case, case.person_id)
    speak(amal, assessment, "work", seen_version=1, worker_view="4")
    with pytest.raises(Invalid, match="kein Assessment abgeschlossen"):
        deed(amal, actions.reopen, case, case.person_id)


def test_only_with_the_persons_own_agreement(amal):
    from faden.cases.actions import assessments as actions
    from faden.consents.models import CounsellingAgreement
    from faden.kernel import clock
    from faden.kernel.errors import NotAllowed
    from faden.kernel.rls import opened_for

    case = open_a_case()
    silent = add_member(case, "Rashid")
    with pytest.raises(NotAllowed, match="keine Einwilligung"):
        begun(amal, case, silent.id)
    assessment = begun(amal, case, case.person_id)
    speak(amal, assessment, "work", worker_view="3")
    with opened_for(amal, write=True):
        CounsellingAgreement.objects.filter(person_id=case.person_id).update(
            ended_at=clock.now(), ended_because="withdrawn"
        )
    for verb, arguments in (
        (actions.speak_about, (assessment, "work", said(need="x"))),
        (actions.finish, (assessment,)),
        (actions.reopen, (case, case.person_id)),
    ):
        options = {"seen_version": 1} if verb is actions.speak_about else {}
        if verb is not actions.reopen:
            options["on"] = clock.today()
        with pytest.raises(NotAllowed):
            deed(amal, verb, *arguments, **options)
    assert len(page_of(amal, case, case.person_id).spoken) == 1


def test_only_for_members_and_areas_there_are(amal):
    from faden.kernel.errors import FadenError, NotFound

    case, other = open_a_case(), open_a_case(family="Rahimi")
    with pytest.raises(FadenError):
        begun(amal, case, other.person_id)
    assessment = begun(amal, case, case.person_id)
    with pytest.raises(NotFound):
        speak(amal, assessment, "nirgends", need="x")


def test_an_area_that_has_ended_stays_where_it_was_spoken_about(amal):
    from faden.cases.actions import life_areas
    from faden.kernel import clock
    from tests.cast import LENA

    case = open_a_case()
    assessment = begun(amal, case, case.person_id)
    speak(amal, assessment, "debts", need="Schufa")
    yesterday = clock.today() - timedelta(days=1)
    deed(actor_of(LENA.email), life_areas.end, "debts", last_day=yesterday, seen_version=0)
    assert "debts" in lines(page_of(amal, case, case.person_id))
    speak(amal, assessment, "debts", seen_version=1, need="Schufa geklärt")
    finished(amal, assessment)
    begun(amal, case, case.person_id)
    assert "debts" not in lines(page_of(amal, case, case.person_id))


def test_the_line_in_the_history(amal, family):
    from faden.cases.queries.timeline import Of, history_of

    case, father, daughter = family
    assessment = begun(amal, case, father.id)
    speak(amal, assessment, "work", worker_view="3")
    assert not [line for line in ask(amal, history_of, case).lines if line.kind == "assessment"]
    finished(amal, assessment)
    [line] = [line for line in ask(amal, history_of, case).lines if line.kind == "assessment"]
    assert (line.title, line.persons) == ("Assessment", (father.id,))
    for person, seen in ((father.id, 1), (daughter.id, 0), (case.person_id, 0)):
        shown = ask(amal, history_of, case, of=Of(person)).lines
        assert len([line for line in shown if line.kind == "assessment"]) == seen


# ---------- the family ----------


def test_what_holds_for_several_is_chosen(amal, family):
    """The worker's part is copied where nothing stands; her own words never are."""
    from faden.cases.actions import assessments as actions
    from faden.cases.models import AreaView
    from faden.cases.queries.family_assessment import sharable
    from faden.kernel import clock
    from faden.kernel.errors import Invalid

    case, father, daughter = family
    assessment = begun(amal, case, case.person_id)
    speak(amal, assessment, "housing", client_words="Zu eng.", client_view="1", worker_view="2", urgency="now", need="Vier Zimmer")
    view = ask(amal, AreaView.objects.select_related("assessment").get, area="housing")
    today = clock.today()
    assert [m.person_id for m in ask(amal, sharable, case, view.id).others] == [father.id, daughter.id]
    deed(amal, actions.holds_also_for, view, [daughter.id], on=today)
    copied = lines(page_of(amal, case, daughter.id))["housing"].now
    assert (copied.client_words, copied.client, copied.worker, copied.need) == ("", "", "schwierig", "Vier Zimmer")
    assert page_of(amal, case, father.id).look is None
    assert [m.person_id for m in ask(amal, sharable, case, view.id).others] == [father.id]
    for persons, why in (([daughter.id], "schon etwas"), ([case.person_id], "steht es schon"), ([], "Bitte wählen")):
        with pytest.raises(Invalid, match=why):
            deed(amal, actions.holds_also_for, view, persons, on=today)


def test_a_view_is_not_shared_out_of_the_family(amal, family):
    from faden.cases.actions import assessments as actions
    from faden.cases.models import AreaView
    from faden.cases.queries.family_assessment import sharable
    from faden.kernel import clock
    from faden.kernel.errors import Invalid, NotAllowed, NotFound

    case, *_members = family
    silent, stranger = add_member(case, "Karim"), open_a_case(family="Rahimi")
    assessment = begun(amal, case, case.person_id)
    speak(amal, assessment, "housing", need="Vier Zimmer")
    view = ask(amal, AreaView.objects.select_related("assessment").get, area="housing")
    with pytest.raises(NotAllowed):
        deed(amal, actions.holds_also_for, view, [silent.id], on=clock.today())
    with pytest.raises(Invalid):
        deed(amal, actions.holds_also_for, view, [stranger.person_id], on=clock.today())
    with pytest.raises(NotFound):
        ask(amal, sharable, stranger, view.id)


def test_the_family_side_by_side(amal, family):
    from faden.cases.queries.family_assessment import family_table
    from faden.kernel import clock

    case, father, daughter = family
    for person, step in ((case.person_id, "2"), (father.id, "4")):
        assessment = begun(amal, case, person)
        speak(amal, assessment, "housing", worker_view=step)
    table = ask(amal, family_table, case, on=clock.today())
    [housing] = [row for row in table.rows if row.code == "housing"]
    assert [(m.person_id, view.worker if view else "") for m, view in housing.cells] == [
        (case.person_id, "schwierig"), (father.id, "geht gut"), (daughter.id, ""),
    ]  # fmt: skip
    assert [bool(look) for _member, look in table.members] == [True, True, False]


def test_summary_of_a_person(amal, family):
    from faden.cases.queries.assessments import summary_of

    case, father, _daughter = family
    for number, step in enumerate("23"):
        assessment = begun(amal, case, father.id)
        speak(amal, assessment, "work", worker_view=step, client_view="3", urgency="soon", need="Ein Praktikum")
        if number == 0:
            speak(amal, assessment, "debts", client_view="1")
        finished(amal, assessment)
    work, debts = ask(amal, summary_of, case, father.id)
    assert (work.label, work.worker, work.client, work.is_urgent) == ("Arbeit und Anerkennung", "teils, teils", "teils, teils", True)
    assert work.trend == "besser (Fachkraft), unverändert (eigene Sicht)"
    assert (debts.client, debts.worker, debts.trend) == ("geht gar nicht", "", "")
    assert ask(amal, summary_of, case, case.person_id) == []


# ---------- pages ----------

SECRET = "Geheimnis des Vaters"


def where(case, person_id, rest=""):
    return f"/faelle/{case.id}/personen/{person_id}/assessment/{rest}"


def test_from_the_first_word_to_the_end(own_database):
    case = open_a_case()
    client, place = signed_in(AMAL.email), where(case, case.person_id)
    assert "Noch kein Assessment" in text_of(client.get(place))
    assert client.get(f"{place}bereiche/work/").status_code == 422
    assert client.post(f"{place}beginn/", keyed()).status_code == 303
    assert "Das muss nicht heute sein" in text_of(client.get(place))
    assert client.post(f"{place}bereiche/work/", keyed(version="0")).status_code == 422
    answer = client.post(f"{place}bereiche/work/", keyed(version="0", client_words="Ich nähe gern.", client_view="4"))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{place}#bereich-work")
    assert client.post(f"{place}bereiche/work/", keyed(version="0", need="Anderes")).status_code == 409
    assert client.post(f"{place}bereiche/work/", keyed(version="1", client_view="9")).status_code == 422
    assert "Ich nähe gern." in text_of(client.get(f"{place}bereiche/work/"))
    assert client.post(f"{place}abschluss/", keyed()).status_code == 303
    assert client.post(f"{place}beginn/", keyed()).status_code == 303
    page = text_of(client.get(f"{place}bereiche/work/"))
    assert "Beim letzten Mal" in page and "Ich nähe gern." in page
    assert "Ich nähe gern." in text_of(client.get(f"{place}verlauf/"))


def test_last_times_needs_come_only_when_asked_for(own_database, amal):
    case = open_a_case()
    first = begun(amal, case, case.person_id)
    speak(amal, first, "work", need="Anerkennung", client_words="Damals gesagt", worker_view="2")
    finished(amal, first)
    begun(amal, case, case.person_id)
    client, place = signed_in(AMAL.email), where(case, case.person_id, "bereiche/work/")
    fields = [client.get(place + query).context["form"].initial for query in ("", "?wie=zuletzt")]
    assert fields == [{}, {"need": "Anerkennung", "resources": "", "urgency": "", "worker_view": "2"}]


def test_nothing_of_one_member_on_anothers_pages(own_database, amal, family):
    case, father, daughter = family
    assessment = begun(amal, case, father.id)
    speak(amal, assessment, "work", client_words=SECRET, need=SECRET, resources=SECRET, worker_view="1")
    finished(amal, assessment)
    second = begun(amal, case, father.id)
    speak(amal, second, "work", need=SECRET, worker_view="2")
    mother = begun(amal, case, case.person_id)
    speak(amal, mother, "housing", need="Vier Zimmer")
    client = signed_in(AMAL.email)
    own = [where(case, father.id, rest) for rest in ("", "verlauf/", "bereiche/work/")]
    assert all(SECRET in client.get(path).content.decode() for path in own)
    others = [
        where(case, person, rest) for person in (case.person_id, daughter.id) for rest in ("", "verlauf/")
    ] + [where(case, case.person_id, "bereiche/work/")]  # fmt: skip
    for path in others:
        answer = client.get(path)
        assert answer.status_code == 200 and SECRET not in answer.content.decode(), path
    persons = [f"/faelle/{case.id}/personen/{p}/{rest}" for p in (case.person_id, daughter.id) for rest in ("", "vertraulich/", "blatt/", "netzwerk/")]
    assert all(SECRET not in client.get(path).content.decode() for path in [*persons, f"/faelle/{case.id}/"])
    assert SECRET not in client.get(f"/faelle/{case.id}/assessment/").content.decode()


def test_who_does_not_belong_is_nowhere(own_database, amal):
    case, other = open_a_case(), open_a_case(family="Rahimi")
    begun(amal, case, case.person_id)
    client = signed_in(AMAL.email)
    for rest in ("", "verlauf/", "bereiche/work/"):
        assert client.get(where(case, other.person_id, rest)).status_code == 404
    for rest in ("beginn/", "abschluss/", "weiter/", "bereiche/work/"):
        assert client.post(where(case, other.person_id, rest), keyed(need="x", version="0")).status_code == 404
    assert signed_in(CEM.email).get(where(case, case.person_id)).status_code == 404
    assert signed_in(BERND.email).get(where(case, case.person_id)).status_code == 403


def test_without_an_agreement_the_page_says_so(own_database):
    case = open_a_case()
    silent = add_member(case, "Rashid")
    client = signed_in(AMAL.email)
    page = text_of(client.get(where(case, silent.id)))
    assert "noch keine Einwilligung" in page and "Assessment beginnen" not in page
    assert client.post(where(case, silent.id, "beginn/"), keyed()).status_code == 403


def test_statements_do_not_grow(own_database, amal):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counted = signed_in(AMAL.email), []
    for members in (1, 6):
        case = open_a_case()
        added = [add_member(case, f"Kind{n}") for n in range(members - 1)]
        for person in added:
            agree(person)
        for person_id in (case.person_id, *(person.id for person in added)):
            assessment = begun(amal, case, person_id)
            for area in LifeArea.values[: 2 * members]:
                speak(amal, assessment, area, worker_view="2", need="Etwas")
        pages = (where(case, case.person_id), where(case, case.person_id, "verlauf/"), f"/faelle/{case.id}/assessment/")
        for path in pages:
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            counted.append(len(captured))
    assert counted[:3] == counted[3:]
    assert max(counted) < 25


def test_dates_of_a_course_are_those_of_the_talks():
    assert [day for day, _x in chart([(date(2026, 3, 1), Views("2")), (date(2026, 9, 1), Views("3"))]).days] == [
        date(2026, 3, 1), date(2026, 9, 1),
    ]  # fmt: skip
