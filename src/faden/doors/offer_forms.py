"""An offer as a form, the same for the desk and the partner side; in the order of a flyer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.vocabulary.life_area import LifeArea
from faden.directory.rules import descriptions
from faden.directory.rules.values import OfferValues
from faden.directory.vocabulary import (
    CONFIRM_DAYS,
    CONFIRM_DAYS_BY_DEFAULT,
    Childcare,
    Condition,
    Gender,
)
from faden.doors.choices import Choices
from faden.doors.offer_rows import Places, Schedules, lets_stand
from faden.kernel.errors import Invalid
from faden.look.forms import CheckboxList, LongSelect
from faden.look.typed import Day, PlainForm, Text, long_text
from faden.persons.codes import COMMON_LANGUAGES
from faden.persons.vocabulary import BenefitRegime, Level, ResidencePaper, language_name

SILENT, NOTHING, ASKS = "", "any", "asks"
_WHETHER = [
    (SILENT, gettext_lazy("nicht bekannt")), (NOTHING, gettext_lazy("keine Bedingung")), (ASKS, gettext_lazy("ja, und zwar:")),
]  # fmt: skip
_LEVELS = [(level.value, level.label) for level in Level if level not in (Level.UNKNOWN, Level.NATIVE)]
_PAPERS = [(paper.value, paper.label) for paper in ResidencePaper if paper != ResidencePaper.UNKNOWN]
_REGIMES = [(regime.value, regime.label) for regime in BenefitRegime if regime != BenefitRegime.UNKNOWN]
# Condition: (the question whether, its fields).
_CONDITIONS = {
    Condition.RESIDENCE: ("papers_whether", ("papers",)),
    Condition.AGE: ("age_whether", ("age_from", "age_to")),
    Condition.TOWN: ("towns_whether", ("towns",)),
    Condition.BENEFIT: ("regimes_whether", ("regimes",)),
}
_ONE_CHOICE = {Condition.GERMAN: "german_from", Condition.GENDER: "gender", Condition.CHILDCARE: "childcare"}
_PLAIN = (
    "title summary target_group online cost_words places_free places_on waiting_days next_start ends_on certifies contact_role phone email"
    " website german_to german_proof age_from age_to condition_words keeper_email"
).split()
_SETS = "life_areas languages papers towns regimes".split()


def _whether(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_WHETHER, required=False)


def _number(label: Any, most: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, help_text=hint)


def _lines(label: Any, most: int, hint: Any = "", rows: int = 3) -> Text:
    return Text(label=label, required=False, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), help_text=hint)


@dataclass(frozen=True)
class Group:
    """Fields that belong together; folded when nothing of it is filled in and nothing is wrong."""

    title: str
    fields: list[BoundField]
    is_open: bool
    rows: list[list[BoundField]]
    beyond: int = 0  # rows that the page does not show and the form does not change


class OfferForm(PlainForm):
    """One offer. Title, provider and life area suffice; the rest is folded and lost never."""

    mark_optional = False  # nearly all of it is
    title = Text(label=gettext_lazy("Wie heißt das Angebot?"), max_length=200)
    provider = forms.ChoiceField(label=gettext_lazy("Anbieter"), required=False, widget=LongSelect)
    new_provider = Text(
        label=gettext_lazy("Oder ein neuer Anbieter"), required=False, max_length=200,
        help_text=gettext_lazy("Nur wenn er nicht in der Liste steht. Der Name der Stelle, nicht der einer Person."),
    )  # fmt: skip
    life_areas = forms.MultipleChoiceField(
        label=gettext_lazy("Wobei hilft es?"), choices=LifeArea.choices, widget=forms.CheckboxSelectMultiple
    )
    summary = Text(label=gettext_lazy("In einem Satz"), required=False, max_length=300)

    description = long_text(
        gettext_lazy("Beschreibung"), rows=8, hint=gettext_lazy("Eine leere Zeile beginnt einen Absatz, ein Strich am Anfang eine Liste.")
    )
    target_group = Text(label=gettext_lazy("Für wen ist es gedacht?"), required=False, max_length=300)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In welchen Sprachen wird dort gesprochen?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    next_start = Day(label=gettext_lazy("Nächster Beginn"), required=False)
    ends_on = Day(label=gettext_lazy("Letzter Tag des Angebots"), required=False, help_text=gettext_lazy("Nur wenn es nicht unbegrenzt läuft."))
    online = forms.BooleanField(label=gettext_lazy("Per Video oder Telefon möglich: Der Weg spielt keine Rolle."), required=False)

    papers_whether = _whether(gettext_lazy("Aufenthalt: Nur mit bestimmten Papieren?"))
    papers = forms.MultipleChoiceField(label=gettext_lazy("Mit einem dieser Papiere"), required=False, choices=_PAPERS, widget=CheckboxList)
    german_from = forms.ChoiceField(
        label=gettext_lazy("Deutsch: mindestens"), required=False,
        choices=[(SILENT, gettext_lazy("nicht bekannt")), (NOTHING, gettext_lazy("keine Bedingung")), *_LEVELS],
    )  # fmt: skip
    german_to = forms.ChoiceField(
        label=gettext_lazy("Deutsch: höchstens"), required=False, choices=[("", gettext_lazy("keine Grenze")), *_LEVELS]
    )
    german_proof = forms.BooleanField(label=gettext_lazy("Das Niveau muss mit einem Zertifikat nachgewiesen werden."), required=False)
    age_whether = _whether(gettext_lazy("Alter: Nur in einem bestimmten Alter?"))
    age_from = _number(gettext_lazy("Ab (Jahre)"), 120)
    age_to = _number(gettext_lazy("Bis einschließlich (Jahre)"), 120)
    gender = forms.ChoiceField(
        label=gettext_lazy("Geschlecht"), required=False,
        choices=[(SILENT, gettext_lazy("nicht bekannt")), (NOTHING, gettext_lazy("für alle")), *Gender.choices],
    )  # fmt: skip
    towns_whether = _whether(gettext_lazy("Wohnort: Nur für Menschen aus bestimmten Orten?"))
    towns = forms.MultipleChoiceField(label=gettext_lazy("Aus diesen Orten"), required=False, widget=forms.CheckboxSelectMultiple)
    regimes_whether = _whether(gettext_lazy("Leistungen: Nur wer bestimmte Leistungen bezieht?"))
    regimes = forms.MultipleChoiceField(
        label=gettext_lazy("Diese Leistungen"), required=False, choices=_REGIMES, widget=forms.CheckboxSelectMultiple
    )
    childcare = forms.ChoiceField(
        label=gettext_lazy("Kinderbetreuung währenddessen"), required=False,
        choices=[(SILENT, gettext_lazy("nicht bekannt")), (NOTHING, gettext_lazy("spielt keine Rolle")), *Childcare.choices],
    )  # fmt: skip
    condition_words = _lines(gettext_lazy("Was sonst noch nötig ist"), 500, gettext_lazy("Zum Beispiel: nur mit Überweisung."))

    is_free = forms.ChoiceField(
        label=gettext_lazy("Kosten"), required=False,
        choices=[("", gettext_lazy("nicht bekannt")), ("yes", gettext_lazy("kostenlos")), ("no", gettext_lazy("kostet etwas"))],
    )  # fmt: skip
    cost_words = Text(label=gettext_lazy("Wie viel, und wer zahlt?"), required=False, max_length=300)
    documents = _lines(gettext_lazy("Was muss man mitbringen?"), 2000, gettext_lazy("Eine Sache in jeder Zeile."))
    places_free = _number(gettext_lazy("Freie Plätze"), 9999)
    places_on = Day(label=gettext_lazy("Stand vom"), required=False)
    waiting_days = _number(gettext_lazy("Wartezeit in Tagen"), 3650)
    certifies = forms.ChoiceField(
        label=gettext_lazy("Weist ein Sprachniveau nach"), required=False,
        choices=[("", gettext_lazy("nein")), *_LEVELS[1:]], help_text=gettext_lazy("Bei einem Test, oder einem Kurs mit Prüfung am Ende."),
    )  # fmt: skip

    contact_role = Text(
        label=gettext_lazy("Wer ist dort zuständig?"), required=False, max_length=120,
        help_text=gettext_lazy("Eine Funktion, kein Name: „Kursberatung“. Das Verzeichnis ist öffentlich."),
    )  # fmt: skip
    phone = Text(label=gettext_lazy("Telefon"), required=False, max_length=60)
    email = forms.EmailField(label=gettext_lazy("E-Mail"), required=False, help_text=gettext_lazy("Die der Stelle, nicht die einer Person."))
    website = Text(
        label=gettext_lazy("Internetseite"), required=False, max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )  # fmt: skip

    confirm_every_days = forms.TypedChoiceField(
        label=gettext_lazy("Wie oft wird geprüft, ob alles noch stimmt?"), coerce=int, initial=CONFIRM_DAYS_BY_DEFAULT,
        choices=[
            (days, label) for days, label in zip(CONFIRM_DAYS, (
                gettext_lazy("jeden Monat"), gettext_lazy("alle drei Monate"), gettext_lazy("jedes halbe Jahr"), gettext_lazy("jedes Jahr"),
            ), strict=True)
        ],
    )  # fmt: skip
    keeper_email = forms.EmailField(
        label=gettext_lazy("Wer bestätigt es? E-Mail des Anbieters"), required=False,
        help_text=gettext_lazy("Dorthin geht rechtzeitig ein Link: ein Klick, ohne Konto. Die Adresse steht nirgends öffentlich."),
    )  # fmt: skip
    confirms = forms.BooleanField(label=gettext_lazy("Ich habe alles durchgesehen: Es stimmt so, Stand heute."), required=False)

    GROUPS = (
        (gettext_lazy("Das Wichtigste"), "title provider new_provider life_areas summary"),
        (gettext_lazy("Beschreibung und Sprachen"), "description target_group languages"),
        (gettext_lazy("Wann"), "next_start ends_on"),
        (gettext_lazy("Wo"), "online"),
        (
            gettext_lazy("Wer teilnehmen kann"),
            "papers_whether papers german_from german_to german_proof age_whether age_from age_to gender towns_whether towns"
            " regimes_whether regimes childcare condition_words",
        ),
        (gettext_lazy("Kosten, Plätze, Unterlagen"), "is_free cost_words documents places_free places_on waiting_days certifies"),
        (gettext_lazy("Kontakt"), "contact_role phone email website"),
        (gettext_lazy("Wer es prüft"), "confirm_every_days keeper_email"),
    )
    WHEN, WHERE = 2, 3  # the groups that have rows

    def __init__(
        self, *args: Any, providers: list[tuple[str, str]], towns: Choices, offer: Any = None, places: Iterable[Any] = (), **options: Any
    ) -> None:
        self.offer, self.schedules, self.places = offer, Schedules(offer.schedules if offer else ()), Places(places, towns)
        super().__init__(*args, **options)
        if offer is None:
            del self.fields["confirms"]
        self.fields["provider"].choices = [("", _("bitte wählen")), *providers]  # type: ignore[attr-defined]
        spoken = [*COMMON_LANGUAGES, *(code for code in (offer.languages if offer else ()) if code not in COMMON_LANGUAGES)]
        self.fields["languages"].choices = [(code, language_name(code)) for code in spoken]  # type: ignore[attr-defined]
        self._name_towns(towns)
        self.fields |= self.schedules.fields() | self.places.fields()
        if offer:
            self._let_stand(offer)
        for field in self.fields.values():
            field.error_messages.setdefault("required", _("Bitte ausfüllen."))

    def _let_stand(self, offer: Any) -> None:
        begun = self.begun(offer)
        for name, field in self.fields.items():
            if name in begun:
                lets_stand(field, begun[name])
        # A source may not say wherewith an offer helps; who changes its telephone number need not know either.
        self.fields["life_areas"].required = bool(offer.life_areas)

    def _name_towns(self, towns: Choices) -> None:
        every = [(str(code), str(name)) for _group, entries in towns[1:] for code, name in entries]  # type: ignore[attr-defined]
        near = [(str(code), str(name)) for code, name in towns[1][1]] or every  # type: ignore[attr-defined, misc, index]
        if near == every:
            self.fields["towns"].widget = forms.SelectMultiple()
        chosen = set(self.offer.towns) if self.offer else set()
        also = [(code, name) for code, name in every if code in chosen and code not in dict(near)]
        self.fields["towns"].choices = [*near, *also]  # type: ignore[attr-defined]

    def several(self) -> list[str]:
        """Names of the questions that take more than one answer."""
        return [name for name, field in self.fields.items() if isinstance(field, forms.MultipleChoiceField)]

    # ---------- as the page shows it ----------

    def groups(self) -> list[Group]:
        """The fieldsets; the first is open, the others where something stands in them."""
        found = []
        for index, (title, names) in enumerate(self.GROUPS):
            fields = [self[name] for name in names.split() if name in self.fields]
            rows = self._rows("schedule") if index == self.WHEN else self._rows("place") if index == self.WHERE else []
            beyond = self.schedules.beyond if index == self.WHEN else self.places.beyond if index == self.WHERE else 0
            said = [field for field in (*fields, *(one for row in rows for one in row)) if _stands(field)]
            found.append(Group(str(title), fields, not index or bool(said), rows, beyond))
        return found

    def _rows(self, what: str) -> list[list[BoundField]]:
        count = self.schedules.count if what == "schedule" else self.places.count
        return [[self[name] for name in self.fields if name.startswith(f"{what}{number}_")] for number in range(count)]

    # ---------- as the verbs take it ----------

    def clean(self) -> dict[str, Any]:
        """Each condition is known or not, and what is typed is meant."""
        values = super().clean() or {}
        for whether, names in _CONDITIONS.values():
            typed = any(values.get(name) not in (None, "", []) for name in names)
            if values.get(whether) == NOTHING and typed:
                self.add_error(whether, _("Sie haben etwas eingetragen. Wählen Sie „ja, und zwar:“, oder leeren Sie die Felder."))
            if values.get(whether) == ASKS and not typed and not any(name in self.errors for name in names):
                self.add_error(names[0], _("Tragen Sie die Bedingung ein."))
        for name, told in self.schedules.wrong(values):
            self.add_error(name, told)
        return values

    def values(self) -> OfferValues:
        """The values as the verbs take them."""
        typed = self.cleaned_data
        plain: dict[str, Any] = {name: typed[name] for name in _PLAIN}
        plain |= {name: tuple(typed[name]) for name in _SETS}
        plain |= {name: "" if typed[name] == NOTHING else typed[name] for name in _ONE_CHOICE.values()}
        return OfferValues(
            provider=UUID(typed["provider"]) if typed["provider"] else None,
            new_provider=typed["new_provider"],
            description=self._description(typed["description"]),
            documents=tuple(typed["documents"].splitlines()),
            is_free={"yes": True, "no": False}.get(typed["is_free"]),
            schedules=self.schedules.values(typed),
            places=self.places.values(typed),
            confirm_every_days=typed["confirm_every_days"],
            silent=tuple(self._silent()),
            category=self.offer.category if self.offer else "",
            **plain,
        )

    def _description(self, typed: str) -> str:
        """What was not touched stays as it was read in, with its lists and links."""
        before = self.offer.description if self.offer else ""
        return before if self.offer and typed == descriptions.to_plain(before) else descriptions.from_plain(typed)

    def _silent(self) -> list[str]:
        typed = self.cleaned_data
        found = [condition for condition, name in _ONE_CHOICE.items() if typed[name] == SILENT]
        if typed["german_to"] or typed["german_proof"]:
            found = [one for one in found if one != Condition.GERMAN]
        for condition, (whether, names) in _CONDITIONS.items():
            # The question was not answered and the condition was: then it is known.
            if typed[whether] == SILENT and all(typed[name] in (None, "", []) for name in names):
                found.append(condition)
        return [str(one.value) for one in Condition if one in found]

    @classmethod
    def begun(cls, offer: Any) -> dict[str, Any]:
        """What stands in it at first when an offer is changed; the rows begin with what they were made of."""
        silent = set(offer.silent)
        return {
            **{name: getattr(offer, name) for name in (*_PLAIN, *_SETS)},
            **{name: SILENT if condition in silent else getattr(offer, name) or NOTHING for condition, name in _ONE_CHOICE.items()},
            **{
                whether: ASKS if any(getattr(offer, name) not in (None, []) for name in names) else SILENT if condition in silent else NOTHING
                for condition, (whether, names) in _CONDITIONS.items()
            },
            "provider": str(offer.provider_id), "description": descriptions.to_plain(offer.description), "documents": "\n".join(offer.documents),
            "is_free": {True: "yes", False: "no", None: ""}[offer.is_free], "confirm_every_days": offer.confirm_every_days,
        }  # fmt: skip

    def take_error(self, error: Invalid) -> None:
        """What a verb says of the rows stands above the form."""
        field = {"schedules": "schedule0_words", "places": "place0_street"}.get(error.field, error.field)
        super().take_error(Invalid(str(error), field))


def _stands(field: BoundField) -> bool:
    """Is something in it, or wrong with it? What a field begins with in an empty form is nothing."""
    value = field.value()
    return bool(field.errors) or value not in (None, "", [], (), False, field.field.initial, str(field.field.initial), "1")
