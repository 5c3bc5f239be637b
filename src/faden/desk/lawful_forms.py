"""The forms around a Weitergabe by law: what the first person states, what the second one ticks, what leaves."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.by_law import LawfulRow
from faden.cases.queries.members import Member
from faden.consents.actions.lawful import ByLaw
from faden.consents.vocabulary import STAY_NORMS, Channel, DataClass, LawNorm, NotInformed
from faden.desk.about import AboutOneForm
from faden.desk.forms import Day, DeskForm, Text, long_text
from faden.look.forms import CheckboxList, LongSelect
from faden.organisations.queries.recipients import Recipient
from faden.referrals.rules.composing import Chosen, Offer, by_class

CONFIRM, REFUSE = "ja", "nein"
# On paper or by word it is told once; an inbox keeps it readable as long as this form says.
BY_HAND = (Channel.LETTER, Channel.IN_PERSON, Channel.PHONE)


class LawfulForm(AboutOneForm):
    """Norm, facts, recipient, purpose, data; and whether the person knows. `to_offices`: on their request or by a duty."""

    whom = gettext_lazy("Um wen geht es?")
    field_order: tuple[str, ...] = (  # type: ignore[assignment]
        "persons", "recipient", "norm", "norm_words", "facts", "purpose", "data_classes", "informed_on", "not_informed",
        "not_informed_words", "confidential",
    )  # fmt: skip

    recipient = forms.ChoiceField(label=gettext_lazy("An welche Stelle?"), widget=LongSelect)
    norm = forms.ChoiceField(label=gettext_lazy("Auf welche Vorschrift stützen Sie sich?"), widget=forms.RadioSelect)
    norm_words = Text(label=gettext_lazy("Welche andere Vorschrift?"), max_length=200, required=False)
    facts = long_text(
        gettext_lazy("Tatsachen"),
        required=True,
        rows=6,
        hint=gettext_lazy("Was ist geschehen, was wissen Sie und von wem? Die zweite Person liest das und prüft daran die Vorschrift."),
    )
    purpose = Text(
        label=gettext_lazy("Zweck"), max_length=200, help_text=gettext_lazy("Wozu die Stelle die Angaben braucht. Sie liest diesen Satz.")
    )
    data_classes = forms.MultipleChoiceField(
        label=gettext_lazy("Um welche Angaben geht es?"), choices=DataClass.choices, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nur was für diesen Zweck nötig ist. Mehr kann später nicht hinausgehen."),
    )  # fmt: skip
    informed_on = Day(label=gettext_lazy("Die Person weiß davon seit"), required=False)
    not_informed = forms.ChoiceField(
        label=gettext_lazy("Oder: warum sie es noch nicht weiß"), required=False, widget=forms.RadioSelect,
        choices=[("", gettext_lazy("Sie weiß es.")), *NotInformed.choices],
    )  # fmt: skip
    not_informed_words = Text(label=gettext_lazy("In Worten"), max_length=300, required=False)

    def __init__(
        self, *args: Any, members: list[Member], recipients: Iterable[Recipient], to_offices: bool, **options: Any
    ) -> None:
        super().__init__(*args, members=members, **options)
        self.recipients = {one.key: one for one in recipients if one.decides_about_stay == to_offices}
        named = [(key, f"{one.name} ({one.kind})") for key, one in self.recipients.items()]
        self.fields["recipient"].choices = [("", _("bitte wählen")), *named]  # type: ignore[attr-defined]
        norms = [one for one in LawNorm if one == LawNorm.COURT or (one in STAY_NORMS) == to_offices]
        self.fields["norm"].choices = [(one.value, one.label) for one in norms]  # type: ignore[attr-defined]
        if LawNorm.OTHER not in norms:
            del self.fields["norm_words"]

    def by_law(self) -> ByLaw:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return ByLaw(
            self.recipients[values["recipient"]], LawNorm(values["norm"]), values["facts"], values["purpose"],
            tuple(DataClass(code) for code in values["data_classes"]), values.get("norm_words", ""), values["informed_on"],
            values["not_informed"], values["not_informed_words"],
        )  # fmt: skip


class DecisionForm(DeskForm):
    """The second person: yes or no, with the two ticks where the office decides about somebody's stay."""

    mark_optional = False

    decision = forms.ChoiceField(
        label=gettext_lazy("Ihre Entscheidung"), widget=forms.RadioSelect,
        choices=[
            (CONFIRM, gettext_lazy("Bestätigen: Die Vorschrift trägt, und weniger würde nicht reichen.")),
            (REFUSE, gettext_lazy("Ablehnen")),
        ],
    )  # fmt: skip
    checked_87 = forms.BooleanField(required=False)
    checked_88 = forms.BooleanField(required=False)
    words = Text(
        label=gettext_lazy("Begründung"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Beim Ablehnen nötig."),
    )  # fmt: skip

    def __init__(self, *args: Any, shown: LawfulRow, **options: Any) -> None:
        super().__init__(*args, **options)
        if not shown.is_ticked:
            del self.fields["checked_87"], self.fields["checked_88"]
            return
        duty, bar = _TICKS[shown.norm]
        self.fields["checked_87"].label, self.fields["checked_88"].label = duty, bar


_TICKS = {
    LawNorm.AUFENTHG_87_1: (
        gettext_lazy("§ 87 AufenthG ist geprüft: Es liegt ein Ersuchen nach Absatz 1 vor, die Angaben sind dafür erforderlich, und unser Dienst ist eine öffentliche Stelle."),
        gettext_lazy("§ 88 AufenthG ist geprüft: Keine besondere Vorschrift und keine Schweigepflicht nach § 203 StGB steht entgegen."),
    ),
    LawNorm.AUFENTHG_87_2: (
        gettext_lazy("§ 87 AufenthG ist geprüft: Eine Pflicht nach Absatz 2 oder 7 besteht, und unser Dienst ist eine öffentliche Stelle."),
        gettext_lazy("§ 88 AufenthG ist geprüft: Keine besondere Vorschrift und keine Schweigepflicht nach § 203 StGB steht entgegen."),
    ),
    LawNorm.STAG_32: (
        gettext_lazy("§ 32 Abs. 1 StAG ist geprüft: Die Einbürgerungsbehörde braucht die Angaben, und unser Dienst ist eine öffentliche Stelle."),
        gettext_lazy("§ 32 Abs. 2 StAG ist geprüft: Keine besondere Vorschrift und keine Schweigepflicht nach § 203 StGB steht entgegen."),
    ),
}  # fmt: skip


class InformedForm(DeskForm):
    """The person has been told afterwards."""

    mark_optional = False

    informed_on = Day(label=gettext_lazy("Die Person wurde unterrichtet am"))


class PassOnForm(DeskForm):
    """What of the confirmed leaves, in whose words, and how."""

    facts = forms.MultipleChoiceField(
        label=gettext_lazy("Welche Angaben gehen hinaus?"), required=False, widget=CheckboxList,
        help_text=gettext_lazy("Zur Auswahl steht nur, was bestätigt ist."),
    )  # fmt: skip
    message = long_text(
        gettext_lazy("Was Sie der Stelle sagen oder schreiben"), rows=6,
        hint=gettext_lazy("Auch hier nur, was zum bestätigten Zweck gehört. Keine Angaben anderer Personen."),
    )  # fmt: skip
    channel = forms.ChoiceField(label=gettext_lazy("Auf welchem Weg?"), widget=forms.RadioSelect)
    until = Day(
        label=gettext_lazy("Im Postfach zu lesen bis"), required=False,
        help_text=gettext_lazy("Nur beim Postfach. Danach ist die Zustellung für die Stelle geschlossen."),
    )  # fmt: skip

    def __init__(self, *args: Any, shown: LawfulRow, to: Recipient, offers: Iterable[Offer], **options: Any) -> None:
        super().__init__(*args, **options)
        self.title = shown.purpose
        self.own = [DataClass(code) for code in shown.data_classes]
        self.fields["facts"].choices = by_class(one for one in offers if one.data_class in shown.data_classes)  # type: ignore[attr-defined]
        for code in self.own:
            self.fields[f"own_{code}"] = Text(
                label=_("%(what)s, in eigenen Worten") % {"what": code.label}, max_length=500, required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        channels = [*([Channel.INBOX] if to.has_account else []), *BY_HAND]
        self.fields["channel"].choices = [(one.value, one.label) for one in channels]  # type: ignore[attr-defined]
        if not to.has_account:
            del self.fields["until"]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """One for each confirmed kind of data."""
        return [self[f"own_{code}"] for code in self.own]

    def chosen(self) -> Chosen:
        """As the form stands now; while something is missing in it, as it began."""
        values = getattr(self, "cleaned_data", {}) if self.is_bound and self.is_valid() else self.initial
        own = tuple((code, str(code.label), values.get(f"own_{code}") or "") for code in self.own)
        return Chosen(self.title, values.get("message") or "", tuple(values.get("facts") or ()), own)

    def until_for(self, channel: Channel, *, today: date) -> date:
        """Told once: today; in an inbox as long as was said."""
        return self.cleaned_data.get("until") or today if channel == Channel.INBOX else today
