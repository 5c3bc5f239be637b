"""Words about persons."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event
from faden.persons.codes import LANGUAGES


class Precision(models.TextChoices):
    """How exactly a birth date is known."""

    DAY = "day", _("genauer Tag")
    MONTH = "month", _("Monat und Jahr")
    YEAR = "year", _("nur das Jahr")
    ESTIMATED = "estimated", _("geschätzt")
    UNKNOWN = "unknown", _("nicht bekannt")


class GroupKind(models.TextChoices):
    """Two of the three things called family; the third, the core family, is read from kinship."""

    HOUSEHOLD = "household", _("Haushalt")
    BENEFIT_UNIT = "benefit_unit", _("Bedarfsgemeinschaft")


class LeavingReason(models.TextChoices):
    """Why someone is no longer in a household or Bedarfsgemeinschaft."""

    MOVED_OUT = "moved_out", _("ausgezogen")
    SPLIT = "split", _("Trennung oder Aufteilung")
    MERGED = "merged", _("zusammengezogen")
    OF_AGE = "of_age", _("volljährig oder eigener Anspruch")
    DIED = "died", _("verstorben")
    MISTAKE = "mistake", _("war falsch eingetragen")


class Tie(models.TextChoices):
    """How two people belong together; the relative is the … of the person."""

    PARENT = "parent", _("Elternteil")
    GUARDIAN = "guardian", _("Vormund oder Pflegeperson")
    PARTNER = "partner", _("Ehe- oder Lebenspartner/in")
    SIBLING = "sibling", _("Bruder oder Schwester")
    OTHER = "other", _("andere Angehörige")


class TieEnd(models.TextChoices):
    """Why a tie is no longer noted."""

    ENDED = "ended", _("hat geendet")
    MISTAKE = "mistake", _("war falsch eingetragen")


class Relation(models.TextChoices):
    """How somebody belongs to somebody else, said of the one who is taken in."""

    PARENT = "parent_of", _("Mutter oder Vater von")
    CHILD = "child_of", _("Kind von")
    PARTNER = "partner_of", _("Ehe- oder Lebenspartner/in von")
    SIBLING = "sibling_of", _("Bruder oder Schwester von")
    GUARDIAN = "guardian_of", _("Vormund oder Pflegeperson von")
    WARD = "ward_of", _("Mündel oder Pflegekind von")
    OTHER = "other_of", _("anders verwandt mit")


class FactKind(models.TextChoices):
    """The dated facts about a person, in the order they are shown."""

    RESIDENCE = "residence", _("Aufenthalt")
    BENEFIT = "benefit", _("Leistungen")
    ADDRESS = "address", _("Anschrift")
    SPEAKING = "speaking", _("Sprachen")
    GERMAN = "german", _("Deutsch")
    OCCUPATION = "occupation", _("Schule, Ausbildung, Arbeit")
    QUALIFICATION = "qualification", _("Abschlüsse und Anerkennung")
    LIMIT = "limit", _("Was gerade nicht geht")


class KnownFrom(models.TextChoices):
    """From where a fact is known: a paper seen weighs more than a word."""

    TOLD = "told", _("so gesagt")
    SEEN = "seen", _("Papier gesehen")
    COPY = "copy", _("Kopie in der Akte")
    AGENCY = "agency", _("Auskunft einer Stelle")


class CorrectionReason(models.TextChoices):
    """Why a row no longer holds; an end is a change of the world, the others of what we know."""

    ENDED = "ended", _("hat geendet")
    CHANGED = "changed", _("hat sich geändert")
    MISTAKE = "mistake", _("war falsch eingetragen")
    MORE = "more", _("genauer bekannt")


class ResidencePaper(models.TextChoices):
    """Residence titles and papers by the paragraph they rest on (domain.md 10.8)."""

    EU = "eu", _("Freizügigkeit (EU/EWR)")
    VISA = "visa", _("Visum")
    ANKUNFTSNACHWEIS = "ankunftsnachweis", _("Ankunftsnachweis")
    GESTATTUNG = "gestattung", _("Aufenthaltsgestattung")
    DULDUNG_60A = "duldung_60a", _("Duldung § 60a")
    DULDUNG_60B = "duldung_60b", _("Duldung § 60b (ungeklärte Identität)")
    DULDUNG_60C = "duldung_60c", _("Duldung § 60c (Ausbildung)")
    DULDUNG_60D = "duldung_60d", _("Duldung § 60d (Beschäftigung)")
    AE_24 = "ae_24", _("Aufenthaltserlaubnis § 24 (vorübergehender Schutz)")
    AE_25_1 = "ae_25_1", _("Aufenthaltserlaubnis § 25 Abs. 1 (Asyl)")
    AE_25_2_1 = "ae_25_2_1", _("Aufenthaltserlaubnis § 25 Abs. 2 Alt. 1 (Flüchtling)")
    AE_25_2_2 = "ae_25_2_2", _("Aufenthaltserlaubnis § 25 Abs. 2 Alt. 2 (subsidiärer Schutz)")
    AE_25_3 = "ae_25_3", _("Aufenthaltserlaubnis § 25 Abs. 3 (Abschiebungsverbot)")
    AE_25_4 = "ae_25_4", _("Aufenthaltserlaubnis § 25 Abs. 4")
    AE_25_4A = "ae_25_4a", _("Aufenthaltserlaubnis § 25 Abs. 4a")
    AE_25_5 = "ae_25_5", _("Aufenthaltserlaubnis § 25 Abs. 5")
    AE_25A = "ae_25a", _("Aufenthaltserlaubnis § 25a")
    AE_25B = "ae_25b", _("Aufenthaltserlaubnis § 25b")
    AE_104C = "ae_104c", _("Aufenthaltserlaubnis § 104c (Chancen-Aufenthalt)")
    AE_22 = "ae_22", _("Aufenthaltserlaubnis § 22")
    AE_23 = "ae_23", _("Aufenthaltserlaubnis § 23")
    AE_28 = "ae_28", _("Aufenthaltserlaubnis § 28 (Familie Deutscher)")
    AE_30 = "ae_30", _("Aufenthaltserlaubnis § 30 (Ehe)")
    AE_32 = "ae_32", _("Aufenthaltserlaubnis §§ 32–34 (Kind)")
    AE_36 = "ae_36", _("Aufenthaltserlaubnis § 36 (Eltern, sonstige Familie)")
    AE_36A = "ae_36a", _("Aufenthaltserlaubnis § 36a (Familie subsidiär Schutzberechtigter)")
    AE_16 = "ae_16", _("Aufenthaltserlaubnis §§ 16a–17 (Ausbildung, Studium)")
    AE_18 = "ae_18", _("Aufenthaltserlaubnis §§ 18a–18g (Fachkraft)")
    AE_19C = "ae_19c", _("Aufenthaltserlaubnis § 19c (sonstige Beschäftigung)")
    AE_19D = "ae_19d", _("Aufenthaltserlaubnis § 19d (qualifizierte Geduldete)")
    AE_20 = "ae_20", _("Aufenthaltserlaubnis §§ 20, 20a (Arbeitsuche)")
    AE_21 = "ae_21", _("Aufenthaltserlaubnis § 21 (selbstständig)")
    NIEDERLASSUNG = "niederlassung", _("Niederlassungserlaubnis")
    DAUERAUFENTHALT_EU = "daueraufenthalt_eu", _("Erlaubnis zum Daueraufenthalt-EU")
    FIKTION_81_3 = "fiktion_81_3", _("Fiktionsbescheinigung § 81 Abs. 3")
    FIKTION_81_4 = "fiktion_81_4", _("Fiktionsbescheinigung § 81 Abs. 4")
    GERMAN = "german", _("deutsche Staatsangehörigkeit")
    NONE = "none", _("kein Papier")
    NOT_ENTERED = "not_entered", _("noch nicht eingereist")
    UNKNOWN = "unknown", _("nicht bekannt oder nicht gefragt")


class WorkAllowed(models.TextChoices):
    """What the paper says about work."""

    YES = "yes", _("Erwerbstätigkeit erlaubt")
    EMPLOYED = "employed", _("Beschäftigung erlaubt")
    ASK = "ask", _("nur mit Erlaubnis der Ausländerbehörde")
    NO = "no", _("nicht erlaubt")


class BenefitRegime(models.TextChoices):
    """Rechtskreise of benefits."""

    NONE = "none", _("keine Leistungen, eigenes Einkommen")
    ASYLBLG_3 = "asylblg_3", _("AsylbLG § 3")
    ASYLBLG_2 = "asylblg_2", _("AsylbLG § 2 (Analogleistungen)")
    SGB2 = "sgb2", _("SGB II")
    SGB12 = "sgb12", _("SGB XII")
    SGB3 = "sgb3", _("SGB III")
    SGB8 = "sgb8", _("SGB VIII")
    BAFOEG = "bafoeg", _("BAföG oder BAB")
    WOHNGELD = "wohngeld", _("Wohngeld, Kinderzuschlag")
    UNKNOWN = "unknown", _("nicht bekannt oder nicht gefragt")


class GermanSkill(models.TextChoices):
    """What a level of German is about."""

    ALL = "all", _("insgesamt")
    LISTENING = "listening", _("Hören")
    READING = "reading", _("Lesen")
    SPEAKING = "speaking", _("Sprechen")
    WRITING = "writing", _("Schreiben")


class Level(models.TextChoices):
    """Levels of the Common European Framework."""

    NONE = "none", _("noch kein Deutsch")
    A1 = "a1", "A1"
    A2 = "a2", "A2"
    B1 = "b1", "B1"
    B2 = "b2", "B2"
    C1 = "c1", "C1"
    C2 = "c2", "C2"
    NATIVE = "native", _("Muttersprache")
    UNKNOWN = "unknown", _("nicht bekannt oder nicht gefragt")


class Literacy(models.TextChoices):
    """Reading and writing, apart from German."""

    NONE = "none", _("liest und schreibt nicht")
    OWN_SCRIPT = "own_script", _("in eigener Schrift")
    LATIN = "latin", _("in lateinischer Schrift")


class OccupationKind(models.TextChoices):
    """How a person spends her weeks."""

    CHILDCARE = "childcare", _("Kita oder Kindertagespflege")
    SCHOOL = "school", _("Schule")
    TRAINING = "training", _("Ausbildung oder Studium")
    WORK = "work", _("Arbeit")
    COURSE = "course", _("Kurs oder Maßnahme")
    OTHER = "other", _("anderes (auch Sorgearbeit)")


class RecognitionState(models.TextChoices):
    """What became of the recognition of a qualification."""

    NOT_ASKED = "not_asked", _("nicht beantragt")
    NOT_NEEDED = "not_needed", _("nicht nötig")
    COLLECTING = "collecting", _("Unterlagen werden gesammelt")
    APPLIED = "applied", _("beantragt")
    FULL = "full", _("voll anerkannt")
    PARTIAL = "partial", _("teilweise anerkannt")
    REFUSED = "refused", _("abgelehnt")


class LanguageUse(models.TextChoices):
    """What a person does in a language."""

    SPEAKS = "speaks", _("spricht")
    READS = "reads", _("liest")
    WRITES = "writes", _("schreibt")


class LimitKind(models.TextChoices):
    """What a person cannot do at present; the reason is nobody's business here."""

    NO_COURSE = "no_course", _("kann derzeit keinen Kurs besuchen")
    FEW_HOURS = "few_hours", _("kann nur wenige Stunden am Tag")
    NO_WORK = "no_work", _("kann derzeit nicht arbeiten")
    NO_TRAVEL = "no_travel", _("kann nicht allein fahren")
    ACCESS = "access", _("braucht barrierefreie Räume oder Hilfsmittel")
    APPOINTMENTS = "appointments", _("braucht kurze oder ruhige Termine")
    OTHER = "other", _("anderes")


