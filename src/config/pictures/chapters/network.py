"""Working with others: consent, Vermittlung, Eingang, a shared chain, Fallübergabe, Fallkonferenz."""

from typing import TYPE_CHECKING

from config.pictures.camera import Studio
from config.pictures.demo import (
    CASE_MANAGER,
    CHAIN,
    COORDINATOR,
    COURSE_PROVIDER,
    DELIVERY,
    GUIDE,
    NEIGHBOUR,
    ONE,
    PERSON,
    TEAM_LEAD,
    family_case,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _recipient_chosen(page: "Page") -> None:
    page.locator("form:has(#an) button").click()
    page.wait_for_url("**/senden/**")


def weitergabe(studio: Studio) -> None:
    """What the person signs, what its end does, the register, and grounds by law."""
    case = family_case(studio)
    mother = studio.link(CASE_MANAGER, case, PERSON)
    studio.shot("einwilligung-neu", CASE_MANAGER, f"{mother}erklaerungen/einwilligung/", tallest=1600)
    standing = studio.link(CASE_MANAGER, f"{case}zusammenarbeit/", rf"/erklaerungen/{ONE}/$", last=True)
    studio.shot("einwilligung-widerruf", CASE_MANAGER, f"{standing}ende/", tallest=1300)
    studio.shot("weitergaberegister", TEAM_LEAD, "/weitergaberegister/", tallest=1200)
    studio.shot("befugnis-neu", CASE_MANAGER, f"{case}befugnis/neu/", tallest=1600)
    studio.shot("notzugriff", TEAM_LEAD, "/notzugriffe/", tallest=1000)


def vermittlung(studio: Studio) -> None:
    """From the wish to the answer, with the link and the inbox at the other end."""
    case = family_case(studio)
    studio.shot("zusammenarbeit", CASE_MANAGER, f"{case}zusammenarbeit/", tallest=1800)
    referral = studio.link(CASE_MANAGER, f"{case}zusammenarbeit/", rf"/vermittlungen/{ONE}/$")
    studio.shot("vermittlung", CASE_MANAGER, referral, tallest=1500)
    studio.shot("vermittlung-senden", CASE_MANAGER, referral, ready=_recipient_chosen, tallest=1600)
    studio.shot("anfrage-von-anderen", CASE_MANAGER, "/anfragen/andere-stellen/", tallest=1000)
    studio.shot("anfrage-an-kim", GUIDE, "/partner/anfragen/neu/", tallest=1600)
    studio.shot("eingang", NEIGHBOUR, "/eingang/", tallest=1200)
    studio.shot("eingang-vermittlung", NEIGHBOUR, studio.link(NEIGHBOUR, "/eingang/", rf"^/eingang/{ONE}/$"), tallest=1500)
    studio.shot("partner", COURSE_PROVIDER, "/partner/")


def zusammen(studio: Studio) -> None:
    """One chain together, a case that goes over, a conference, a presentation without names."""
    case = family_case(studio)
    together = f"{case}zusammenarbeit/"
    shared = studio.link(CASE_MANAGER, together, rf"/freigaben/{ONE}/$")
    studio.shot("freigabe", CASE_MANAGER, shared, tallest=1500)
    chain = studio.link(CASE_MANAGER, shared, CHAIN)
    studio.shot("kette-gemeinsam", CASE_MANAGER, chain, tallest=1600)
    copy = studio.link(COURSE_PROVIDER, "/partner/?teil=freigaben", DELIVERY)
    studio.shot("eingang-schritt", COURSE_PROVIDER, studio.link(COURSE_PROVIDER, copy, r"/schritte/beginn/$"), tallest=1300)
    studio.shot("freigabe-vorschau", CASE_MANAGER, f"{chain}freigabe/", tallest=1500)
    transfer = studio.link(CASE_MANAGER, together, rf"/uebergabe/{ONE}/$")
    studio.shot("falluebergabe", CASE_MANAGER, transfer, tallest=1800)
    studio.shot("falluebergabe-senden", CASE_MANAGER, f"{transfer}senden/", tallest=1500)
    studio.shot("fallkonferenz", CASE_MANAGER, studio.link(CASE_MANAGER, together, rf"/konferenzen/{ONE}/$"), tallest=1800)
    presentation = studio.link(CASE_MANAGER, together, rf"/fallvorstellungen/{ONE}/$", last=True)
    studio.shot("fallvorstellung-durchsehen", CASE_MANAGER, f"{presentation}durchsicht/", tallest=1500)
    told = studio.link(COORDINATOR, "/fallvorstellungen/", rf"^/fallvorstellungen/{ONE}/$")
    studio.shot("fallvorstellung-antwort", COORDINATOR, told, tallest=1600)
