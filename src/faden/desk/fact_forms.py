"""The forms for what is known about a person: one for each kind, with what all have in common."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.members import members_of
from faden.desk import choices
from faden.desk.door import DeskRequest
from faden.desk.forms import Day, DeskForm, Text
from faden.look.forms import LongSelect
from faden.organisations.queries.services import employer_of
from faden.organisations.vocabulary import Kind
from faden.persons.actions.facts import Stated
from faden.persons.queries.facts import town_on
from faden.persons.rules.periods import Period
from faden.persons.rules.public_body import STATUS, absent
from faden.persons.vocabulary import (
    BenefitRegime,
    CorrectionReason,
    FactKind,
    GermanSkill,
    KnownFrom,
    LanguageUse,
    Level,
    LimitKind,
    Literacy,
    OccupationKind,
    RecognitionState,
    WorkAllowed,
)

NO_ANSWER = [("", gettext_lazy("keine Angabe"))]
_BENEFIT_OFFICES = (Kind.JOBCENTRE, Kind.SOCIAL_OFFICE, Kind.MUNICIPALITY, Kind.YOUTH_OFFICE)


class Frame:
    """What a fact's form needs to know: whose, of which kind, for which service, on which day."""

    def __init__(self, request: DeskRequest, person: Any, kind: FactKind) -> None:
        self.request, self.person, self.kind = request, person, kind
        self.organisation_id, self.today = request.actor.organisation_id, request.today
        self.employer = employer_of(self.organisation_id)

    @property
    def shows_notice(self) -> bool:
        """§ 87 AufenthG, before a status is written down by a public body."""
        return self.employer.must_report and self.kind in STATUS

    def offices(self, kinds: tuple[Kind, ...]) -> choices.Choices:
        """Offices by the competence of her town as of today."""
        town = town_on(self.person, self.today)
        return choices.offices(kinds, ags=town, on=self.today)

    def others(self) -> list[tuple[str, str]]:
        """The other members of the case."""
        found = members_of(self.request.access.case)
        return [(str(one.person_id), one.card.name) for one in found if one.person_id != self.person.id]