class ProtectionKind(models.TextChoices):
    """Why a person is protected; the list is seen by nobody but who works on the case."""

    ADDRESS = "address", _("Anschrift bleibt geheim")
    SHELTER = "shelter", _("Schutzeinrichtung")
    TRAFFICKING = "trafficking", _("Menschenhandel")
    REGISTER = "register", _("Auskunftssperre im Melderegister (§ 51 BMG)")


class AgreedHow(models.TextChoices):
    """How someone far away agreed that we speak with a Kontaktperson here."""

    WRITTEN = "written", _("schriftlich (Brief, Foto, Nachricht)")
    VIDEO = "video", _("im Videogespräch")
    PHONE = "phone", _("am Telefon")
    CONTACT_SAID = "contact_said", _("Kontaktperson hat es ausgerichtet; wird nachgeholt")


class ContactRelation(models.TextChoices):
    """Who the Kontaktperson is."""

    FAMILY = "family", _("Familie")
    EMPLOYER = "employer", _("Betrieb")
    SCHOOL = "school", _("Schule oder Hochschule")
    HELPER = "helper", _("Ehrenamt oder Freunde")
    AGENCY = "agency", _("Stelle")


class PairState(models.TextChoices):
    """What was decided about two entries that look alike."""

    OPEN = "open", _("noch nicht verglichen")
    LINKED = "linked", _("dieselbe Person")
    DIFFERENT = "different", _("verschiedene Personen")


