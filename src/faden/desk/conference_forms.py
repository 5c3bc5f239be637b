"""The forms around a Fallkonferenz: planned, who sits there and by what, points, minutes, agreements."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions.appointments import Planned
from faden.cases.actions.concerning import About
from faden.cases.queries.members import Member
from faden.cases.vocabulary.appointment import AppointmentKind
from faden.consents.vocabulary import Channel, DataClass
from faden.desk import choices
from faden.desk.about import AboutForm
from faden.desk.chain_forms import HolderForm
from faden.desk.choices import Choices
from faden.desk.forms import Day, DeskForm, Text, long_text, moment
from faden.look.forms import CheckboxList, LongSelect
from faden.organisations.queries.recipients import Recipient, recipient
from faden.referrals.actions.conferences import Heard, OnAgenda, Seated, Wished
from faden.referrals.actions.minutes import Noted
from faden.referrals.queries.conferences import Point, Row
from faden.referrals.vocabulary import HearsBy, ParticipantKind

# Who comes along has no row of her own: only her part and a name.
_ALONG = (ParticipantKind.INTERPRETER, ParticipantKind.COMPANION)


class ConferenceForm(AboutForm):
    """What it is called, about whom, the question, when and where."""

    field_order: tuple[str, ...] = ("subject", "persons", "question", "day", "starts", "ends", "place", "interpreter_language", "confidential")

    subject = Text(
        label=gettext_lazy("Wie soll die Konferenz heißen?"), max_length=200,
        help_text=gettext_lazy("Steht so in Ihrem Kalender. In Einladungen und Protokollen für andere steht es nicht."),
    )  # fmt: skip
    question = long_text(gettext_lazy("Welche Frage soll die Runde klären?"), required=True, rows=3)
    day = Day(label=gettext_lazy("Tag"))
    starts = forms.TimeField(label=gettext_lazy("Von"))
    ends = forms.TimeField(label=gettext_lazy("Bis"))
    place = Text(label=gettext_lazy("Ort"), max_length=120)
    interpreter_language = forms.ChoiceField(widget=LongSelect, label=gettext_lazy("Sprachmittlung in"), required=False)

    def __init__(self, *args: object, members: list[Member], asks_whom: bool = True, **options: object) -> None:
        super().__init__(*args, members=members, **options)
        self.fields["interpreter_language"].choices = choices.languages(_("nicht nötig"))  # type: ignore[attr-defined]
        if "persons" in self.fields:
            self.fields["persons"].label = _("Über wen wird gesprochen?")
            if not asks_whom:
                del self.fields["persons"], self.fields["confidential"]

    def wished(self, *, now: Any = None, seen: int = 0) -> Wished:
        """The values as the verbs take them; `now`: the appointment whose other columns stay, `seen` its version."""
        values = self.cleaned_data
        planned = Planned(
            subject=values["subject"],
            starts_at=moment(values["day"], values["starts"]),
            ends_at=moment(values["day"], values["ends"]),
            place=values["place"],
            interpreter_language=values["interpreter_language"],
            about=About(tuple(now.persons), now.confidential) if now else self.about(),
            kind=now.kind if now else AppointmentKind.OTHER,
            others=now.others if now else "",
        )
        return Wished(planned, values["question"], seen)


class SeatForm(DeskForm):
    """Who sits there: from the case, our service, another body, or somebody who comes along."""

    who = forms.ChoiceField(label=gettext_lazy("Wer nimmt teil?"), widget=LongSelect)
    name = Text(
        label=gettext_lazy("Name und Aufgabe"), max_length=120, required=False,
        help_text=gettext_lazy("Bei einer anderen Stelle und bei Begleitung: „Frau Nowak, Vermittlung“. So steht es im Protokoll."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, members: Sequence[Member], colleagues: Choices, recipients: Iterable[Recipient], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        groups = (
            (_("Aus dem Fall"), [(f"person:{one.person_id}", one.card.name) for one in members]),
            (_("Unser Dienst"), [(f"member:{key}", name) for key, name in colleagues]),
            (_("Andere Stellen"), [(f"to:{one.key}", one.name) for one in recipients]),
            (_("Begleitung"), [(f"along:{one.value}", str(one.label)) for one in _ALONG]),
        )
        self.fields["who"].choices = [("", _("bitte wählen")), *((name, found) for name, found in groups if found)]  # type: ignore[attr-defined]

    def seated(self, *, but: int) -> Seated:
        """The values as the verb takes them."""
        kind, _colon, key = self.cleaned_data["who"].partition(":")
        name = self.cleaned_data["name"]
        if kind == "person":
            return Seated(ParticipantKind.CLIENT, person=UUID(key))
        if kind == "member":
            return Seated(ParticipantKind.STAFF, member=UUID(key))
        if kind == "to":
            return Seated(ParticipantKind.RECIPIENT, name, recipient=recipient(key, but=but))
        return Seated(ParticipantKind(key), name)


class HearsForm(DeskForm):
    """One question for each person spoken of: by what may this one hear of her?"""

    mark_optional = False

    def __init__(self, *args: Any, asked: Iterable[tuple[UUID, str, Choices, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for person, name, offered, now in asked:
            self.fields[f"by_{person.hex}"] = forms.ChoiceField(
                label=_("Über %(name)s") % {"name": name}, choices=offered, initial=now, widget=forms.RadioSelect
            )

    def heard(self) -> list[Heard]:
        """The values as the verb takes them."""
        found = []
        for name, value in self.cleaned_data.items():
            by, _colon, ground = value.partition(":")
            found.append(Heard(UUID(name.removeprefix("by_")), HearsBy(by), UUID(ground) if ground else None))
        return found


class PointForm(DeskForm):
    """A point of the agenda."""

    title = Text(label=gettext_lazy("Worum geht es?"), max_length=200)
    person = forms.ChoiceField(
        label=gettext_lazy("Über wen?"), required=False, widget=forms.RadioSelect,
        help_text=gettext_lazy("Was zwei betrifft, wird zwei Punkte: Jede Person hat ihre eigene Grundlage."),
    )  # fmt: skip
    data_class = forms.ChoiceField(
        label=gettext_lazy("Zu welchen Angaben gehört es?"), required=False, widget=forms.RadioSelect, choices=DataClass.choices
    )

    def __init__(self, *args: Any, persons: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        people = [(str(key), name) for key, name in persons]
        self.fields["person"].choices = [*people, ("", _("über niemanden: Begrüßung, Ablauf, nächster Termin"))]  # type: ignore[attr-defined]

    def point(self) -> OnAgenda:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return OnAgenda(values["title"], UUID(values["person"]) if values["person"] else None, values["data_class"])


class MinutesForm(DeskForm):
    """Who came (the first time), and to each point what was said and agreed."""

    mark_optional = False

    def __init__(self, *args: Any, rows: Sequence[Row], points: Sequence[Point], asks_who_came: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.points = points
        if asks_who_came:
            self.fields["came"] = forms.MultipleChoiceField(
                label=_("Wer war da?"), widget=CheckboxList, required=False,
                choices=[(str(row.id), f"{row.name} ({row.function})" if row.function not in row.name else row.name) for row in rows],
                initial=[str(row.id) for row in rows],
            )  # fmt: skip
        for one in points:
            self.fields[f"said_{one.id.hex}"] = long_text(_("Was wurde gesagt?"), rows=3)
            self.fields[f"agreed_{one.id.hex}"] = long_text(_("Was ist vereinbart?"), rows=2)
            self.fields[f"who_{one.id.hex}"] = Text(label=_("Wer macht es?"), max_length=200, required=False)
            self.fields[f"until_{one.id.hex}"] = Day(label=_("Bis wann?"), required=False)
            start = {"said": one.said, "agreed": one.agreed, "who": one.who, "until": one.until_on}
            self.initial = {**{f"{name}_{one.id.hex}": value for name, value in start.items()}, **self.initial}

    @property
    def by_point(self) -> list[tuple[Point, list[forms.BoundField]]]:
        """The four fields of each point."""
        return [(one, [self[f"{name}_{one.id.hex}"] for name in ("said", "agreed", "who", "until")]) for one in self.points]

    def came(self) -> set[UUID]:
        """Those who were there."""
        return {UUID(key) for key in self.cleaned_data.get("came", ())}

    def noted(self) -> dict[UUID, Noted]:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return {
            one.id: Noted(*(values[f"{name}_{one.id.hex}"] for name in ("said", "agreed", "who", "until"))) for one in self.points
        }


class SendForm(DeskForm):
    """How the minutes reach one reader."""

    channel = forms.ChoiceField(label=gettext_lazy("Auf welchem Weg?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, to: Recipient, **options: Any) -> None:
        super().__init__(*args, **options)
        first = [Channel.INBOX] if to.has_account else [Channel.LINK] if to.email else []
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in (*first, Channel.LETTER, Channel.IN_PERSON)
        ]


class AgreedTaskForm(DeskForm):
    """A task of us from an agreement."""

    title = Text(label=gettext_lazy("Was ist zu tun?"), max_length=200)
    due_on = Day(label=gettext_lazy("Fällig am"), required=False)
    assignee = forms.ChoiceField(label=gettext_lazy("Wer?"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["assignee"].choices = choices.workers(today)  # type: ignore[attr-defined]


class AgreedStepForm(HolderForm):
    """A step of a chain from an agreement, with its holder."""

    field_order = ("chain", "title", "due_on", "holder", "holder_person", "agency_kind", "agency")
    chain = forms.ChoiceField(label=gettext_lazy("In welcher Kette?"))
    title = Text(label=gettext_lazy("Was ist der Schritt?"), max_length=160)
    due_on = Day(label=gettext_lazy("Vereinbart bis"), required=False)

    def __init__(self, *args: Any, chains: Choices, members: Sequence[Member], whose: UUID | None, **options: Any) -> None:
        super().__init__(*args, members=members, whose=whose or UUID(int=0), **options)
        self.fields["chain"].choices = chains  # type: ignore[attr-defined]
