"""Whatever they are called: nothing that tells who it is leaves in an anonymous Fallvorstellung, not even ticked as harmless."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from faden.documents.rules.spelling import folded
from faden.kernel import clock
from faden.kernel.errors import Invalid
from faden.kernel.rls import opened_for
from faden.referrals.vocabulary import PresentationCheck
from tests.case_making import acting, add_member, fact, open_a_case
from tests.cast import AMAL, KARIN
from tests.chains.making import begin, step
from tests.desk_client import actor_of, membership_of
from tests.referrals.test_traces import NAMES, WRITTEN

EVERY_POINT = PresentationCheck.values
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
STREET, PHONE = "Gartenstraße 7", "02561 998877"


class Family:
    """A mother and her child with an address, a telephone, births, a file number; chains whose titles say some of it."""

    def __init__(self, family, given, child, born):
        self.case = open_a_case(AMAL.email, family=family, given=given)
        self.child = add_member(self.case, child, family=family, born=f"{born:%d.%m.%Y}")
        fact(AMAL.email, self.case.person, "address", street=STREET, postcode="48683", place="Ahaus")
        with acting(AMAL.email):
            from faden.persons.models import Person, PersonName

            Person.objects.filter(id=self.child.id).update(phone=PHONE)
            rows = PersonName.objects.filter(person__in=[self.case.person_id, self.child.id])
            self.names = sorted({word for row in rows for word in (row.family, row.given)})
        self.born = born
        titles = (f"Kurs für {given}", f"{child}s Schulplatz, geb. {born:%d.%m.%Y}", f"Umzug aus der {STREET}", f"Akte {self.case.number}")
        begin(self.case, *(step(f"s{n}", title=title[:120]) for n, title in enumerate(titles)), title=f"Familie {family}"[:120])

    @property
    def month(self):
        """Of the birth, in words."""
        return f"{MONTHS[self.born.month - 1]} {self.born.year}"

    @property
    def tells(self):
        """What may stand nowhere, folded as it is compared."""
        parts = {part for name in self.names for part in name.replace("-", " ").replace("'", " ").replace("’", " ").split() if len(part) > 3}
        return [folded(one) for one in (*parts, "Gartenstraße", "998877", f"{self.born:%d.%m.%Y}", self.month, self.case.number)]

    def sentences(self, written):
        """What a worker might write into it."""
        return [
            *(f"Es geht um {WRITTEN[written](name)} und einen Platz." for name in self.names), f"Sie wohnt in der {STREET}.", "In der Gartenstr. 7.",
            f"Telefon {PHONE}", f"Telefon +49 {PHONE[1:]}", f"geboren am {self.born:%d.%m.%Y}", f"geboren {self.born.isoformat()}", f"geboren im {self.month}", f"Akte {self.case.number}",
        ]  # fmt: skip

    def row(self):
        from faden.referrals.models import CasePresentation

        with acting(AMAL.email):
            return CasePresentation.objects.select_related("case__person__municipality").get(case=self.case)

    def make(self):
        from faden.referrals.actions import presentations

        with acting(AMAL.email) as by:
            presentations.make(self.case, occasion="Planung", question="Wer?", tells=(), by=by, at=clock.now(), today=clock.today())

    def say(self, **words):
        from faden.referrals.actions import presentations

        now = self.row()
        said = {"occasion": "Planung", "question": "Wer?", "body": "Ein Text", **words}
        with acting(AMAL.email) as by:
            presentations.change(now, presentations.Wording(**said), seen_version=now.version, by=by, at=clock.now())

    def review(self):
        """Everything that stands there is ticked as harmless."""
        from faden.referrals.actions import presentations
        from faden.referrals.queries.case_words import case_words
        from faden.referrals.queries.presentations import finds_in

        now = self.row()
        with acting(AMAL.email) as by:
            every = {one.key for one in finds_in(now, case_words(now.case))}
            presentations.review(now, checked=EVERY_POINT, harmless=every, seen_version=now.version, by=by, at=clock.now())

    def send(self):
        from faden.organisations.queries.recipients import as_recipient
        from faden.referrals.actions import presentations

        now, to = self.row(), as_recipient(membership_of(KARIN.email).organisation)
        until = clock.today() + timedelta(days=30)
        with acting(AMAL.email) as by:
            presentations.send(now, to, until=until, seen_version=now.version, by=by, at=clock.now(), today=clock.today())


def read_by_karin():
    """All that lies at the coordination, as it is stored there."""
    from faden.consents.models import Delivery

    with opened_for(actor_of(KARIN.email), write=False):
        return "\n".join(f"{one.purpose} {one.content}" for one in Delivery.objects.filter(kind="presentation"))


# As the case can store them, and long enough to be told from a German word.
STORED = NAMES.filter(lambda name: len(name) < 30 and "’" not in name)


# Each takes seconds: what was found is shown as it is, not made smaller.
@settings(max_examples=4, phases=[Phase.generate], deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STORED, STORED, STORED, st.dates(date(1990, 1, 1), date(2020, 12, 28)), st.sampled_from(sorted(WRITTEN)))
@pytest.mark.parametrize("field", ["occasion", "question", "body"])
def test_nothing_that_tells_who_it_is_leaves(own_database, field, family, given, child, born, written):
    made = Family(family, given, child, born)
    made.make()
    body = folded(made.row().body)
    assert [one for one in made.tells if one in body] == []
    for sentence in made.sentences(written):
        made.say(**{field: sentence})
        with pytest.raises(Invalid, match="hinweist"):
            made.review()
        with pytest.raises(Invalid):
            made.send()
    made.say(body="Elternteil mit einem Kind, seit drei Monaten kein Platz.")
    made.review()
    made.send()
    told = folded(read_by_karin())
    assert [one for one in made.tells if one in told] == []
