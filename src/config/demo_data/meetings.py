"""Who interprets and where one asks; appointments that were, with who came, and the next ones with their reminders."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from faden.cases.actions import appointments, attendance, interpreters, reminders
from faden.cases.actions.concerning import About
from faden.cases.models import Appointment, Case, InterpreterRequest
from faden.cases.queries.reminders import Due
from faden.cases.rules.interpreters import cost
from faden.cases.vocabulary.appointment import AppointmentKind, ReminderState
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.persons.models import Person

KINDS = (AppointmentKind.OFFICE, AppointmentKind.HOME, AppointmentKind.PHONE, AppointmentKind.AGENCY)
PLACES = {AppointmentKind.OFFICE: "Raum 2", AppointmentKind.AGENCY: "Jobcenter, Eingang B"}
CAME = ("came", "came", "missed", "came", "excused")
SOURCES = (
    interpreters.Offer(
        "Sprachmittlungspool des Kreises", ("ar", "prs", "fa", "uk", "ru", "tr", "kmr", "ti"), ("on_site",), 5, 3800,
        "Formular im Serviceportal, Telefon 02861 000-0",
    ),
    interpreters.Offer("Telefondolmetschen Nordwest", (), ("phone", "video"), 0, 5400, "0800 000 00 00, Kennung am Rechner"),
    interpreters.Offer("Ehrenamtliche Sprachlotsen", ("ar", "uk", "tr"), ("on_site", "phone"), 2, None, "sprachlotsen@muster.example"),
)  # fmt: skip


def sources(by: Actor, *, now: datetime) -> None:
    """Whom the service asks; before the cases, so that each appointment finds one that fits."""
    for offer in SOURCES:
        interpreters.add_source(offer, by=by, at=now)


def run(by: Actor, *, today: date, now: datetime) -> None:
    """What became of the appointments of one worker."""
    me = UUID(by.membership_id)
    cases = Case.objects.exclude(phase="closed").filter(lead_id=me).select_related("person")
    for n, case in enumerate(cases.order_by("number")[:12]):
        _was(case, n, by=by, today=today, now=now)
    coming = Appointment.objects.filter(host_id=me, starts_at__gt=now, case__isnull=False)
    for n, row in enumerate(coming.select_related("case").order_by("starts_at")[:12]):
        _is_to_come(row, n, by=by, now=now)
    open_ones = InterpreterRequest.objects.filter(
        appointment__host_id=me, appointment__starts_at__gt=now, state="needed", source__isnull=False
    )
    for n, asked in enumerate(open_ones.select_related("appointment").order_by("asked_for")[:2]):
        _ask(asked, confirmed=n == 1, by=by, now=now)


def _ask(asked: InterpreterRequest, *, confirmed: bool, by: Actor, now: datetime) -> None:
    """One is asked for; another one has said yes."""
    said = interpreters.Asked(asked.source_id, asked.way, "lieber eine Frau")  # type: ignore[arg-type]
    interpreters.ask(asked, said, appointment=asked.appointment, seen=asked.version, by=by, at=now)
    if confirmed:
        interpreters.answered(asked, confirmed=True, interpreter="Frau Aziz", seen=asked.version + 1, by=by, at=now)


def _was(case: Case, n: int, *, by: Actor, today: date, now: datetime) -> None:
    """Some weeks ago, with who came, and what the interpreter cost."""
    kind = KINDS[n % len(KINDS)]
    starts = datetime.combine(today - timedelta(days=9 * n + 5), time(9 + n % 6), tzinfo=clock.BERLIN)
    planned = appointments.Planned(
        "Beratungsgespräch", starts, starts + timedelta(minutes=60), PLACES.get(kind, ""), case.person.interpreter_language,
        About((case.person_id,)), kind=kind, others="Frau Muster, Jobcenter" if kind == AppointmentKind.AGENCY else "",
    )  # fmt: skip
    booked = starts - timedelta(days=12)
    met = appointments.make(planned, case=case, by=by, at=booked)
    state = CAME[n % len(CAME)]
    attendance.note(met, met.persons[0], state, by=by, at=now)
    asked = InterpreterRequest.objects.filter(appointment=met).first()
    if asked is None or asked.source_id is None or state != "came":
        return
    said = interpreters.Asked(asked.source_id, asked.way)
    interpreters.ask(asked, said, appointment=met, seen=asked.version, by=by, at=booked)
    interpreters.answered(asked, confirmed=True, seen=asked.version + 1, by=by, at=booked)
    price = cost(60, asked.source.cents_an_hour) if asked.source else None
    interpreters.finish(asked, interpreters.Done(60, price), seen=asked.version + 2, by=by, at=now)


def _is_to_come(row: Appointment, n: int, *, by: Actor, now: datetime) -> None:
    """Some answered, for some a slip waits."""
    assert row.case is not None
    if n % 4 == 1:
        appointments.answered(row, "coming", case=row.case, seen_version=row.version, by=by, at=now)
    if n % 4 == 2:
        person = Person.objects.get(id=row.persons[0])
        reminders.wish(person, way="print", language="", by=by, at=now)
        reminders.settle(_slip(row, person), ReminderState.TO_PRINT, by=by, at=now)


def _slip(row: Appointment, person: Person) -> Due:
    language = next(iter(person.languages), "")
    assert row.case_id is not None
    return Due(row.id, row.case_id, person.id, row.starts_at, language, "", True, ReminderState.TO_PRINT)