class FactForm(DeskForm):
    """The part all kinds have; below it each kind names what it says. `columns` keeps their order."""

    columns: tuple[str, ...] = ()

    from_on = Day(
        label=gettext_lazy("Gilt ab"), required=False, help_text=gettext_lazy("Leer: nicht bekannt")
    )
    until_on = Day(
        label=gettext_lazy("Gilt bis"), required=False, help_text=gettext_lazy("Leer: bis auf Weiteres")
    )
    known_from = forms.ChoiceField(
        label=gettext_lazy("Woher wissen Sie das?"),
        choices=KnownFrom.choices,
        initial=KnownFrom.TOLD,
        widget=forms.RadioSelect,
    )
    because = forms.ChoiceField(
        label=gettext_lazy("Warum ändern Sie den Eintrag?"),
        choices=[
            (CorrectionReason.MISTAKE, CorrectionReason.MISTAKE.label),
            (CorrectionReason.MORE, CorrectionReason.MORE.label),
        ],
        initial=CorrectionReason.MISTAKE,
        widget=forms.RadioSelect,
    )
    notice_read = forms.BooleanField(label=gettext_lazy("Ich habe den Hinweis gelesen."))

    def __init__(self, *args: Any, frame: Frame, correcting: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not correcting:
            del self.fields["because"]
        if not frame.shows_notice:
            del self.fields["notice_read"]
        for name in absent(frame.kind, is_public=frame.employer.is_public):
            del self.fields[name]
        self.fill(frame)
        self.order_fields([name for name in self.columns if name in self.fields])

    def fill(self, frame: Frame) -> None:
        """Lists that depend on the person, the day or the service."""

    @property
    def said(self) -> list[forms.BoundField]:
        """What this kind says, apart from its days and from where it is known."""
        return [self[name] for name in self.columns if name in self.fields]

    def stated(self) -> Stated:
        """What is said, as the verb takes it."""
        values = self.cleaned_data
        return Stated(
            {name: values[name] for name in self.columns if name in self.fields},
            Period(values["from_on"], values["until_on"]),
            values["known_from"],
            notice_read=values.get("notice_read", False),
        )


def _number(value: str) -> int | None:
    return int(value) if value else None


def _key(value: str) -> UUID | None:
    return UUID(value) if value else None


class ResidenceForm(FactForm):
    """Residence title or paper."""

    columns = ("paper", "office", "work_allowed", "derived_from", "residence_rule")

    paper = forms.ChoiceField(label=gettext_lazy("Titel oder Papier"), widget=LongSelect)
    office = forms.TypedChoiceField(
        label=gettext_lazy("Ausländerbehörde"), required=False, coerce=_number, empty_value=None
    )
    work_allowed = forms.ChoiceField(
        label=gettext_lazy("Was das Papier zur Arbeit sagt"),
        required=False,
        choices=[*NO_ANSWER, *WorkAllowed.choices],
    )
    derived_from = forms.TypedChoiceField(
        label=gettext_lazy("Abgeleitet von"),
        required=False,
        coerce=_key,
        empty_value=None,
        help_text=gettext_lazy("Nur wenn der Titel am Titel einer anderen Person hängt"),
    )
    residence_rule = forms.BooleanField(
        label=gettext_lazy("Wohnsitzregelung oder Wohnsitzauflage"), required=False
    )

    def fill(self, frame: Frame) -> None:
        """Papers with what is not given any more, the competent office first, the others of the case."""
        is_public = frame.employer.is_public
        self.fields["paper"].choices = choices.papers(on=frame.today, is_public=is_public)  # type: ignore[attr-defined]
        self.fields["office"].choices = frame.offices((Kind.IMMIGRATION_OFFICE,))  # type: ignore[attr-defined]
        if "derived_from" in self.fields:
            self.fields["derived_from"].choices = [*NO_ANSWER, *frame.others()]  # type: ignore[attr-defined]


class BenefitForm(FactForm):
    """From which benefits she lives."""

    columns = ("regime", "office")

    regime = forms.ChoiceField(label=gettext_lazy("Leistung"), choices=BenefitRegime.choices)
    office = forms.TypedChoiceField(
        label=gettext_lazy("Zuständige Stelle"), required=False, coerce=_number, empty_value=None
    )

    def fill(self, frame: Frame) -> None:
        """Jobcentres and town halls, those of her town first."""
        self.fields["office"].choices = frame.offices(_BENEFIT_OFFICES)  # type: ignore[attr-defined]


class AddressForm(FactForm):
    """Where she lives or gets her post; abroad too, as far as it is known."""

    columns = ("street", "postcode", "place", "municipality", "country", "care_of")

    street = Text(label=gettext_lazy("Straße und Hausnummer"), max_length=120, required=False)
    postcode = Text(label=gettext_lazy("Postleitzahl"), max_length=12, required=False)
    place = Text(label=gettext_lazy("Ort"), max_length=80, required=False)
    municipality = forms.TypedChoiceField(
        label=gettext_lazy("Stadt oder Gemeinde in NRW"),
        required=False,
        widget=LongSelect,
        empty_value=None,
        help_text=gettext_lazy("Danach richtet sich, welche Stellen zuständig sind"),
    )
    country = forms.ChoiceField(label=gettext_lazy("Staat"), required=False, widget=LongSelect)
    care_of = Text(label=gettext_lazy("Post über (c/o)"), max_length=120, required=False)

    def fill(self, frame: Frame) -> None:
        """Towns near by first."""
        self.fields["municipality"].choices = choices.municipalities(frame.organisation_id)  # type: ignore[attr-defined]
        self.fields["country"].choices = choices.nationalities()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something about the place."""
        values = super().clean() or {}
        if not self.errors and not any(values.get(name) for name in self.columns):
            self.add_error("place", _("Bitte geben Sie wenigstens den Ort oder den Staat an."))
        return values


class SpeakingForm(FactForm):
    """A language, and whether talks in it need an interpreter."""

    columns = ("language", "uses", "needs_interpreter")

    language = forms.ChoiceField(label=gettext_lazy("Sprache"), widget=LongSelect)
    uses = forms.MultipleChoiceField(
        label=gettext_lazy("Was kann sie darin?"),
        required=False,
        choices=LanguageUse.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    needs_interpreter = forms.BooleanField(
        label=gettext_lazy("Für Gespräche auf Deutsch braucht sie Sprachmittlung in dieser Sprache"),
        required=False,
    )

    def fill(self, frame: Frame) -> None:
        """By their German names, the common ones first."""
        self.fields["language"].choices = choices.languages(empty=_("Bitte wählen"))  # type: ignore[attr-defined]


class GermanForm(FactForm):
    """Level of German for one skill or all; reading and writing; a certificate."""

    columns = ("skill", "level", "literacy", "certificate", "certified_on")

    skill = forms.ChoiceField(label=gettext_lazy("Worum geht es?"), choices=GermanSkill.choices)
    level = forms.ChoiceField(label=gettext_lazy("Stufe"), choices=Level.choices)
    literacy = forms.ChoiceField(
        label=gettext_lazy("Lesen und Schreiben"), required=False, choices=[*NO_ANSWER, *Literacy.choices]
    )
    certificate = Text(label=gettext_lazy("Zertifikat"), max_length=120, required=False)
    certified_on = Day(label=gettext_lazy("Zertifikat vom"), required=False)


class OccupationForm(FactForm):
    """School, training, work."""

    columns = ("kind", "what", "where", "hours_a_week")

    kind = forms.ChoiceField(label=gettext_lazy("Art"), choices=OccupationKind.choices)
    what = Text(label=gettext_lazy("Was?"), max_length=120, help_text=gettext_lazy("Klasse, Beruf oder Kurs"))
    where = Text(label=gettext_lazy("Wo?"), max_length=120, required=False)
    hours_a_week = forms.IntegerField(
        label=gettext_lazy("Stunden in der Woche"), required=False, min_value=1, max_value=80
    )


class QualificationForm(FactForm):
    """What she learned, and whether it is recognised here."""

    columns = ("what", "country", "recognition", "reference_occupation")

    what = Text(label=gettext_lazy("Abschluss"), max_length=160)
    country = forms.ChoiceField(label=gettext_lazy("Erworben in"), required=False, widget=LongSelect)
    recognition = forms.ChoiceField(label=gettext_lazy("Anerkennung"), choices=RecognitionState.choices)
    reference_occupation = Text(label=gettext_lazy("Deutscher Referenzberuf"), max_length=160, required=False)

    def fill(self, frame: Frame) -> None:
        """States by name."""
        self.fields["country"].choices = choices.nationalities()  # type: ignore[attr-defined]


class LimitForm(FactForm):
    """What does not work at present. Only what follows for daily life; a diagnosis has no room here."""

    columns = ("kind", "words")

    kind = forms.ChoiceField(label=gettext_lazy("Was geht gerade nicht?"), choices=LimitKind.choices)
    words = Text(
        label=gettext_lazy("Was heißt das für Termine und Kurse?"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "Zum Beispiel: höchstens zwei Stunden am Tag, nur vormittags. Keine Krankheit, kein Befund."
        ),
    )


FORMS: dict[FactKind, type[FactForm]] = {
    FactKind.RESIDENCE: ResidenceForm,
    FactKind.BENEFIT: BenefitForm,
    FactKind.ADDRESS: AddressForm,
    FactKind.SPEAKING: SpeakingForm,
    FactKind.GERMAN: GermanForm,
    FactKind.OCCUPATION: OccupationForm,
    FactKind.QUALIFICATION: QualificationForm,
    FactKind.LIMIT: LimitForm,
}
