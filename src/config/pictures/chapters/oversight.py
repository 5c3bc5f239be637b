"""Who looks after the service, and who stands outside of it."""

import re
from typing import TYPE_CHECKING

from config.pictures.camera import SITE, Studio
from config.pictures.demo import (
    ACCOUNT,
    ADMINISTRATOR,
    CASE,
    COORDINATOR,
    COURSE_PROVIDER,
    DELIVERY,
    EVALUATION,
    OFFICER,
    TEAM_LEAD,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page


def team(studio: Studio) -> None:
    """What a team lead sees before and while opening."""
    studio.shot("faelle-des-teams", TEAM_LEAD, "/team/faelle/", tallest=650)
    case = studio.link(TEAM_LEAD, "/team/faelle/", CASE)
    studio.shot("fall-oeffnen", TEAM_LEAD, f"/team{case}oeffnen/")


def aufsicht(studio: Studio) -> None:
    """Zugriffe without names; an evaluation from the request to the open one."""
    studio.shot("zugriffe", OFFICER, "/zugriffe/", tallest=800)
    studio.shot("vorgaenge", OFFICER, "/zugriffe/vorgaenge/", tallest=700)
    page = studio.open(TEAM_LEAD, "/team/faelle/")
    number = page.locator("main tbody th a").first.inner_text()
    page.close()
    studio.shot(
        "auswertung-beantragen", OFFICER, "/auswertungen/neu/", ready=lambda p: _fill_evaluation(p, number)
    )
    _ask_for_evaluation(studio, number)
    studio.shot("auswertungen-bestaetigen", TEAM_LEAD, "/auswertungen/bestaetigen/")
    _confirm_evaluation(studio)
    studio.shot("auswertungen", OFFICER, "/auswertungen/")
    evaluation = studio.link(OFFICER, "/auswertungen/", EVALUATION)
    studio.shot("auswertung", OFFICER, evaluation, tallest=800)


def _fill_evaluation(page: "Page", number: str) -> None:
    """The occasion, without a word from the case."""
    page.locator("input[name=occasion][value=complaint]").check(force=True)
    page.locator("input[name=number]").fill(number)
    page.locator("textarea[name=words]").fill("Eine Klientin fragt, wer ihre Daten gesehen hat.")


def _ask_for_evaluation(studio: Studio, number: str) -> None:
    """Anew: the one of an earlier run is ended first, a case has only one that waits or is open."""
    page = studio.open(OFFICER, "/auswertungen/")
    earlier = page.get_by_role("link", name=number).first
    if earlier.count():
        earlier.click()
        page.wait_for_url(re.compile(EVALUATION.lstrip("^")))
        if (end := page.locator("form[action$='/ende/'] button")).count():
            end.click()
            page.wait_for_load_state("networkidle")
    page.goto(f"{SITE}/auswertungen/neu/")
    _fill_evaluation(page, number)
    page.locator("main button[type=submit]").last.click()
    page.wait_for_url(re.compile(EVALUATION.lstrip("^")))
    page.close()


def _confirm_evaluation(studio: Studio) -> None:
    page = studio.open(TEAM_LEAD, "/auswertungen/bestaetigen/")
    button = page.locator("form[action$='/bestaetigung/'] button")
    if button.count():
        button.first.click()
        page.wait_for_load_state("networkidle")
    page.close()


def konten(studio: Studio) -> None:
    """Konten and an invitation."""
    studio.shot("konten", ADMINISTRATOR, "/konten/", tallest=1000)
    account = studio.link(ADMINISTRATOR, "/konten/", ACCOUNT)
    studio.shot("zugang", ADMINISTRATOR, account)
    studio.shot("einladung", ADMINISTRATOR, "/konten/einladung/")


def andere(studio: Studio) -> None:
    """Coordination, and an agency on the partner side."""
    studio.shot("ueberblick", COORDINATOR, "/ueberblick/", tallest=600)
    studio.shot("partner", COURSE_PROVIDER, "/partner/")
    delivery = studio.link(COURSE_PROVIDER, "/partner/", DELIVERY)
    studio.shot("partner-zustellung", COURSE_PROVIDER, delivery)
