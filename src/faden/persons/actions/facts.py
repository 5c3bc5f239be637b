"""Recording what is known about a person: corrected by a new row, ended on a day, never overwritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid
from faden.organisations.queries.services import employer_of
from faden.persons.actions.changes import facts_changed
from faden.persons.models import Address, DatedFact, Person, Speaking
from faden.persons.queries.fact_kinds import KINDS, Kind, kind_of
from faden.persons.queries.facts import Line, line_of, period_of, rows_of
from faden.persons.rules import public_body
from faden.persons.rules.periods import Period, Taken, make_room
from faden.persons.vocabulary import (
    FACT_CORRECTED,
    FACT_ENDED,
    FACT_NOTED,
    CorrectionReason,
    FactKind,
    KnownFrom,
)


@dataclass(frozen=True)
class Stated:
    """What somebody says about a person: the columns of the kind, from when until when, from where known."""

    values: Mapping[str, object]
    period: Period = Period()
    known_from: str = KnownFrom.TOLD
    # A public body reads the notice of § 87 AufenthG before it writes down a status.
    notice_read: bool = False


@dataclass(frozen=True)
class Written:
    """The row, and what had to give way: the worker is told."""

    row: DatedFact
    moved: tuple[Line, ...] = ()
    ends_on: date | None = None

    def told(self) -> list[str]:
        """What changed besides, in sentences without facts: they travel in a cookie and stand on whatever page comes next."""
        sentences = [_("Ein früherer Eintrag hat dafür ein anderes Ende oder einen anderen Anfang bekommen.")] if self.moved else []
        if self.ends_on:
            sentences.append(_("Der neue Eintrag endet, bevor ein anderer beginnt, der schon eingetragen ist."))
        return sentences


def record(kind: FactKind, stated: Stated, *, person: Person, by: Actor, on: date, at: datetime) -> Written:
    """A new fact; where only one holds at a time, the one before ends the day before."""
    _check(kind, stated, by=by)
    person = _locked(person)
    noted = _New(KINDS[kind], stated, person.id)
    written = _place(noted, by=by, on=on, at=at)
    about = _about(written.row, notice=stated.notice_read)
    audit.note(FACT_NOTED, by=by, at=at, subject=person.id, **about)
    _after(person, written.row, by=by, on=on)
    return written


def correct(
    row: DatedFact, stated: Stated, because: CorrectionReason, *, by: Actor, on: date, at: datetime
) -> Written:
    """What we know now instead: a new row in place of the old one, which stays as it was believed."""
    kind = kind_of(row)
    _check(kind.code, stated, by=by)
    person = _locked(row.person)
    noted = _New(kind, stated, person.id, instead_of=row)
    _refuse_if_replaced(row, noted)
    if not noted.differs_from(row):
        raise Invalid(_("Sie haben nichts geändert."))
    _supersede(row, because, by=by, at=at)
    written = _place(noted, by=by, on=on, at=at)
    about = _about(written.row, because=because.value, notice=stated.notice_read)
    audit.note(FACT_CORRECTED, by=by, at=at, subject=person.id, **about)
    _after(person, written.row, by=by, on=on)
    return written


def end(row: DatedFact, last_day: date, *, by: Actor, on: date, at: datetime) -> Written:
    """It held until this day."""
    person, kind = _locked(row.person), kind_of(row)
    noted = _New(kind, _as_stated(row, replace(period_of(row), last=last_day)), person.id, instead_of=row)
    _refuse_if_replaced(row, noted)
    if row.from_on and last_day < row.from_on:
        raise Invalid(_("Das Ende liegt vor dem Anfang."), "last_day")
    if row.until_on and last_day >= row.until_on:
        raise Invalid(
            _("So lange gilt es ohnehin höchstens. Einen späteren Tag tragen Sie als Berichtigung ein."),
            "last_day",
        )
    _supersede(row, CorrectionReason.ENDED, by=by, at=at)
    written = Written(noted.save(by=by, at=at))
    audit.note(FACT_ENDED, by=by, at=at, subject=person.id, **_about(written.row))
    _after(person, written.row, by=by, on=on)
    return written


def strike(row: DatedFact, *, by: Actor, on: date, at: datetime) -> None:
    """It never held and nothing takes its place; the row stays in the history."""
    person = _locked(row.person)
    _refuse_if_replaced(row, None)
    _supersede(row, CorrectionReason.MISTAKE, by=by, at=at)
    about = _about(row, because=CorrectionReason.MISTAKE.value)
    audit.note(FACT_CORRECTED, by=by, at=at, subject=person.id, **about)
    _after(person, row, by=by, on=on)


@dataclass(frozen=True)
class _New:
    """A row about to be written."""

    kind: Kind
    stated: Stated
    person_id: UUID
    instead_of: DatedFact | None = None

    @property
    def values(self) -> dict[str, object]:
        """Every column of the kind: what was not asked for stays as it was, or is empty."""
        empty = self.kind.model()
        return {
            column: self.stated.values.get(name, getattr(self.instead_of or empty, column))
            for name, column in zip(self.kind.fields, self.kind.columns, strict=True)
        }

    def unsaved(self) -> DatedFact:
        """As it would stand."""
        return self.kind.model(
            person_id=self.person_id,
            from_on=self.stated.period.first,
            until_on=self.stated.period.last,
            known_from=self.stated.known_from,
            **self.values,
        )

    def differs_from(self, row: DatedFact) -> bool:
        """Says something else, for other days, or knows it from elsewhere."""
        compared = (*self.kind.columns, "from_on", "until_on", "known_from")
        new = self.unsaved()
        return any(getattr(new, column) != getattr(row, column) for column in compared)

    def save(self, *, by: Actor, at: datetime) -> DatedFact:
        """Write it."""
        row = self.unsaved()
        row.organisation_id, row.replaces = by.organisation_id, self.instead_of
        row.noted_at, row.noted_by = at, by.person
        row.save(force_insert=True)
        return row


def _check(kind: FactKind, stated: Stated, *, by: Actor) -> None:
    if stated.period.is_backwards:
        raise Invalid(_("Das Ende liegt vor dem Anfang."), "until_on")
    employer = employer_of(by.organisation_id)
    absent = public_body.absent(kind, is_public=employer.is_public)
    if not absent.isdisjoint(stated.values) or (
        employer.is_public and stated.values.get("paper") in public_body.ABSENT_PAPERS
    ):
        raise Invalid(_("Diese Angabe nimmt eine öffentliche Stelle nicht auf."))
    if employer.must_report and kind in public_body.STATUS and not stated.notice_read:
        raise Invalid(_("Bitte lesen Sie zuerst den Hinweis zu § 87 AufenthG."), "notice_read")


def _locked(person: Person) -> Person:
    """One writer at a time for one person's facts: two would each see the days free."""
    return Person.objects.select_for_update().get(id=person.id)


