"""The forms around a Vermittlung: what is sought, what goes to whom, what came back."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.members import Member
from faden.consents.queries.grounds import Grounds
from faden.consents.vocabulary import Channel, DataClass
from faden.desk.about import AboutOneForm
from faden.desk.forms import Day, DeskForm, Text, long_text
from faden.doors.answering import is_a_slip
from faden.look.forms import CheckboxList, LongSelect
from faden.organisations.queries.recipients import Recipient
from faden.referrals.actions.answers import Said
from faden.referrals.actions.referrals import Wish
from faden.referrals.queries.telling import around, own_word
from faden.referrals.rules.composing import Chosen, Offer, by_class
from faden.referrals.rules.states import may_answer
from faden.referrals.vocabulary import BY_ITSELF, AnswerKind, AnswerWay, DeclineReason, Helped, ReferralState

CHOOSE = ("", gettext_lazy("bitte wählen"))
CARRIED, NOBODY = "mitgegeben", "niemand"


class WishForm(AboutOneForm):
    """What somebody is to find, and to whom it goes first."""

    whom = gettext_lazy("Für wen?")
    field_order: tuple[str, ...] = (  # type: ignore[assignment]
        "wish", "persons", "life_area", "recipient", "accompanied", "second_choice", "confidential",
    )  # fmt: skip

    wish = Text(
        label=gettext_lazy("Was wird gesucht?"),
        max_length=200,
        help_text=gettext_lazy("Ein Satz, den auch die Stelle liest: „Sprachkurs B1 mit Kinderbetreuung“. Kein Name."),
    )
    life_area = forms.ChoiceField(label=gettext_lazy("Lebensbereich"), widget=LongSelect)
    recipient = forms.ChoiceField(label=gettext_lazy("An welche Stelle?"), required=False, widget=LongSelect)
    accompanied = forms.BooleanField(
        label=gettext_lazy("Begleitete Überleitung: Wir gehen beim ersten Mal mit."), required=False
    )
    second_choice = Text(
        label=gettext_lazy("Zweite Wahl"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Wohin, wenn es dort nicht geht? Sie entscheiden es dann."),
    )

    def __init__(
        self, *args: Any, members: list[Member], areas: Collection[tuple[str, str]], recipients: Collection[Any] = (), **options: Any
    ) -> None:
        super().__init__(*args, members=members, **options)
        self.fields["life_area"].choices = [CHOOSE, *areas]  # type: ignore[attr-defined]
        if recipients:
            self.fields["recipient"].choices = [("", _("später wählen")), *recipients]  # type: ignore[attr-defined]
        else:
            del self.fields["recipient"]

    def wanted(self, *, step: UUID | None = None, person: UUID | None = None) -> Wish:
        """The values as the verbs take them."""
        values = self.cleaned_data
        about = self.about()
        return Wish(
            values["wish"], values["life_area"], person or about.persons[0], step, values["accompanied"], values["second_choice"],
            about.confidential,
        )  # fmt: skip


class SendForm(DeskForm):
    """Ground, data, words, channel; the page shows beside it what the recipient will read."""

    ground = forms.ChoiceField(label=gettext_lazy("Worauf beruht die Weitergabe?"), widget=forms.RadioSelect)
    facts = forms.MultipleChoiceField(
        label=gettext_lazy("Welche Angaben gehen mit?"), required=False, widget=CheckboxList,
        help_text=gettext_lazy("Nur was die Stelle für diesen Zweck braucht."),
    )  # fmt: skip
    family = Text(
        label=gettext_lazy("Familie und Haushalt, in einem Satz"), max_length=300, required=False,
        help_text=gettext_lazy("Keine Namen und keine Angaben anderer Personen."),
    )  # fmt: skip
    special = Text(
        label=gettext_lazy("Besonders geschützte Angaben, in einem Satz"), max_length=300, required=False,
        help_text=gettext_lazy("Nur die Folge für den Alltag, keine Diagnose. Nur, wenn die Einwilligung sie nennt."),
    )  # fmt: skip
    message = long_text(
        gettext_lazy("Nachricht an die Stelle"), rows=5,
        hint=gettext_lazy("In Ihren Worten. Was oben nicht angekreuzt ist, gehört auch hier nicht hinein."),
    )  # fmt: skip
    channel = forms.ChoiceField(label=gettext_lazy("Auf welchem Weg?"), widget=forms.RadioSelect)
    answer_by = Day(
        label=gettext_lazy("Antwort erwartet bis"), required=False,
        help_text=gettext_lazy("Dieser Tag steht dann unter Ihren Fristen."),
    )  # fmt: skip
    amended_because = Text(label=gettext_lazy("Was hat sich geändert?"), max_length=300)

    def __init__(
        self, *args: Any, recipient: Recipient, grounds: Grounds, offers: Iterable[Offer], channels: Iterable[Channel], amends: bool,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.recipient, self.grounds = recipient, grounds
        self.fields["ground"].choices = [*_standing(grounds), *_without()]  # type: ignore[attr-defined]
        self.fields["facts"].choices = by_class(offers, named=grounds.data_classes if grounds.is_there else None)  # type: ignore[attr-defined]
        self.fields["channel"].choices = [(one.value, one.label) for one in channels]  # type: ignore[attr-defined]
        if not amends:
            del self.fields["amended_because"]

    @property
    def consent_id(self) -> UUID | None:
        """The consent it is to rest on."""
        return self._id("c")

    @property
    def lawful_id(self) -> UUID | None:
        """The confirmed Befugnis it is to rest on."""
        return self._id("l")

    @property
    def until(self) -> date | None:
        """The last day of the chosen consent."""
        return next((one.until for one in self.grounds.consents if one.id == self.consent_id), None)

    @property
    def names_nobody(self) -> bool:
        """It goes without a person."""
        return bool(self.cleaned_data["ground"] == NOBODY)

    def _id(self, mark: str) -> UUID | None:
        ground = self.cleaned_data["ground"]
        return UUID(ground[1:]) if ground[0] == mark and ground not in (CARRIED, NOBODY) else None

    def clean(self) -> dict[str, Any]:
        """Ground and channel fit each other."""
        values = self.cleaned_data
        ground, channel = values.get("ground"), values.get("channel")
        if ground == CARRIED and channel and channel != Channel.CARRIED:
            self.add_error("channel", _("Was die Person selbst mitnimmt, geht auf keinem anderen Weg."))
        if ground == NOBODY and (values.get("facts") or values.get("family") or values.get("special")):
            self.add_error("facts", _("Ohne Personenbezug geht keine Angabe zur Person mit."))
        return values

    def chosen(self, referral: Any) -> Chosen:
        """What is told, as the form stands: what was sent, or what it begins with."""
        sent = self.cleaned_data if self.is_bound and self.is_valid() else None

        def value(name: str, nothing: Any = "") -> Any:
            return (sent if sent is not None else self.initial).get(name) or nothing

        own = tuple((one, own_word(one), value(name)) for one, name in ((DataClass.FAMILY, "family"), (DataClass.SPECIAL, "special")))
        parts = around(referral, answer_by=value("answer_by", None), because=value("amended_because"))
        return Chosen(referral.wish, value("message"), tuple(value("facts", ())), own, parts)


def _standing(grounds: Grounds) -> list[tuple[str, str]]:
    consents = [(f"c{one.id}", _("Einwilligung: %(consent)s") % {"consent": one.words}) for one in grounds.consents]
    return consents + [(f"l{one.id}", one.words) for one in grounds.by_law]


def _without() -> list[tuple[str, str]]:
    return [
        (CARRIED, _("Die Person nimmt es selbst mit")),
        (NOBODY, _("ohne Personenbezug: eine Frage, aus der niemand zu erkennen ist")),
    ]


class AnswerForm(DeskForm):
    """Antwort nachtragen: who said what, when, how."""

    sending = forms.ChoiceField(label=gettext_lazy("Welche Stelle?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=gettext_lazy("Was sagt die Stelle?"), widget=forms.RadioSelect)
    from_on = Day(
        label=gettext_lazy("Ab wann?"), required=False,
        help_text=gettext_lazy("Bei „angenommen“ oder „Warteliste“, wenn ein Tag genannt ist. Er wird zum vereinbarten Tag des Schritts."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=gettext_lazy("Bei „abgelehnt“: warum?"), required=False, choices=[CHOOSE, *DeclineReason.choices]
    )
    way = forms.ChoiceField(label=gettext_lazy("Wie kam die Antwort?"), widget=forms.RadioSelect)
    said_by = Text(
        label=gettext_lazy("Wer hat es gesagt?"), max_length=160, required=False,
        help_text=gettext_lazy("Funktion oder Name, wie am Telefon genannt: „Frau Berg, Leistungsabteilung“."),
    )  # fmt: skip
    said_on = Day(label=gettext_lazy("Wann?"))
    words = long_text(gettext_lazy("In Worten"), rows=3)

    def __init__(self, *args: Any, state: ReferralState, sendings: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(one.value, one.label) for one in AnswerKind if may_answer(state, one)]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["way"].choices = [(one.value, one.label) for one in AnswerWay if one not in BY_ITSELF]  # type: ignore[attr-defined]
        self.fields["sending"].choices = sendings  # type: ignore[attr-defined]
        self.fields["sending"].initial = sendings[-1][0]
        if len(sendings) == 1:
            self.fields["sending"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """The day that was told fits the day on which it was told."""
        values = super().clean() or {}
        if values.get("said_on") and is_a_slip(values.get("from_on"), on=values["said_on"]):
            self.add_error("from_on", _("Dieser Tag liegt mehr als ein Jahr zurück. Bitte prüfen Sie das Jahr."))
        return values

    def said(self) -> Said:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return Said(AnswerKind(values["kind"]), values["said_on"], values["from_on"], values["reason"], values["words"])


class ReopenForm(DeskForm):
    """Why it goes on."""

    because = Text(label=gettext_lazy("Warum geht sie weiter?"), max_length=300)


class HelpedForm(DeskForm):
    """What the person says."""

    helped = forms.ChoiceField(label=gettext_lazy("Hat es geholfen?"), choices=Helped.choices, widget=forms.RadioSelect)
    words = long_text(gettext_lazy("In ihren Worten"), rows=3)
    on = Day(label=gettext_lazy("Wann hat sie das gesagt?"))
