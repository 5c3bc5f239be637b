"""What rests on law and on trust: a court's order that waits for the second person, a Notzugriff of last week with what was said."""

from datetime import date, datetime, timedelta

from faden.cases.actions import by_law, emergencies
from faden.cases.actions.concerning import About
from faden.cases.models import Case
from faden.cases.vocabulary.case import EmergencyVerdict
from faden.consents.actions.lawful import ByLaw
from faden.consents.vocabulary import DataClass, LawNorm
from faden.kernel.actor import Actor
from faden.organisations.actions import agencies
from faden.organisations.queries.memberships import as_actor, colleagues
from faden.organisations.queries.recipients import as_recipient
from faden.persons.models import Person

FACTS = (
    "Beschluss vom 12. des Monats, heute per Post gekommen: Das Familiengericht fragt, ob Sami den Kurs besucht und ob die Wohnung"
    " für die Familie reicht. Rima und Khaled kennen den Beschluss, er ging auch an sie."
)


def run(case: Case, person: Person, *, by: Actor, today: date, now: datetime) -> None:
    """In the family's case; the colleague and the team lead are those of the service."""
    court = agencies.note(agencies.Described("Amtsgericht Musterstadt, Familiengericht (Beispiel)", "andere"), by=by, at=now)
    said = ByLaw(
        as_recipient(court), LawNorm.COURT, FACTS, "Bericht an das Familiengericht",
        (DataClass.CONTACT, DataClass.SCHOOL_WORK, DataClass.BENEFITS_HOUSING), informed_on=today,
    )  # fmt: skip
    by_law.ask(case, said, about=About((person.id,)), by=by, at=now, today=today)
    staff = [as_actor(one) for one in colleagues(on=today).select_related("organisation")]
    other = next((one for one in staff if one.role == "case_manager" and one.user_id != by.user_id), None)
    lead = next((one for one in staff if one.role == "team_lead" and other and one.user_id != other.user_id), None)
    if other and lead:
        _last_week(case, other, lead, now - timedelta(days=6))


def _last_week(case: Case, other: Actor, lead: Actor, at: datetime) -> None:
    words = "Steht mit dem gekündigten Mietvertrag im Büro, Räumung morgen früh, Fallführung im Zug."
    opening = emergencies.break_glass(case, words=words, hours=2, by=other, at=at)
    emergencies.give_back(case, by=other, at=at + timedelta(minutes=50))
    said = "Richtig so. Bitte in der Teamsitzung besprechen, wer freitags erreichbar ist."
    emergencies.review(opening.id, EmergencyVerdict.JUSTIFIED, words=said, by=lead, at=at + timedelta(days=1))