def _refuse_if_replaced(row: DatedFact, wanted: _New | None) -> None:
    kind = kind_of(row)
    rows = rows_of(kind).filter(person_id=row.person_id)
    if rows.filter(id=row.id, superseded_at__isnull=True).exists():
        return
    theirs = next(
        (_said(now) for now in rows if now.superseded_at is None and _goes_back_to(now, row, rows)),
        _("gestrichen"),
    )
    yours = _said(wanted.unsaved()) if wanted else _("gestrichen")
    raise Conflict(
        _("Diese Angabe wurde inzwischen von jemand anderem geändert."),
        ((str(kind.code.label), theirs, yours),),
    )


def _goes_back_to(now: DatedFact, row: DatedFact, rows: Iterable[DatedFact]) -> bool:
    by_id = {one.id: one for one in rows}
    found: DatedFact | None = now
    while found and found.id != row.id:
        found = by_id.get(found.replaces_id) if found.replaces_id else None
    return found is not None


def _said(row: DatedFact) -> str:
    """In a sentence beside the page: of an address only since when, it may be somebody's secret."""
    line = line_of(row, {})
    if isinstance(row, Address):
        return line.days or _("ohne Tag")
    return ", ".join(filter(None, (line.text, *line.details, line.days)))


def _place(noted: _New, *, by: Actor, on: date, at: datetime) -> Written:
    """Write the row where only one holds at a time: others end before it, or it ends before them."""
    others = _same_slot(noted)
    try:
        room = make_room(noted.stated.period, [period_of(row) for row in others], today=on)
    except Taken as taken:
        there = _said(others[taken.by])
        if noted.stated.period.first is None:
            raise Invalid(
                _("Bitte tragen Sie ein, ab wann das gilt. Bisher steht hier: %(text)s.") % {"text": there},
                "from_on",
            ) from None
        raise Invalid(
            _(
                "In diesen Tagen ist schon eingetragen: %(text)s. Bitte berichtigen Sie zuerst diesen Eintrag."
            )
            % {"text": there},
            "from_on",
        ) from None
    moved = [
        _New(noted.kind, _as_stated(others[place], period), noted.person_id, instead_of=others[place])
        for place, period in room.moved.items()
    ]
    for other in moved:
        assert other.instead_of is not None
        _supersede(other.instead_of, CorrectionReason.CHANGED, by=by, at=at)
    ids = [other.save(by=by, at=at).id for other in moved]
    row = replace(noted, stated=replace(noted.stated, period=room.period)).save(by=by, at=at)
    shortened = room.period.last if room.period != noted.stated.period else None
    lines = tuple(line_of(other, {}) for other in rows_of(noted.kind).filter(id__in=ids))
    return Written(row, lines, shortened)


