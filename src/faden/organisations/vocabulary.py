"""Kinds of services, legal regimes, and the roles people act in."""

from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


class Kind(models.TextChoices):
    """What kind of service (Fachdienst) this is."""

    MIGRATION_SERVICE = "migration_service", _("Fachdienst für Migration und Integration")
    INTEGRATION_CENTRE = "integration_centre", _("Kommunales Integrationszentrum")
    TOWN_COORDINATION = "town_coordination", _("Koordinierungsstelle einer Stadt")
    IMMIGRATION_OFFICE = "immigration_office", _("Ausländerbehörde")
    NATURALISATION_OFFICE = "naturalisation_office", _("Einbürgerungsbehörde")
    JOBCENTRE = "jobcentre", _("Jobcenter")
    SOCIAL_OFFICE = "social_office", _("Sozialamt")
    YOUTH_OFFICE = "youth_office", _("Jugendamt")
    SCHOOL_AUTHORITY = "school_authority", _("Schulamt")
    MUNICIPALITY = "municipality", _("Stadt- oder Gemeindeverwaltung")
    COURSE_PROVIDER = "course_provider", _("Kursträger")
    SCHOOL = "school", _("Schule oder Kita")
    VOLUNTEERS = "volunteers", _("Ehrenamt, Initiative")


# Only these ever have a desk. All other agencies use the partner side: no search, no cases.
DESK_KINDS = frozenset({Kind.MIGRATION_SERVICE, Kind.INTEGRATION_CENTRE, Kind.TOWN_COORDINATION})


class AgencyKind(models.TextChoices):
    """Kinds of agencies: what is counted later is the kind, never one officer."""

    ABH = "abh", _("Ausländerbehörde")
    EINBUERGERUNG = "einbuergerung", _("Einbürgerungsbehörde")
    BAMF = "bamf", _("BAMF")
    ALLOCATION = "bezirksregierung", _("Bezirksregierung")
    MELDEAMT = "meldeamt", _("Einwohnermeldeamt, Bürgerbüro")
    SOZIALAMT = "sozialamt", _("Sozialamt")
    JOBCENTER = "jobcenter", _("Jobcenter")
    AGENTUR = "agentur", _("Agentur für Arbeit")
    JUGENDAMT = "jugendamt", _("Jugendamt")
    FAMILIENKASSE = "familienkasse", _("Familienkasse")
    KI = "ki", _("Kommunales Integrationszentrum")
    SCHULAMT = "schulamt", _("Schulamt")
    SCHULE = "schule", _("Schule")
    KITA = "kita", _("Kita oder Kindertagespflege")
    KURSTRAEGER = "kurstraeger", _("Kursträger")
    ANERKENNUNG = "anerkennungsstelle", _("Anerkennungsstelle")
    KAMMER = "kammer", _("Kammer (IHK, HWK)")
    BETRIEB = "betrieb", _("Betrieb")
    KRANKENKASSE = "krankenkasse", _("Krankenkasse")
    GESUNDHEIT = "gesundheit", _("Praxis, Klinik, Therapie")
    WOHNUNG = "wohnungsgeber", _("Vermieter, Wohnungsgesellschaft")
    BANK = "bank", _("Bank")
    VERTRETUNG = "auslandsvertretung", _("Botschaft oder Konsulat")
    GERICHT = "gericht", _("Gericht")
    SPRACHMITTLUNG = "uebersetzung", _("Übersetzung, Sprachmittlung")
    BERATUNG = "beratungsstelle", _("Beratungsstelle")
    GEMEINDE = "gemeinde", _("Stadt oder Gemeinde")
    OTHER = "andere", _("andere Stelle")


# Offices that decide about somebody's stay: nothing of a chain reaches them, and by law only after §§ 87, 88 AufenthG.
STAY_KINDS = frozenset({Kind.IMMIGRATION_OFFICE, Kind.NATURALISATION_OFFICE})
STAY_AGENCIES = frozenset({AgencyKind.ABH, AgencyKind.EINBUERGERUNG})


class Regime(models.TextChoices):
    """The data protection law the legal body is under."""

    GDPR = "gdpr", _("DSGVO und BDSG")
    KDG = "kdg", _("Gesetz über den Kirchlichen Datenschutz (KDG)")
    DSG_EKD = "dsg_ekd", _("Datenschutzgesetz der EKD (DSG-EKD)")
    STATE = "state", _("DSGVO, DSG NRW und SGB X")


class Permission(Enum):
    """What a role allows; the caseload and the matter at hand decide the rest."""

    SIGN_IN = "sign_in"
    SEE_DAY = "see_day"
    TAKE_INQUIRIES = "take_inquiries"
    WORK_ON_CASES = "work_on_cases"
    OPEN_CASES = "open_cases"
    OPEN_CASES_WITH_REASON = "open_cases_with_reason"
    NOTE_FINDINGS = "note_findings"
    PLAN_WORK = "plan_work"
    SEE_DEMAND = "see_demand"
    SEE_LOOKS = "see_looks"
    CONFIRM_OVERSIGHT = "confirm_oversight"
    REVIEW_EMERGENCIES = "review_emergencies"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_LISTS = "manage_lists"
    ANSWER_DELIVERIES = "answer_deliveries"
    ANSWER_CLIENTS = "answer_clients"
    ASK_SERVICES = "ask_services"
    READ_RULES = "read_rules"
    KEEP_OFFERS = "keep_offers"


