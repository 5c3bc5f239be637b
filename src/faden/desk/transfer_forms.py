"""The forms of a Fallübergabe: who goes to whom, what is told of her, where each open part goes, who arrives."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.members import Member
from faden.cases.vocabulary.course import Satisfaction
from faden.consents.queries.declarations import StandingConsent
from faden.consents.vocabulary import DataClass
from faden.desk import choices
from faden.desk.door import DeskRequest
from faden.desk.forms import Day, DeskForm, Text, long_text
from faden.look.forms import CheckboxList, LongSelect
from faden.organisations.queries.recipients import Recipient, recipient
from faden.referrals.actions.taking_over import Accepting, Arriving
from faden.referrals.actions.transfers import Frame
from faden.referrals.queries.arriving import ArrivedCopy
from faden.referrals.queries.transfer_rows import Goer, PartRow
from faden.referrals.rules.transfers import Hers, Placed
from faden.referrals.vocabulary import GoesTo, TransferReason

CHOOSE = ("", gettext_lazy("bitte wählen"))
ABOUT, GOES, WORDS, TOLD, KNOWN, REST, REST_TOLD = "about_", "goes_", "words_", "class_", "known_", "rest_", "resttold_"
# From so many parts of one kind on, one answer is offered for all of them that have none of their own.
MANY = 4


class FrameForm(DeskForm):
    """Who goes, where to, why, and how long both services work."""

    recipient = forms.ChoiceField(
        label=gettext_lazy("Welcher Dienst übernimmt?"), widget=LongSelect,
        help_text=gettext_lazy("Nur Dienste, die selbst Fälle in Faden führen. Ausländer- und Einbürgerungsbehörden nie."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=gettext_lazy("Warum?"), choices=TransferReason.choices, widget=forms.RadioSelect
    )
    persons = forms.MultipleChoiceField(
        label=gettext_lazy("Wer geht über?"), widget=CheckboxList,
        help_text=gettext_lazy("Jede Person nur mit ihrer eigenen Einwilligung."),
    )  # fmt: skip
    overlap_until = Day(
        label=gettext_lazy("Überleitung bis"),
        help_text=gettext_lazy("Bis dahin arbeiten beide Dienste. In der Nacht danach endet unsere Begleitung, wenn nichts mehr bei uns liegt."),
    )  # fmt: skip
    together_on = Day(label=gettext_lazy("Gemeinsames Gespräch am"), required=False)

    def __init__(self, *args: Any, members: list[Member], services: Iterable[Recipient], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["recipient"].choices = [CHOOSE, *((one.key, one.name) for one in services)]  # type: ignore[attr-defined]
        self.only = tuple(member.person_id for member in members) if len(members) == 1 else ()
        if self.only:
            del self.fields["persons"]
        else:
            self.fields["persons"].choices = [(str(one.person_id), one.card.name) for one in members]  # type: ignore[attr-defined]

    def frame(self, *, but: int) -> Frame:
        """The values as the verbs take them."""
        values = self.cleaned_data
        persons = self.only or tuple(UUID(key) for key in values["persons"])
        return Frame(
            recipient(values["recipient"], but=but), values["reason"], persons, values["overlap_until"], values["together_on"]
        )


class PersonForm(DeskForm):
    """On which consent one person goes; and under each data class it names, what is said."""

    consent = forms.ChoiceField(label=gettext_lazy("Auf welcher Einwilligung?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, grounds: Iterable[StandingConsent], **options: Any) -> None:
        super().__init__(*args, **options)
        standing = list(grounds)
        self.fields["consent"].choices = [(str(one.id), one.words) for one in standing]  # type: ignore[attr-defined]
        if len(standing) == 1:
            self.fields["consent"].initial = str(standing[0].id)
        named = {code for one in standing for code in one.data_classes}
        # What she has typed stays, also when the consent ended meanwhile.
        self.classes = [code for code in DataClass.values if code in named or f"{ABOUT}{code}" in self.data]
        for code in self.classes:
            self.fields[f"{ABOUT}{code}"] = long_text(DataClass(code).label, rows=4)
        if not standing:
            del self.fields["consent"]

    def clean(self) -> dict[str, Any]:
        """Without a consent there is nothing to choose from."""
        if "consent" not in self.fields:
            raise forms.ValidationError(_("Keine gültige Einwilligung zu diesem Dienst. Ohne sie geht diese Person nicht mit."))
        return super().clean() or {}

    @property
    def about_fields(self) -> list[forms.BoundField]:
        """One field for each data class."""
        return [self[f"{ABOUT}{code}"] for code in self.classes]

    def hers(self) -> Hers:
        """The values as the verbs take them: looked through, even where nothing is said."""
        values = self.cleaned_data
        lines = tuple((code, values[f"{ABOUT}{code}"]) for code in self.classes if values[f"{ABOUT}{code}"] or code == DataClass.CONTACT)
        return Hers(UUID(values["consent"]), lines)


@dataclass(frozen=True)
class PartsOfOneKind:
    """The open parts of one kind: what may be answered for all, and each with its own questions."""

    label: str
    for_all: list[forms.BoundField]  # none where each has its place
    asked: list[tuple[PartRow, list[forms.BoundField]]]
    left: int  # how many have no place yet, or a wrong one
    is_folded: bool  # so many that one by one is for who asks
    is_open: bool


class PartsForm(DeskForm):
    """Each open part: where it goes, why it ends or in which words it is told, and as which data class."""

    def __init__(self, *args: Any, rows: Iterable[PartRow], classes: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows, self.told_as = list(rows), [code for code in DataClass.values if code in set(classes)]
        self._ask_for_many()
        for row in self.rows:
            self._ask(row)

    def _ask_for_many(self) -> None:
        """One answer for all of a kind; ending is not among them, because each end has its reason."""
        many = {row.part.kind: row.kind for row in self.rows if row.gap and row.part.kind in self.many}
        one_by_one = ("", _("einzeln, wie unten"))
        goes = [one_by_one, *((code.value, code.label) for code in GoesTo if code != GoesTo.ENDS)]
        told = [one_by_one, *((code, DataClass(code).label) for code in self.told_as)]
        for kind, label in many.items():
            self.fields[f"{REST}{kind}"] = forms.ChoiceField(label=_("%(kind)s: wohin?") % {"kind": label}, choices=goes, required=False)
            if any(row.asks_class for row in self.rows if row.part.kind == kind):
                words = _("%(kind)s: zu welchen Angaben der Einwilligung?") % {"kind": label}
                self.fields[f"{REST_TOLD}{kind}"] = forms.ChoiceField(label=words, choices=told, required=False)

    def _ask(self, row: PartRow) -> None:
        offered = [(code, GoesTo(code).label) for code in row.allowed]
        self.fields[f"{GOES}{row.key}"] = forms.ChoiceField(
            label=_("Wohin?"), choices=[CHOOSE, *offered], required=False, initial=row.placed.goes_to or _proposed(row)
        )
        self.fields[f"{WORDS}{row.key}"] = Text(
            label=_("Warum es endet; oder wie es dort heißen soll"), max_length=300, required=False,
            initial=row.placed.because or (_("nennt unseren Dienst") if _proposed(row) == GoesTo.ENDS else ""),
        )  # fmt: skip
        if row.asks_class:
            told = [("", _("bitte wählen, wenn es übergeht")), *((code, DataClass(code).label) for code in self.told_as)]
            self.fields[f"{TOLD}{row.key}"] = forms.ChoiceField(
                label=_("Gehört zu welchen Angaben der Einwilligung?"), choices=told, required=False, initial=row.placed.data_class
            )

    @cached_property
    def many(self) -> set[str]:
        """The kinds with so many parts that nobody wants to go through them one by one."""
        return {kind for kind, number in Counter(row.part.kind for row in self.rows).items() if number >= MANY}

    @property
    def kinds(self) -> list[PartsOfOneKind]:
        """The parts as the page asks for them; of a kind with many, one by one only on request."""
        found: dict[str, list[PartRow]] = {}
        for row in self.rows:
            found.setdefault(row.part.kind, []).append(row)
        return [self._kind(kind, rows) for kind, rows in found.items()]

    def _kind(self, kind: str, rows: list[PartRow]) -> PartsOfOneKind:
        asked = [(row, [self[name] for name in self._names(row)]) for row in rows]
        for_all = [self[name] for name in (f"{REST}{kind}", f"{REST_TOLD}{kind}") if name in self.fields]
        wrong = any(field.errors for _row, fields in asked for field in fields)
        return PartsOfOneKind(rows[0].kind, for_all, asked, sum(bool(row.gap) for row in rows), kind in self.many, wrong)

    def _names(self, row: PartRow) -> list[str]:
        return [name for kind in (GOES, WORDS, TOLD) if (name := f"{kind}{row.key}") in self.fields]

    def clean(self) -> dict[str, Any]:
        """What ends has a reason; the rest is looked at once more before the sending."""
        values = super().clean() or {}
        for row in self.rows:
            if values.get(f"{GOES}{row.key}") == GoesTo.ENDS and not values.get(f"{WORDS}{row.key}"):
                self.add_error(f"{WORDS}{row.key}", _("Bitte schreiben Sie, warum es endet."))
        return values

    def placed(self) -> dict[tuple[str, UUID], Placed]:
        """The values as the verbs take them."""
        return {row.part.key: self._placed(row) for row in self.rows}

    def _placed(self, row: PartRow) -> Placed:
        """Its own answer, or the one for all of its kind where it may go there; else it still has none."""
        values, kind = self.cleaned_data, row.part.kind
        rest = values.get(f"{REST}{kind}", "")
        goes = values[f"{GOES}{row.key}"] or (rest if rest in row.allowed else "")
        asked = row.asks_class and goes == GoesTo.THEM
        told = values.get(f"{TOLD}{row.key}", "") or (values.get(f"{REST_TOLD}{kind}", "") if asked else "")
        return Placed(goes, values[f"{WORDS}{row.key}"], told)


def _proposed(row: PartRow) -> str:
    """A Vollmacht names us and cannot go on: proposed to end. All else a person decides."""
    return GoesTo.ENDS if row.part.kind == "declaration" and not row.placed.goes_to else ""


class FinishForm(DeskForm):
    """What closing a case asks, whoever goes on with it."""

    client_view = forms.ChoiceField(
        label=gettext_lazy("Was sagt die Person: Hat es geholfen?"), choices=Satisfaction.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("Gefragt wird immer. Antworten muss niemand."),
    )  # fmt: skip
    client_words = long_text(gettext_lazy("In ihren eigenen Worten"), rows=3)
    summary = long_text(gettext_lazy("Zusammenfassung für unsere Akte"), rows=4)


class AcceptForm(DeskForm):
    """Who leads the case here; and for each person whether she is known already."""

    lead = forms.ChoiceField(label=gettext_lazy("Wer führt den Fall?"))
    words = Text(
        label=gettext_lazy("Worte an den bisherigen Dienst"), max_length=300, required=False,
        help_text=gettext_lazy("Zum Beispiel, wann das gemeinsame Gespräch passt. Nichts aus Ihrem eigenen Fall."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, request: DeskRequest, copies: Iterable[ArrivedCopy], known: dict[UUID, list[tuple[str, str]]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.copies = list(copies)
        self.fields["lead"].choices = choices.case_managers(request.today)  # type: ignore[attr-defined]
        self.fields["lead"].initial = request.actor.membership_id
        for copy in self.copies:
            self.fields[f"{KNOWN}{copy.delivery_id}"] = forms.ChoiceField(
                label=copy.name, widget=forms.RadioSelect, initial="", required=False,
                choices=[("", _("neu anlegen")), *known[copy.delivery_id]],
            )  # fmt: skip

    @property
    def known_fields(self) -> list[forms.BoundField]:
        """One question for each person who has somebody like her here."""
        return [self[f"{KNOWN}{copy.delivery_id}"] for copy in self.copies]

    def accepting(self) -> Accepting:
        """The values as the verb takes them."""
        values = self.cleaned_data
        chosen = ((copy.delivery_id, values[f"{KNOWN}{copy.delivery_id}"]) for copy in self.copies)
        arriving = tuple(Arriving(delivery, UUID(key) if key else None) for delivery, key in chosen)
        return Accepting(arriving, UUID(values["lead"]), values["words"])


class DeclineForm(DeskForm):
    """Why not."""

    words = Text(
        label=gettext_lazy("Warum können Sie nicht übernehmen?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Das liest der bisherige Dienst."),
    )  # fmt: skip


def classes_of(goers: Iterable[Goer]) -> set[str]:
    """What may be told of anybody who goes; whose consent it is, is checked with each part."""
    return {code for goer in goers for code in goer.classes}