GROUP_CHANGED = Event("group.changed", _("hat Haushalt oder Bedarfsgemeinschaft geändert"))
KINSHIP_NOTED = Event("kinship.noted", _("hat eine Verwandtschaft notiert"))
KINSHIP_ENDED = Event("kinship.ended", _("hat eine Verwandtschaft beendet"))
FACT_NOTED = Event("fact.noted", _("hat eine Angabe zur Person notiert"))
FACT_CORRECTED = Event("fact.corrected", _("hat eine Angabe zur Person berichtigt"))
FACT_ENDED = Event("fact.ended", _("hat eine Angabe zur Person beendet"))
PERSON_CHANGED = Event("person.changed", _("hat Angaben zur Person geändert"))
PROTECTION_SET = Event("protection.set", _("hat einen Schutzvermerk gesetzt"))
PROTECTION_ENDED = Event("protection.ended", _("hat einen Schutzvermerk beendet"))
ARRIVAL_EXPECTED = Event("arrival.expected", _("hat eine Einreise vorgemerkt"))
ARRIVED = Event("arrival.arrived", _("hat eine Einreise eingetragen"))
CONTACT_PERSON_NOTED = Event("contact_person.noted", _("hat eine Kontaktperson notiert"))
CONTACT_PERSON_ENDED = Event("contact_person.ended", _("hat eine Kontaktperson beendet"))
LINKED = Event("person.linked", _("hat zwei Einträge als dieselbe Person verbunden"))
UNLINKED = Event("person.unlinked", _("hat die Verbindung zweier Einträge gelöst"))
FOUND_DIFFERENT = Event("person.found_different", _("hat zwei Einträge als verschieden erkannt"))


def language_name(code: str) -> str:
    """The name of a language in the language of the page; the code itself when it is not on the list."""
    language = LANGUAGES.get(code)
    if language is None:
        return code
    return language.english if (get_language() or "de").startswith("en") else language.name
