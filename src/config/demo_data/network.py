"""The network of the seed county with invented staff. Places are real, people are not."""

from dataclasses import dataclass
from datetime import date

from faden.organisations.vocabulary import Kind, Regime

BEGAN = date(2021, 12, 1)
PASSWORD = "Faden-Demo-2026"  # noqa: S105 -- printed by `make demo`, demo only


@dataclass(frozen=True)
class Body:
    """A legal body."""

    key: str
    name: str
    regime: str
    is_public: bool


@dataclass(frozen=True)
class Service:
    """A service or agency, and the towns it is competent for."""

    key: str
    body: str
    name: str
    kind: str
    town: str
    prefix: str = ""
    towns: tuple[str, ...] = ()
    site: str = ""


@dataclass(frozen=True)
class Person:
    """An invented member of staff."""

    service: str
    role: str
    name: str
    address: str
    team: str = ""
    until: date | None = None


TOWNS = {
    "Ahaus": "05554004", "Bocholt": "05554008", "Borken": "05554012", "Gescher": "05554016",
    "Gronau": "05554020", "Heek": "05554024", "Heiden": "05554028", "Isselburg": "05554032",
    "Legden": "05554036", "Raesfeld": "05554040", "Reken": "05554044", "Rhede": "05554048",
    "Schöppingen": "05554052", "Stadtlohn": "05554056", "Südlohn": "05554060", "Velen": "05554064",
    "Vreden": "05554068",
}  # fmt: skip

BODIES = [
    Body("caritas-ahaus", "Caritasverband Ahaus-Vreden", Regime.KDG, False),
    Body("caritas-borken", "Caritasverband Borken", Regime.KDG, False),
    Body("awo", "Arbeiterwohlfahrt Bocholt", Regime.GDPR, False),
    Body("drk", "DRK Kreisverband Borken", Regime.GDPR, False),
    Body("bildung", "Bildungswerk Westmünsterland (Beispiel)", Regime.GDPR, False),
    Body("kreis", "Kreis Borken", Regime.STATE, True),
    *(
        Body(
            f"town-{ags}",
            f"{'Stadt' if name not in ('Heek', 'Heiden', 'Legden', 'Raesfeld', 'Reken', 'Schöppingen', 'Südlohn') else 'Gemeinde'} {name}",
            Regime.STATE,
            True,
        )
        for name, ags in TOWNS.items()
    ),
]

SITES_OF_CASE_MANAGEMENT = {
    "ahaus": ("Ahaus", "Heek", "Legden", "Stadtlohn", "Südlohn", "Vreden"),
    "bocholt": ("Bocholt", "Isselburg", "Rhede"),
    "borken": ("Borken", "Gescher", "Heiden", "Raesfeld", "Reken", "Velen"),
    "gronau": ("Gronau", "Schöppingen"),
}

