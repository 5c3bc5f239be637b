"""Kontaktnotiz: the form of the note, and of what else came of a talk."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import appointments
from faden.cases.actions import contact_notes as actions
from faden.cases.queries.members import Member
from faden.cases.vocabulary.appointment import AppointmentKind, Attendance
from faden.cases.vocabulary.contact_note import ContactType, Interpreting
from faden.casework.actions.after_talk import Talk
from faden.casework.queries.after_talk import CHAIN_STEP, GOAL_STEP, TASK, AfterTalk, OpenStep
from faden.desk import choices
from faden.desk.about import AboutForm, initial_about
from faden.desk.door import DeskRequest
from faden.desk.forms import Day, Text, initial_of, long_text, moment
from faden.documents.rules.letter_texts import LetterText
from faden.kernel.clock import BERLIN
from faden.kernel.drafts import Kept
from faden.look.forms import CheckboxList, LongSelect, RadioChips
from faden.persons.vocabulary import language_name

# How a talk took place, from how it was planned.
_TYPES = {
    AppointmentKind.OFFICE: ContactType.OFFICE,
    AppointmentKind.TOWN_HALL: ContactType.TOWN_HALL,
    AppointmentKind.HOME: ContactType.HOME,
    AppointmentKind.AGENCY: ContactType.ACCOMPANIED,
    AppointmentKind.PHONE: ContactType.PHONE,
    AppointmentKind.VIDEO: ContactType.VIDEO,
    AppointmentKind.OTHER: ContactType.OUTREACH,
}
_KINDS = {TASK: gettext_lazy("Aufgabe"), GOAL_STEP: gettext_lazy("Plan"), CHAIN_STEP: gettext_lazy("Kette")}
_ATTENDANCE = [("", gettext_lazy("nicht notieren")), *Attendance.choices]


class ContactForm(AboutForm):
    """Preset so that an ordinary talk in the office needs text and one press."""

    text = long_text(gettext_lazy("Was wurde besprochen?"), rows=8)
    life_areas = forms.MultipleChoiceField(
        label=gettext_lazy("Lebensbereiche"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    type = forms.ChoiceField(
        label=gettext_lazy("Art"), choices=ContactType.choices, initial=ContactType.OFFICE
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minuten"), min_value=0, max_value=1440, initial=30)
    day = Day(label=gettext_lazy("Tag"))
    at = forms.TimeField(label=gettext_lazy("Uhrzeit"))
    place = Text(label=gettext_lazy("Ort"), max_length=120, required=False)
    language = forms.ChoiceField(
        widget=LongSelect, label=gettext_lazy("Sprache des Gesprächs"), required=False
    )
    interpreting = forms.ChoiceField(
        label=gettext_lazy("Sprachmittlung"), choices=Interpreting.choices, initial=Interpreting.NONE
    )

    def __init__(self, *args: object, members: list[Member], on: date, **options: object) -> None:
        super().__init__(*args, members=members, **options)
        before = self.initial.get("life_areas", ())
        self.fields["life_areas"].choices = choices.life_areas(on, also=before)  # type: ignore[attr-defined]
        self.fields["language"].choices = choices.languages()  # type: ignore[attr-defined]

    def contact(self) -> actions.Contact:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return actions.Contact(
            happened_at=moment(values["day"], values["at"]),
            type=values["type"],
            place=values["place"],
            minutes=values["minutes"],
            language=values["language"],
            interpreting=values["interpreting"],
            life_areas=tuple(values["life_areas"]),
            text=values["text"],
            about=self.about(),
        )


class StepBoxes(CheckboxList):
    """Open steps; each box knows the life area its step counts for."""

    areas: dict[str, str]

    def create_option(self, name: str, value: Any, *rest: Any, **more: Any) -> dict[str, Any]:
        """Ticking it ticks the life area too, which anybody may take back (faden.js)."""
        option = super().create_option(name, value, *rest, **more)
        if area := self.areas.get(str(value)):
            option["attrs"]["data-area"] = area
        return option


class AfterTalkForm(ContactForm):
    """The note, and what else came of the talk; what is left as it is does nothing."""

    done = forms.MultipleChoiceField(
        label=gettext_lazy("Was ist damit erledigt?"),
        required=False,
        widget=StepBoxes,
        error_messages={
            "invalid_choice": gettext_lazy(
                "Ein angekreuzter Schritt hat sich inzwischen geändert. Bitte sehen Sie noch einmal nach."
            )
        },
    )
    next_make = forms.BooleanField(required=False)
    next_subject = Text(label=gettext_lazy("Worum geht es?"), max_length=200)
    next_day = Day(label=gettext_lazy("Tag"))
    next_starts = forms.TimeField(label=gettext_lazy("Von"))
    next_ends = forms.TimeField(label=gettext_lazy("Bis"))
    next_place = Text(label=gettext_lazy("Ort"), max_length=120, required=False)
    next_interpreter = forms.BooleanField(required=False)
    letter = forms.ChoiceField(label=gettext_lazy("Brief entwerfen"), required=False, widget=RadioChips)

    def __init__(
        self, *args: Any, members: list[Member], shown: AfterTalk, texts: list[LetterText], **options: Any
    ) -> None:
        options["initial"] = {**_proposed(shown), **options.get("initial", {})}
        super().__init__(*args, members=members, **options)
        self.shown = shown
        self.names = {member.person_id: member.card.name for member in members}
        self._offer_steps()
        self._ask_who_came()
        self._propose_next()
        self.fields["letter"].choices = [("", _("kein Brief")), *map(_letter, texts)]  # type: ignore[attr-defined]

    def _propose_next(self) -> None:
        """The box says when, so that it can be ticked without opening anything."""
        proposal = self.shown.proposal
        words = {
            "day": date_format(proposal.day, "D, d.m.Y"),
            "starts": f"{proposal.starts:%H:%M}",
            "ends": f"{proposal.ends:%H:%M}",
        }
        self.fields["next_make"].label = (
            _("Termin vormerken. Vorschlag: %(day)s, %(starts)s bis %(ends)s") % words
        )
        if proposal.language:
            spoken = {"language": language_name(proposal.language)}
            self.fields["next_interpreter"].label = _("Sprachmittlung in: %(language)s") % spoken
        else:
            del self.fields["next_interpreter"]

    def _offer_steps(self) -> None:
        field, steps = self.fields["done"], self.shown.steps
        field.choices = [(step.key, self._told(step)) for step in steps]  # type: ignore[attr-defined]
        field.widget.areas = {step.key: step.life_area for step in steps}  # type: ignore[attr-defined]

    def _told(self, step: OpenStep) -> str:
        """What it is, and in a family whose."""
        whose = (
            [self.names[person] for person in step.persons if person in self.names]
            if len(self.names) > 1
            else []
        )
        until = _("bis %(day)s") % {"day": f"{step.due_on:%d.%m.%Y}"} if step.due_on else ""
        about = " · ".join(filter(None, [str(_KINDS[step.kind]), *whose, step.holder, until]))
        return format_html('{} <span class="f-small f-muted">{}</span>', step.title, about)

    def _ask_who_came(self) -> None:
        for person in self.shown.meeting.persons if self.shown.meeting else ():
            name, chosen = f"came_{person}", self.shown.attended.get(person, "")
            # Who has left the case since is not asked about.
            if person in self.names:
                self.fields[name] = forms.ChoiceField(
                    label=self.names[person], choices=_ATTENDANCE, widget=RadioChips, required=False
                )
                self.initial.setdefault(name, chosen)

    @property
    def came_fields(self) -> list[forms.BoundField]:
        """One question for each person of today's appointment."""
        return [self[name] for name in self.fields if name.startswith("came_")]

    @property
    def next_fields(self) -> list[forms.BoundField]:
        """When, where and what about, beside each other."""
        return [self[f"next_{name}"] for name in ("day", "starts", "ends", "place", "subject")]

    @property
    def interpreter_fields(self) -> list[forms.BoundField]:
        """Whether somebody interprets, where she needs it."""
        return [self["next_interpreter"]] if "next_interpreter" in self.fields else []

    def clean(self) -> dict[str, Any]:
        """Without an appointment nothing is asked about it."""
        values = super().clean() or {}
        if not values.get("next_make"):
            for field in self.next_fields:
                self.errors.pop(field.name, None)
        return values

    def talk(self) -> Talk:
        """The values as the verb takes them."""
        values, steps = self.cleaned_data, {step.key: step for step in self.shown.steps}
        return Talk(
            self.contact(),
            done=tuple(steps[key] for key in values["done"]),
            meeting=self.shown.meeting,
            attended=dict(self._came()),
            next=self._planned() if values["next_make"] else None,
            letter=values["letter"],
        )

    def _came(self) -> Iterator[tuple[UUID, str]]:
        """Only what is said anew."""
        for person in self.shown.meeting.persons if self.shown.meeting else ():
            said = self.cleaned_data.get(f"came_{person}")
            if said and said != self.shown.attended.get(person):
                yield person, said

    def _planned(self) -> appointments.Planned:
        values, proposal = self.cleaned_data, self.shown.proposal
        return appointments.Planned(
            subject=values["next_subject"],
            starts_at=moment(values["next_day"], values["next_starts"]),
            ends_at=moment(values["next_day"], values["next_ends"]),
            place=values["next_place"],
            interpreter_language=proposal.language if values.get("next_interpreter") else "",
            about=self.about(),
            kind=proposal.kind,
        )


