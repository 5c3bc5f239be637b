"""Anonyme Fallvorstellung: made without anybody in it, read through by a person, told to the coordination, taken back."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from faden.chains.vocabulary import Breakpoint, HolderKind, StepState
from faden.referrals.rules.presentations import Chain, Somebody, Step, Story, age_words, roles, told
from faden.referrals.rules.traces import Known, TraceKind, traces
from faden.referrals.vocabulary import PresentationCheck
from tests.case_making import acting, add_member, open_a_case
from tests.cast import AMAL, BERND, CEM, DILAN, DORA, KARIN, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of

KI = "Kommunales Integrationszentrum Kreis Borken"
EVERY_POINT = PresentationCheck.values


# ---------- the text, for families of every kind ----------

PEOPLE = [UUID(int=n) for n in range(1, 7)]
WORD = st.text(st.sampled_from("abdefgiklmnoprstuwyzäöüßéç"), min_size=3, max_size=10).map(str.capitalize)
DAYS = st.dates(date(2020, 1, 1), date(2026, 11, 1))
STEPS = st.builds(
    Step, title=st.sampled_from(["Kurs suchen", "{name} anmelden", "Termin {day}", "Brief an {place}", "Zeichen {number}"]),
    state=st.sampled_from(StepState), since=DAYS, holder=st.sampled_from(HolderKind), agency_kind=st.sampled_from(["", "jobcenter"]),
    block=st.sampled_from(["", Breakpoint.NO_PLACE]),
)  # fmt: skip


@st.composite
def families(draw):
    """A case and its own words: names in two spellings, a town, a file number, a phone, births."""
    names, town = draw(st.lists(WORD, min_size=2, max_size=6, unique=True)), draw(WORD)
    number, phone = f"BG {draw(st.integers(10_000, 99_999))}", f"02561 {draw(st.integers(10_000, 99_999))}"
    born = draw(st.dates(date(1950, 1, 1), date(2026, 10, 1)))
    words = {"name": names[0], "day": f"{born:%d.%m.%Y}", "place": town, "number": number}
    people = [
        Somebody(PEOPLE[n], draw(st.booleans()), draw(st.booleans()), draw(st.sampled_from([None, (2, 2), (8, 8), (14, 15), (34, 35), (71, 72)])))
        for n in range(len(names))
    ]
    steps = [Step(one.title.format(**words), one.state, one.since, one.holder, one.agency_kind, one.block) for one in draw(st.lists(STEPS, max_size=5))]
    month = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")[born.month - 1]
    known = [
        *(Known(TraceKind.NAME, name) for name in names), Known(TraceKind.PLACE, town), Known(TraceKind.NUMBER, number),
        Known(TraceKind.CONTACT, phone), Known(TraceKind.DAY, f"{month} {born.year}"),
    ]  # fmt: skip
    title = draw(st.sampled_from(["Sprache", f"Schule für {names[-1]}", f"Umzug nach {town}"]))
    story = Story(people, [Chain(title, PEOPLE[0], tuple(steps))], draw(DAYS), date(2026, 11, 20), district="Borken", known=known)
    return story, names, [town, number, number.split()[1], phone, phone.split()[1], f"{born:%d.%m.%Y}", f"{month} {born.year}"]


def words_of(text):
    return {word.strip(".,:()-„“") for word in text.split()}


@settings(max_examples=150, deadline=None)
@given(families())
def test_no_name_day_place_or_number_of_the_case_stands_in_it(made):
    story, names, others = made
    text = told(story)
    plain = [replace(one, title="Sprache", steps=tuple(replace(step, title="Kurs suchen") for step in one.steps)) for one in story.chains]
    ours = words_of(told(replace(story, chains=plain)))  # a name that is a word of every such text ("Kind") says nothing here
    assert not set(names) & (words_of(text) - ours)
    assert not [word for word in others if word in text]
    assert not [one for one in traces(text, story.known) if one.kind in (TraceKind.DAY, TraceKind.CONTACT, TraceKind.NUMBER)]
    assert not [one for one in traces(text, story.known) if one.kind == TraceKind.NAME and one.words in set(names) - ours]


def test_roles_stand_for_names_and_spans_for_ages():
    mother, son, aunt = Somebody(PEOPLE[0], is_parent=True, ages=(34, 34)), Somebody(PEOPLE[1], ages=(8, 8)), Somebody(PEOPLE[2])
    other = Somebody(PEOPLE[3], ages=(4, 5))
    assert list(roles([mother, son, aunt, other]).values()) == ["Elternteil", "Kind 1", "Angehörige Person", "Kind 2"]
    assert list(roles([aunt]).values()) == ["Ratsuchende Person"]
    spans = [age_words(ages) for ages in (None, (1, 1), (5, 5), (8, 9), (14, 15), (17, 18), (34, 34), (40, 41), (69, 70), (75, 75))]
    assert spans == [
        "Alter nicht bekannt", "unter drei Jahren", "im Kitaalter", "im Grundschulalter", "im Alter der weiterführenden Schule",
        "zwischen 18 und 19 Jahren", "zwischen 30 und 39 Jahren", "zwischen 40 und 49 Jahren", "zwischen 60 und 69 Jahren", "über 70 Jahre",
    ]  # fmt: skip


def test_the_month_somebody_was_born_in_is_not_said():
    story = Story([Somebody(PEOPLE[0])], [], date(2026, 3, 1), date(2026, 8, 1), known=[Known(TraceKind.DAY, "März 2026")])
    assert "März 2026" not in told(story) and "seit 5 Monaten" in told(story)


# ---------- at the desk ----------


def day(days=0):
    from faden.kernel import clock

    return str(clock.today() + timedelta(days=days))


@pytest.fixture
def case(own_database):
    from tests.chains.making import Hand, begin, step

    made = open_a_case(AMAL.email, family="Darwisch", given="Rima")
    add_member(made, "Amina", born="2016")
    begin(made, step("course", title="Kurs für Rima suchen"), title="Sprache")
    begin(made, step("hidden", title="Frauenhaus"), code="geheim", title="Schutz", confidential=True)
    from faden.chains.actions import steps

    Hand(made).do(steps.block, "course", reason="no_place", since=date(2026, 6, 1))
    return made


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


def made(amal, case, **more):
    values = keyed(occasion="Planungskonferenz", question="Wer hat Plätze am Abend?", **more)
    answer = amal.post(reverse("presentation-new", args=[case.id]), values)
    assert answer.status_code == 303, text_of(answer)
    return answer.headers["Location"]


def row_of(case):
    from faden.referrals.models import CasePresentation

    with acting(AMAL.email):
        found = CasePresentation.objects.select_related("release").get(case=case)
        assert found.body is not None
        return found


def reviewed(amal, case, url, **more):
    return amal.post(f"{url}durchsicht/", keyed(version=row_of(case).version, **{"checked": EVERY_POINT, **more}))


def test_from_the_case_to_the_coordination_and_back(amal, case):
    from faden.consents.models import Release

    url = made(amal, case)
    body = row_of(case).body
    assert "Elternteil" in body or "Angehörige Person" in body
    assert "kein Platz" in body and "Juni 2026" in body and "Kreis Borken" in body
    for word in ("Rima", "Darwisch", "Amina", "Ahaus", "2016", "Frauenhaus", "Schutz"):
        assert word not in body
    assert reviewed(amal, case, url).status_code == 303
    key = f"s{organisation_id(KI)}"
    until = day(30)
    assert "Wer hat Plätze" in text_of(amal.get(f"{url}vorstellen/"))
    answer = amal.post(f"{url}vorstellen/", keyed(version=row_of(case).version, recipient=key, until=until))
    assert answer.status_code == 303, text_of(answer)
    with acting(AMAL.email):
        release = Release.objects.get(kind="presentation")
        assert (release.ground, release.person_id, release.consent_id) == ("ohne_personenbezug", None, None)
    [delivery] = delivered_to(KARIN.email)
    karin = signed_in(KARIN.email)
    said = text_of(karin.get(reverse("presented-one", args=[delivery.id])))
    assert "Wer hat Plätze am Abend?" in said and "kein Platz" in said and "Rima" not in said
    assert "Planungskonferenz" in text_of(karin.get(reverse("presented")))
    assert karin.get(reverse("received-one", args=[delivery.id])).status_code == 403
    for email in (AMAL.email, LENA.email, CEM.email, DORA.email):
        assert signed_in(email).get(reverse("presented-one", args=[delivery.id])).status_code in (302, 403, 404)
    assert amal.post(f"{url}zurueckziehen/", keyed(version=row_of(case).version)).status_code == 303
    assert delivered_to(KARIN.email) == [] and row_of(case).state == "withdrawn"
    assert karin.get(reverse("presented-one", args=[delivery.id])).status_code == 404


def organisation_id(name):
    from faden.organisations.models import Organisation

    with acting(AMAL.email):
        return Organisation.objects.get(name=name).id


def delivered_to(email):
    from faden.consents.models import Delivery
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(email), write=False):
        return list(Delivery.objects.filter(kind="presentation"))


@pytest.mark.parametrize("missing", EVERY_POINT)
def test_every_point_of_the_list_is_ticked_or_nothing_goes_on(amal, case, missing):
    url = made(amal, case)
    refused = reviewed(amal, case, url, checked=[one for one in EVERY_POINT if one != missing])
    assert refused.status_code == 422 and "jeden Punkt der Liste" in text_of(refused) and row_of(case).state == "draft"


@pytest.mark.parametrize(("said", "why"), [
    ("Rima sucht einen Kurs", "Rima"), ("Frau Darwischs Antrag", "Darwischs"), ("am 3.4.2026", "3.4.2026"), ("Telefon 02561 123456", "02561 123456"),
    ("in Ahaus", "Ahaus"), ("Bahnhofstraße 3", "Bahnhofstraße 3"), ("rima@example.org", "rima@example.org"),
])  # fmt: skip
def test_what_tells_who_it_is_stops_it_in_every_field(amal, case, said, why):
    url = made(amal, case)
    for field in ("occasion", "question", "body"):
        values = {"occasion": "Planung", "question": "Wer?", "body": "Ein Text"} | {field: said}
        assert amal.post(f"{url}text/", keyed(version=row_of(case).version, **values)).status_code == 303
        assert why in text_of(amal.get(url)) and "<mark>" in amal.get(f"{url}durchsicht/").content.decode()
        refused = reviewed(amal, case, url)
        assert refused.status_code == 422 and why in text_of(refused), field
        assert row_of(case).state == "draft"


def test_a_find_that_may_stay_is_looked_at_and_a_name_of_the_case_is_not_left(amal, case):
    url = made(amal, case)
    values = {"occasion": "Planung", "question": "Wer hat 1200 Plätze?", "body": "Rima"}
    amal.post(f"{url}text/", keyed(version=row_of(case).version, **values))
    page = amal.get(f"{url}durchsicht/").content.decode()
    assert 'value="1200"' in page and 'value="rima"' not in page
    assert reviewed(amal, case, url, harmless=["1200", "rima"]).status_code == 422
    amal.post(f"{url}text/", keyed(version=row_of(case).version, **{**values, "body": "Niemand"}))
    assert reviewed(amal, case, url).status_code == 422
    assert reviewed(amal, case, url, harmless=["1200"]).status_code == 303


def test_other_words_are_read_through_again(amal, case):
    url = made(amal, case)
    reviewed(amal, case, url)
    amal.post(f"{url}text/", keyed(version=row_of(case).version, occasion="A", question="B", body="C"))
    assert row_of(case).state == "draft" and row_of(case).checked == []
    values = keyed(version=row_of(case).version, recipient=f"s{organisation_id(KI)}", until=day())
    assert amal.post(f"{url}vorstellen/", values).status_code == 422


def test_what_the_case_learns_after_the_review_stops_the_sending(amal, case):
    url = made(amal, case)
    amal.post(f"{url}text/", keyed(version=row_of(case).version, occasion="A", question="B", body="Yusuf hilft"))
    reviewed(amal, case, url)
    add_member(case, "Yusuf", born="2019")
    values = keyed(version=row_of(case).version, recipient=f"s{organisation_id(KI)}", until=day())
    refused = amal.post(f"{url}vorstellen/", values)
    assert refused.status_code == 422 and "Yusuf" in text_of(refused) and delivered_to(KARIN.email) == []


@pytest.mark.parametrize("name", ["Ausländerbehörde Kreis Borken", "DRK Gronau, Migrationsberatung", "Jobcenter Ahaus (Jobcenter im Kreis Borken)"])
def test_only_a_coordination_can_get_it(amal, case, name):
    url = made(amal, case)
    reviewed(amal, case, url)
    values = keyed(version=row_of(case).version, recipient=f"s{organisation_id(name)}", until=day())
    assert amal.post(f"{url}vorstellen/", values).status_code in (404, 422)
    assert row_of(case).state == "reviewed"


def test_rare_is_said_with_a_number_and_no_names(amal, case):
    with acting(AMAL.email):
        from faden.persons.models import Person

        Person.objects.filter(id=case.person_id).update(nationalities=["760"])
    url = made(amal, case, tells=["nationality", "town"])
    said = text_of(amal.get(url))
    assert "In Ihrem Dienst gibt es davon 1" in said and "gleicher Ort" in said and "Ort: Ahaus" in row_of(case).body


def test_nobody_else_sees_it(case):
    url = made(signed_in(AMAL.email), case)
    urls = [url, *(f"{url}{part}/" for part in ("text", "durchsicht", "vorstellen", "zurueckziehen")), reverse("presentation-new", args=[case.id])]
    for email, status in ((CEM.email, 404), (BERND.email, 403), (DILAN.email, 403), (LENA.email, 302), (KARIN.email, 403)):
        client = signed_in(email)
        assert {client.get(one).status_code for one in urls} == {status}, email
    assert signed_in(DORA.email).get(url).status_code != 200
    other = open_a_case(AMAL.email, family="Andere")
    client = signed_in(AMAL.email)
    assert all(client.get(one.replace(str(case.id), str(other.id))).status_code == 404 for one in urls[:-1])
    assert client.get(url.replace(url.split("/")[-2], str(uuid4()))).status_code == 404


def test_the_coordination_reads_nothing_here_that_is_about_somebody(amal, case):
    from faden.organisations.models import Organisation
    from tests.releasing import consented, released

    with acting(AMAL.email) as by:
        consent = consented(case.person, Organisation.objects.get(name=KI), by=by)
        released(consent, by=by, facts={"Name": "Rima Darwisch"})
    from faden.consents.models import Delivery
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(KARIN.email), write=False):
        [copy] = Delivery.objects.all()
    karin = signed_in(KARIN.email)
    assert karin.get(reverse("presented-one", args=[copy.id])).status_code == 404
    assert "Beratung" not in karin.get(reverse("presented")).content.decode()
