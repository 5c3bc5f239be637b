"""The demo before the camera: who looks, and what the addresses of the pages look like."""

from config.pictures.camera import Studio

NOBODY = ""
CASE_MANAGER, TEAM_LEAD = "amal@caritas-ahaus.example", "lena@caritas-ahaus.example"
OFFICER, ADMINISTRATOR = "datenschutz@caritas-ahaus.example", "verwaltung@caritas-ahaus.example"
COORDINATOR, COURSE_PROVIDER = "karin@ki-kreis-borken.example", "petra@bildungswerk.example"
BLOCK_THREE = "baustein3@abh-kreis-borken.example"
NEIGHBOUR, GUIDE = "cem@drk-gronau.example", "lotsin@abh-kreis-borken.example"

CASE = r"^/faelle/[0-9a-f-]{36}/$"
PERSON = r"^/faelle/[0-9a-f-]{36}/personen/[0-9a-f-]{36}/$"
PAPER = r"/dokumente/[0-9a-f-]{36}/$"
DECISION = r"/bescheide/[0-9a-f-]{36}/$"
LETTER = r"/briefe/[0-9a-f-]{36}/$"
FORM = r"/erklaerungen/[0-9a-f-]{36}/$"
APPOINTMENT = r"/termine/[0-9a-f-]{36}/$"
CHAIN = r"^/faelle/[0-9a-f-]{36}/ketten/[0-9a-f-]{36}/$"
INQUIRY = r"^/anfragen/[0-9a-f-]{36}/$"
MATTER = r"^/kennwort/[0-9a-f-]{36}/$"
EVALUATION = r"^/auswertungen/[0-9a-f-]{36}/$"
ACCOUNT = r"^/konten/[0-9a-f-]{36}/$"
ONE = "[0-9a-f-]{36}"
DELIVERY = r"/zustellungen/[0-9a-f-]{36}/$"


def family_case(studio: Studio) -> str:
    """The address of the demo's family."""
    case = studio.link(CASE_MANAGER, "/faelle/?fuer=family", CASE)
    # The filter stays with the person: the next pictures want all cases again.
    studio.open(CASE_MANAGER, "/faelle/?filter=aus").close()
    return case