def _same_slot(noted: _New) -> list[DatedFact]:
    """The standing rows that cannot hold on the same day."""
    if noted.kind.slot is None:
        return []
    found = rows_of(noted.kind).filter(
        person_id=noted.person_id,
        superseded_at__isnull=True,
        **{column: noted.values[column] for column in noted.kind.slot},
    )
    return list(found.order_by("from_on", "id"))


def _as_stated(row: DatedFact, period: Period) -> Stated:
    return Stated({}, period, row.known_from)


def _supersede(row: DatedFact, because: CorrectionReason, *, by: Actor, at: datetime) -> None:
    row.superseded_at, row.superseded_by, row.superseded_because = at, by.person, because
    row.save(update_fields=["superseded_at", "superseded_by", "superseded_because"])


def _about(row: DatedFact, **more: str | bool) -> dict[str, str | bool]:
    """What the log says of it: codes and ids."""
    return {
        "kind": kind_of(row).code.value,
        "fact": str(row.id),
        **{name: value for name, value in more.items() if value},
    }


def _after(person: Person, row: DatedFact, *, by: Actor, on: date) -> None:
    """What follows from a changed fact, at once and a moment later."""
    _keep_in_step(person, row, on=on)
    facts_changed(person.id, by=by)


def _keep_in_step(person: Person, row: DatedFact, *, on: date) -> None:
    """Town and languages stand with the person too, for lists and the banner: nothing is typed twice."""
    if isinstance(row, Address):
        _keep_town(person, on)
    elif isinstance(row, Speaking):
        _keep_languages(person, on)


def _keep_town(person: Person, on: date) -> None:
    standing = Address.objects.filter(person=person, superseded_at__isnull=True)
    now = next((row for row in standing if period_of(row).holds_on(on)), None)
    if now and now.municipality_id and now.municipality_id != person.municipality_id:
        person.municipality_id = now.municipality_id
        _save(person, "municipality")


def _keep_languages(person: Person, on: date) -> None:
    """Languages of facts follow their facts; others, from the day the case was opened, stay."""
    rows = list(Speaking.objects.filter(person=person).order_by("noted_at"))
    known = {row.language for row in rows}
    now = [row for row in rows if row.superseded_at is None and period_of(row).holds_on(on)]
    languages = list(dict.fromkeys(row.language for row in now))
    languages += [code for code in person.languages if code not in known]
    needed = [row.language for row in now if row.needs_interpreter]
    kept = person.interpreter_language if person.interpreter_language not in known else ""
    interpreter = needed[0] if needed else kept
    if (languages, interpreter) != (person.languages, person.interpreter_language):
        person.languages, person.interpreter_language = languages, interpreter
        _save(person, "languages", "interpreter_language")


def _save(person: Person, *columns: str) -> None:
    person.version += 1
    person.save(update_fields=[*columns, "version"])