SERVICES = [
    Service("ki", "kreis", "Kommunales Integrationszentrum Kreis Borken", Kind.INTEGRATION_CENTRE, "Borken"),
    Service("coord-bocholt", f"town-{TOWNS['Bocholt']}", "Koordinierungsstelle Integration Stadt Bocholt", Kind.TOWN_COORDINATION, "Bocholt"),
    Service("ahaus", "caritas-ahaus", "Caritas Ahaus, Fachdienst Integration und Migration", Kind.MIGRATION_SERVICE, "Ahaus", "AH", SITES_OF_CASE_MANAGEMENT["ahaus"], "Beratungsstelle Ahaus"),
    Service("bocholt", "awo", "AWO Bocholt, Fachdienst für Migration", Kind.MIGRATION_SERVICE, "Bocholt", "BOH", SITES_OF_CASE_MANAGEMENT["bocholt"], "Beratungsstelle Bocholt"),
    Service("borken", "caritas-borken", "Caritas Borken, Fachdienst Integration und Migration", Kind.MIGRATION_SERVICE, "Borken", "BOR", SITES_OF_CASE_MANAGEMENT["borken"], "Beratungsstelle Borken"),
    Service("gronau", "drk", "DRK Gronau, Migrationsberatung", Kind.MIGRATION_SERVICE, "Gronau", "GRO", SITES_OF_CASE_MANAGEMENT["gronau"], "Beratungsstelle Gronau"),
    Service("abh-kreis", "kreis", "Ausländerbehörde Kreis Borken", Kind.IMMIGRATION_OFFICE, "Borken", "", tuple(t for t in TOWNS if t != "Bocholt")),
    Service("abh-bocholt", f"town-{TOWNS['Bocholt']}", "Ausländerbehörde Stadt Bocholt", Kind.IMMIGRATION_OFFICE, "Bocholt", "", ("Bocholt",)),
    Service("kurs", "bildung", "Bildungswerk Westmünsterland, Integrationskurse (Beispiel)", Kind.COURSE_PROVIDER, "Ahaus"),
    *(
        Service(f"rathaus-{ags}", f"town-{ags}", f"Rathaus {name}", Kind.MUNICIPALITY, name, "", (name,))
        for name, ags in TOWNS.items()
    ),
    *(
        Service(f"jobcenter-{ags}", f"town-{ags}", f"Jobcenter {name} (Jobcenter im Kreis Borken)", Kind.JOBCENTRE, name, "", (name,))
        for name, ags in TOWNS.items()
    ),
]  # fmt: skip

STAFF = [
    Person("ahaus", "case_manager", "Amal Testin", "amal@caritas-ahaus.example", "Ahaus"),
    Person("ahaus", "case_manager", "Bernd Beispiel", "bernd@caritas-ahaus.example", "Ahaus"),
    Person("ahaus", "team_lead", "Lena Muster", "lena@caritas-ahaus.example", "Ahaus"),
    Person("ahaus", "dpo", "Dilan Prüfer", "datenschutz@caritas-ahaus.example"),
    Person("ahaus", "administrator", "Anton Konto", "verwaltung@caritas-ahaus.example"),
    Person("gronau", "case_manager", "Cem Vorlage", "cem@drk-gronau.example", "Gronau"),
    Person("gronau", "team_lead", "Tilda Modell", "tilda@drk-gronau.example", "Gronau"),
    Person("gronau", "dpo", "Dorit Siegel", "datenschutz@drk-gronau.example"),
    Person("gronau", "administrator", "Gero Schlüssel", "verwaltung@drk-gronau.example"),
    Person("bocholt", "case_manager", "Nadja Entwurf", "nadja@awo-bocholt.example", "Bocholt"),
    Person("bocholt", "administrator", "Paula Zugang", "verwaltung@awo-bocholt.example"),
    Person("borken", "case_manager", "Ruben Skizze", "ruben@caritas-borken.example", "Borken"),
    Person("borken", "administrator", "Wanda Riegel", "verwaltung@caritas-borken.example"),
    Person("ki", "coordinator", "Karin Überblick", "karin@ki-kreis-borken.example"),
    Person("ki", "administrator", "Kurt Register", "verwaltung@ki-kreis-borken.example"),
    Person("coord-bocholt", "coordinator", "Olga Netzwerk", "olga@stadt-bocholt.example"),
    Person("coord-bocholt", "administrator", "Silke Liste", "verwaltung@stadt-bocholt.example"),
    Person("abh-kreis", "partner", "Dora Amtmann", "dora@abh-kreis-borken.example"),
    Person("abh-kreis", "partner", "Ilse Lotsin", "lotsin@abh-kreis-borken.example"),
    Person("abh-kreis", "residence_officer", "Vera Bleibtreu", "baustein3@abh-kreis-borken.example"),
    Person("abh-bocholt", "partner", "Henk Schalter", "henk@abh-bocholt.example"),
    Person("kurs", "partner", "Petra Kursbüro", "petra@bildungswerk.example"),
]
