"""Things that can be open in a case, one maker for each kind, through the verbs as the desk makes them."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.case_making import acting, put_paper
from tests.declaring import power, release, review, sign
from tests.documents.deciding import decided
from tests.documents.letter_making import draft, plan
from tests.referrals.conferring import planned as conference
from tests.referrals.handing_over import AMAL


def about(persons: tuple[UUID, ...], *, confidential: bool = False) -> Any:
    """Whom it concerns."""
    from faden.cases.actions.concerning import About

    return About(persons, confidential)


def goal(case: Any, person: Any, secret: bool) -> None:
    """With an agreed day and one step."""
    from faden.chains.actions import goals
    from faden.chains.vocabulary import HolderKind
    from faden.kernel import clock

    with acting(AMAL) as by:
        until = clock.today() + timedelta(days=60)
        wanted = goals.Wanted("Einen Platz im Betrieb finden", "work", until_on=until, confidential=secret)
        made = goals.make(case, person.id, wanted, by=by, on=clock.today(), at=clock.now())
        goals.add_step(made, goals.StepWanted("Lebenslauf schreiben", HolderKind.CLIENT), by=by, at=clock.now())


def chain(case: Any, person: Any, secret: bool) -> None:
    """Two steps."""
    from faden.chains.actions.start import Begin, FreeStep, start_free
    from faden.kernel import clock

    with acting(AMAL) as by:
        begin = Begin(person.id, clock.today(), confidential=secret)
        start_free("Zum Kurs", "language", [FreeStep("Test ablegen"), FreeStep("Platz suchen")], begin, case=case, by=by, at=clock.now())


def task(case: Any, person: Any, secret: bool) -> None:
    """Hers."""
    from faden.cases.actions import tasks
    from faden.kernel import clock

    with acting(AMAL) as by:
        wanted = tasks.Wanted("Nachfragen", clock.today(), case.lead_id, about((person.id,), confidential=secret))
        tasks.make(wanted, case=case, by=by, at=clock.now())


def appointment(case: Any, person: Any, secret: bool) -> None:
    """With an interpreter to be found."""
    from faden.cases.actions import appointments
    from faden.kernel import clock

    starts = clock.now() + timedelta(days=4)
    with acting(AMAL) as by:
        said = appointments.Planned(
            "Gespräch", starts, starts + timedelta(hours=1), "Büro", "ti", about((person.id,), confidential=secret)
        )
        appointments.make(said, case=case, by=by, at=clock.now())


def decision(case: Any, person: Any, secret: bool) -> None:
    """Its last day is running."""
    from faden.kernel import clock

    decided(case, clock.today(), confirmed=True, about=about((person.id,), confidential=secret))


def referral(case: Any, person: Any, secret: bool) -> None:
    """Begun, nobody asked yet."""
    from faden.kernel import clock
    from faden.referrals.actions import referrals

    with acting(AMAL) as by:
        wish = referrals.Wish("Sprachkurs B1", "language", person.id, confidential=secret)
        referrals.begin(wish, case=case, by=by, at=clock.now())


def authority(case: Any, person: Any, secret: bool) -> None:
    """A signed Vollmacht."""
    from faden.kernel.errors import Invalid

    with suppress(Invalid):  # reviewed already
        review("power")
    sign(power(case, person, confidential=secret))


def waiting(case: Any, person: Any, secret: bool) -> None:
    """An Entbindung that nobody has signed."""
    release(case, person, confidential=secret)


def original(case: Any, person: Any, secret: bool) -> None:
    """Her Urkunde in our cupboard."""
    from faden.documents.models import Paper

    with acting(AMAL) as by:
        paper = put_paper(case, "Urkunde", by=by, about=about((person.id,), confidential=secret))
        Paper.objects.filter(id=paper.id).update(original="paper_file", original_where="Schrank 2")


def letter(case: Any, person: Any, secret: bool) -> None:
    """A draft."""
    draft(case, plan(about=(person.id,), confidential=secret))


def meeting(case: Any, person: Any, secret: bool) -> None:
    """A Fallkonferenz next week."""
    conference(case, (person.id,), confidential=secret)


def share(case: Any, person: Any, secret: bool) -> None:
    """A chain the course provider works along; nothing confidential is shared."""
    from faden.chains.actions.sharing import share as begin
    from faden.chains.actions.start import Begin, FreeStep, start_free
    from faden.kernel import clock
    from faden.organisations.queries.recipients import as_recipient
    from tests.chains.sharing import PETRA, service_of
    from tests.releasing import consented

    service = service_of(PETRA)
    with acting(AMAL) as by:
        at, classes = clock.now(), ("contact", "language", "school_work")
        consent = consented(person, service, by=by, purpose="Kurs", data_classes=classes)
        made = start_free("Kurskette", "language", [FreeStep("Kurs beginnen")], Begin(person.id, clock.today()), case=case, by=by, at=at)
        begin(
            made.id, recipient=as_recipient(service), consent=consent, until=clock.today() + timedelta(days=20), case=case, by=by, at=at
        )


KINDS = (
    goal, chain, task, appointment, decision, referral, authority, waiting, original, letter, meeting, share,
)  # fmt: skip