class Role:
    """Base of the roles: a code, a German label, what it is for, what it allows."""

    code: str
    label: object
    description: object
    permissions: frozenset[Permission]
    at_desk = True


class CaseManager(Role):
    """Works with people."""

    code = "case_manager"
    label = _("Case Management")
    description = _(
        "Nimmt Anfragen auf, führt Fälle und dokumentiert sie. Sieht die eigenen Fälle ganz,"
        " fremde Fälle des Dienstes nicht."
    )
    permissions = frozenset(
        {
            Permission.SEE_DAY,
            Permission.TAKE_INQUIRIES,
            Permission.WORK_ON_CASES,
            Permission.OPEN_CASES,
            Permission.NOTE_FINDINGS,
            Permission.READ_RULES,
            Permission.KEEP_OFFERS,
        }
    )


class TeamLead(Role):
    """Answers for the work of a team."""

    code = "team_lead"
    label = _("Teamleitung")
    description = _(
        "Verantwortet die Arbeit des Teams. Öffnet Fallinhalte nur mit einem Grund: Vertretung,"
        " Fachaufsicht oder Beschwerde. Jede Öffnung wird vermerkt."
    )
    permissions = frozenset(
        {
            Permission.SEE_DAY,
            Permission.TAKE_INQUIRIES,
            Permission.OPEN_CASES,
            Permission.OPEN_CASES_WITH_REASON,
            Permission.NOTE_FINDINGS,
            Permission.READ_RULES,
            Permission.PLAN_WORK,
            Permission.CONFIRM_OVERSIGHT,
            Permission.REVIEW_EMERGENCIES,
            Permission.MANAGE_LISTS,
            Permission.KEEP_OFFERS,
        }
    )


class Coordinator(Role):
    """Steers structures, not cases."""

    code = "coordinator"
    label = _("Koordination")
    description = _(
        "Steuert Strukturen. Sieht keine Fallinhalte, nur zusammengefasste Zahlen"
        " und Hinweise ohne Namen."
    )
    permissions = frozenset({Permission.SEE_DEMAND, Permission.READ_RULES, Permission.KEEP_OFFERS})


class DataProtectionOfficer(Role):
    """Watches over looks."""

    code = "dpo"
    label = _("Datenschutz")
    description = _(
        "Sieht, auf welche Daten aus welchem Anlass zugegriffen wurde. Namen von Beschäftigten"
        " und einen einzelnen Vorgang nur mit Anlass und zweiter Person, sieben Tage lang."
    )
    # A case only through a confirmed matter, see cases.policies.
    permissions = frozenset({Permission.SEE_LOOKS, Permission.OPEN_CASES, Permission.REVIEW_EMERGENCIES})


class Administrator(Role):
    """Runs accounts, sees no content."""

    code = "administrator"
    label = _("Verwaltung der Konten")
    description = _("Richtet Konten ein und beendet sie. Sieht keine Fallinhalte.")
    permissions = frozenset({Permission.MANAGE_ACCOUNTS, Permission.CONFIRM_OVERSIGHT})


class PartnerOfficer(Role):
    """Answers what was delivered to an agency; never at the desk."""

    code = "partner"
    label = _("Partnerstelle")
    description = _("Sieht und beantwortet, was der Stelle zugestellt wurde. Keine Suche, keine Fälle.")
    permissions = frozenset({Permission.ANSWER_DELIVERIES, Permission.ASK_SERVICES, Permission.KEEP_OFFERS})
    at_desk = False


class ResidenceOfficer(Role):
    """KIM building block 3 in an office that decides about stay: reads what clients ask it, and nothing else."""

    code = "residence_officer"
    label = _("KIM-Fachkraft Baustein 3")
    description = _(
        "Sieht und beantwortet nur, was Klientinnen und Klienten selbst anfragen: Voranfragen und Begleitschreiben."
        " Die anderen Konten der Behörde sehen diese Anfragen nicht."
    )
    permissions = frozenset({Permission.ANSWER_DELIVERIES, Permission.ANSWER_CLIENTS, Permission.READ_RULES})
    at_desk = False


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (
        CaseManager,
        TeamLead,
        Coordinator,
        DataProtectionOfficer,
        Administrator,
        PartnerOfficer,
        ResidenceOfficer,
    )
}
ROLE_CHOICES = [(code, role.label) for code, role in ROLES.items()]

ROLE_TAKEN = Event("role.taken", _("hat sich in dieser Rolle angemeldet"))
INVITED = Event("account.invited", _("hat jemanden eingeladen"))
INVITATION_ACCEPTED = Event("account.invitation_accepted", _("hat eine Einladung angenommen"))
INVITATION_WITHDRAWN = Event("account.invitation_withdrawn", _("hat eine Einladung zurückgezogen"))
MEMBERSHIP_ENDED = Event("account.membership_ended", _("hat einen Zugang beendet"))
POST_SHARED = Event("account.post_shared", _("hat einen Stellenanteil eingetragen"))
MEMBERSHIP_GIVEN = Event("account.membership_given", _("hat einen Zugang gegeben"))
TEAM_MADE = Event("team.made", _("hat ein Team angelegt"))
TEAM_ASSIGNED = Event("team.assigned", _("hat jemanden einem Team zugeordnet"))
AGENCY_NOTED = Event("agency.noted", _("hat eine Stelle in das Adressbuch eingetragen"))
AGENCY_CHANGED = Event("agency.changed", _("hat eine Stelle im Adressbuch geändert"))
AGENCY_ENDED = Event("agency.ended", _("hat eine Stelle aus dem Adressbuch genommen"))
