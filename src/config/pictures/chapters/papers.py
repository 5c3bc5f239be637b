"""Papers of all kinds, and appointments."""

from config.pictures.camera import Studio
from config.pictures.demo import (
    APPOINTMENT,
    CASE_MANAGER,
    DECISION,
    FORM,
    LETTER,
    PAPER,
    PERSON,
    TEAM_LEAD,
    family_case,
)


def papiere(studio: Studio) -> None:
    """Papers, Bescheide, what is signed, letters, and what the person takes along, in the demo's family."""
    case = family_case(studio)
    mother = studio.link(CASE_MANAGER, case, PERSON)
    studio.shot("dokumente", CASE_MANAGER, f"{case}dokumente/")
    studio.shot(
        "dokument",
        CASE_MANAGER,
        studio.link(CASE_MANAGER, f"{case}dokumente/?art=decision", PAPER),
        tallest=1400,
    )
    studio.shot("dokument-neu", CASE_MANAGER, f"{case}dokumente/neu/", tallest=1400)
    studio.shot("dokument-gesehen", CASE_MANAGER, f"{case}dokumente/neu/?art=medical")
    studio.shot("scan-eingang", CASE_MANAGER, "/scan-eingang/", tallest=1300)
    studio.shot("bescheid-neu", CASE_MANAGER, f"{case}bescheide/neu/", tallest=1500)
    studio.shot(
        "bescheid", CASE_MANAGER, studio.link(CASE_MANAGER, f"{case}bescheide/", DECISION), tallest=1400
    )
    studio.shot("bescheid-mein-tag", CASE_MANAGER, "/tag/", tallest=550)
    studio.shot("erklaerungen", CASE_MANAGER, f"{mother}erklaerungen/")
    studio.shot("vollmacht-neu", CASE_MANAGER, f"{mother}erklaerungen/vollmacht/", tallest=1600)
    studio.shot(
        "erklaerung-blatt",
        CASE_MANAGER,
        studio.link(CASE_MANAGER, f"{mother}erklaerungen/", FORM),
        tallest=1300,
    )
    studio.shot("texte-zum-unterschreiben", TEAM_LEAD, "/texte/")
    studio.shot("briefe", CASE_MANAGER, f"{case}briefe/")
    draft = studio.link(CASE_MANAGER, f"{case}briefe/", LETTER)
    studio.shot("brief-senden", CASE_MANAGER, f"{draft}senden/", tallest=1200)
    studio.shot("briefregister", TEAM_LEAD, "/briefregister/")
    studio.shot("briefvorlagen", TEAM_LEAD, "/briefvorlagen/")
    studio.shot("blatt-texte", CASE_MANAGER, f"{mother}blatt/texte/ar/", tallest=1200)
    studio.shot("uebersetzungen", TEAM_LEAD, "/uebersetzungen/")


def termine(studio: Studio) -> None:
    """The week, one appointment, and where interpreters come from."""
    studio.shot("termine", CASE_MANAGER, "/termine/", tallest=1200)
    case = family_case(studio)
    studio.shot("termin-seite", CASE_MANAGER, studio.link(CASE_MANAGER, case, APPOINTMENT), tallest=1300)
    studio.shot("sprachmittlung", TEAM_LEAD, "/sprachmittlung/")