def _letter(text: LetterText) -> tuple[str, str]:
    """The texts that the software brings are German, whatever the page speaks."""
    return text.code, format_html('<span lang="de">{}</span>', text.title)


def _proposed(shown: AfterTalk) -> dict[str, object]:
    """The next appointment as it is proposed; nothing of it happens before it is ticked."""
    proposal = shown.proposal
    return {
        "next_subject": proposal.subject,
        "next_day": proposal.day,
        "next_starts": proposal.starts,
        "next_ends": proposal.ends,
        "next_place": proposal.place,
        "next_interpreter": bool(proposal.language),
        "letter": "",
    }


def from_meeting(shown: AfterTalk, *, now: Any) -> dict[str, object]:
    """What a note about this appointment begins with; one that is still to come begins now."""
    meeting = shown.meeting
    if meeting is None:
        return {}
    begun = meeting.starts_at <= now
    starts, minutes = meeting.starts_at.astimezone(BERLIN), meeting.ends_at - meeting.starts_at
    preset: dict[str, object] = {
        "type": _TYPES[AppointmentKind(meeting.kind)],
        "place": meeting.place,
        "language": meeting.interpreter_language,
        **initial_about(meeting),
    }
    if begun:
        preset |= {
            "day": starts.date(),
            "at": starts.time(),
            "minutes": min(int(minutes.total_seconds() // 60), 1440),
        }
        preset |= {
            f"came_{person}": shown.attended.get(person, Attendance.CAME) for person in meeting.persons
        }
    return preset


def left_there(kept: Kept | None, request: DeskRequest) -> dict[str, object]:
    """What a draft says, who came included: these questions stand in no other form."""
    told = initial_of(AfterTalkForm, kept, request)
    came = (
        {name: values[-1] for name, values in kept.values.items() if name.startswith("came_")}
        if kept and told
        else {}
    )
    return {**told, **came}
