"""`make pictures`: the pictures of the manual, taken from a running demo by the system's Chromium.

    make demo            (in one terminal)
    make pictures        (in another; FADEN_PICTURES_URL names another address than http://127.0.0.1:8000)

Data comes from the demo's seed, so the pictures change only where the pages do. What this writes into the
demo is an evaluation by the data protection officer, each time a new one; all other forms are not sent.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SITE = os.environ.get("FADEN_PICTURES_URL", "http://127.0.0.1:8000").rstrip("/")
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "bilder"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = 1366, 360
TALLEST = 1000
MOST_BYTES, MOST_BYTES_OF_ALL = 150_000, 6_000_000

# A browser writes days and times as its own language does; the one here may be English, readers' are German.
GERMAN_DATES = """() => document.querySelectorAll("input[type=date], input[type=time]").forEach((field) => {
  const [year, month, day] = field.value.split("-");
  const shown = field.type === "time" ? field.value.slice(0, 5) : day ? `${day}.${month}.${year}` : "";
  field.placeholder = field.type === "date" ? "TT.MM.JJJJ" : "--:--";
  field.type = "text";
  field.value = shown;
})"""

# Typed for a picture only: no draft of it may lie in the next one.
WITHOUT_DRAFTS = """document.addEventListener("readystatechange", () => {
  document.querySelectorAll("form[data-draft]").forEach((form) => form.removeAttribute("data-draft"));
})"""

NOBODY = ""
CASE_MANAGER, TEAM_LEAD = "amal@caritas-ahaus.example", "lena@caritas-ahaus.example"
OFFICER, ADMINISTRATOR = "datenschutz@caritas-ahaus.example", "verwaltung@caritas-ahaus.example"
COORDINATOR, COURSE_PROVIDER = "karin@ki-kreis-borken.example", "petra@bildungswerk.example"

CASE = r"^/faelle/[0-9a-f-]{36}/$"
PERSON = r"^/faelle/[0-9a-f-]{36}/personen/[0-9a-f-]{36}/$"
PAPER = r"^/faelle/[0-9a-f-]{36}/dokumente/[0-9a-f-]{36}/$"
DECISION = r"/bescheide/[0-9a-f-]{36}/$"
PAPER = r"/dokumente/[0-9a-f-]{36}/$"
LETTER = r"/briefe/[0-9a-f-]{36}/$"
FORM = r"/erklaerungen/[0-9a-f-]{36}/$"
APPOINTMENT = r"/termine/[0-9a-f-]{36}/$"
CHAIN = r"^/faelle/[0-9a-f-]{36}/ketten/[0-9a-f-]{36}/$"
INQUIRY = r"^/anfragen/[0-9a-f-]{36}/$"
MATTER = r"^/kennwort/[0-9a-f-]{36}/$"
EVALUATION = r"^/auswertungen/[0-9a-f-]{36}/$"
ACCOUNT = r"^/konten/[0-9a-f-]{36}/$"
DELIVERY = r"/zustellungen/[0-9a-f-]{36}/$"


class PictureProblem(Exception):
    """What is wrong and what to do, in one line."""


@dataclass
class Studio:
    """One browser with a window per account, width and theme, each signed in once."""

    browser: "Browser"
    windows: dict[tuple[str, int, str], "BrowserContext"] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def shot(
        self,
        name: str,
        account: str,
        path: str,
        *,
        ready: "Callable[[Page], None] | None" = None,
        width: int = WIDE,
        theme: str = "light",
        tallest: int = TALLEST,
    ) -> None:
        """One address as one account sees it, as docs/bilder/<name>.png; a failure does not stop the others."""
        from playwright.sync_api import Error  # noqa: PLC0415 -- only in the dev environment

        try:
            page = self.open(account, path, width=width, theme=theme)
            if ready:
                ready(page)
            _take(page, FOLDER / f"{name}.png", tallest)
            page.close()
        except (PictureProblem, Error) as problem:
            self.troubles.append(f"{name}: {str(problem).splitlines()[0]}")

    def open(self, account: str, path: str, *, width: int = WIDE, theme: str = "light") -> "Page":
        """A tab on one address; a page with an error is not worth a picture."""
        page = self._window(account, width, theme).new_page()
        answer = page.goto(SITE + path)
        if answer is None or not answer.ok:
            raise PictureProblem(f"{path} answers {answer.status if answer else 'nothing'} to {account or 'nobody'}")
        return page

    def _window(self, account: str, width: int, theme: str) -> "BrowserContext":
        key = (account, width, theme)
        if key not in self.windows:
            self.windows[key] = self.browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if theme == "dark" else "light",
                locale="de-DE",
                reduced_motion="reduce",
            )
            self.windows[key].set_default_timeout(15_000)
            self.windows[key].add_init_script(WITHOUT_DRAFTS)
            if account:
                _sign_in(self.windows[key].new_page(), account)
        return self.windows[key]

    def link(self, account: str, path: str, pattern: str, *, last: bool = False) -> str:
        """The address of the first link on a page that looks like this, or of the last."""
        page = self.open(account, path)
        links = page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        page.close()
        matching = [link for link in links if link and re.search(pattern, link)]
        found = matching[-1 if last else 0] if matching else None
        if found is None:
            raise PictureProblem(f"{path} shows {account} no link like {pattern}: is the demo's data there?")
        return str(found)


def _take(page: "Page", path: Path, tallest: int) -> None:
    """From the top down to `tallest` pixels, or to the page's end."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement && document.activeElement.blur()")
    page.evaluate("window.scrollTo(0, 0)")
    page.evaluate(GERMAN_DATES)
    page.evaluate("document.documentElement.style.scrollbarGutter = 'auto'")  # no strip for a bar that is not there
    size = page.viewport_size or {"width": WIDE, "height": 900}
    # The window is as high as the screen's smallest, so that short pages leave no white.
    page.set_viewport_size({"width": size["width"], "height": 400})
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), tallest)
    page.set_viewport_size({"width": size["width"], "height": max(height, 400)})
    page.screenshot(path=path)
    _press(path)
    print(f"  {path.name:<32} {path.stat().st_size // 1000:>4} kB", flush=True)


def _press(path: Path) -> None:
    """A page has few colours: 256 of them look the same and take less than half the room."""
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def _sign_in(page: "Page", account: str) -> None:
    from config.demo_data.network import PASSWORD  # noqa: PLC0415 -- brings Django

    page.goto(f"{SITE}/konto/anmelden/")
    page.locator("input[name=login]").fill(account)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/anmelden/" not in address)
    page.close()


def anmelden(studio: Studio) -> None:
    """Before and just after signing in."""
    studio.shot("anmelden", NOBODY, "/konto/anmelden/")
    studio.shot("zweiter-faktor", CASE_MANAGER, "/konto/zweiter-faktor/")
    studio.shot("rolle", CASE_MANAGER, "/rolle/")


def tag(studio: Studio) -> None:
    """Mein Tag, in all dresses."""
    studio.shot("mein-tag", CASE_MANAGER, "/tag/", tallest=900)
    studio.shot("mein-tag-dunkel", CASE_MANAGER, "/tag/", theme="dark", tallest=750)
    studio.shot("mein-tag-schmal", CASE_MANAGER, "/tag/", width=NARROW)


def anfragen(studio: Studio) -> None:
    """Anfrage and Kennwort."""
    studio.shot("anfrage", CASE_MANAGER, "/anfragen/neu/", ready=_fill_inquiry, tallest=1300)
    studio.shot("anfrage-schmal", CASE_MANAGER, "/anfragen/neu/", width=NARROW)
    studio.shot("anfragen", CASE_MANAGER, "/anfragen/", tallest=800)
    inquiry = studio.link(CASE_MANAGER, "/anfragen/?ergebnis=open", INQUIRY)
    studio.shot("anfrage-ansehen", CASE_MANAGER, inquiry)
    studio.shot("kennwort", CASE_MANAGER, "/kennwort/")
    matter = studio.link(CASE_MANAGER, "/anfragen/", MATTER)
    studio.shot("kennwort-kontakte", CASE_MANAGER, matter)
    studio.shot("mit-namen-weiter", CASE_MANAGER, f"{matter}fall/", tallest=800)


def _fill_inquiry(page: "Page") -> None:
    """A talk at the door; not sent."""
    page.locator("select[name=municipality]").select_option(label="Ahaus")
    page.locator("select[name=language]").select_option("ar")
    page.locator("input[name=life_areas][value=language]").check(force=True)
    page.locator("input[name=life_areas][value=childcare]").check(force=True)
    page.locator("textarea[name=text]").fill("Fragt nach einem Sprachkurs mit Kinderbetreuung.")


def suche(studio: Studio) -> None:
    """A name heard and written as one can; then the same on the way to a new case."""
    studio.shot("suche", CASE_MANAGER, "/suche/", ready=_search)
    studio.shot("fall-eroeffnen", CASE_MANAGER, "/faelle/neu/", ready=_type_name, tallest=1850)


def _search(page: "Page") -> None:
    page.locator("main input[name=name]").press_sequentially("Shevchenko")
    page.locator("#treffer li").first.wait_for()


def _type_name(page: "Page") -> None:
    page.locator("input[name=family]").fill("Shevchenko")
    page.locator("input[name=given]").press_sequentially("Natalia")
    page.locator("#kandidaten li").first.wait_for()


def faelle(studio: Studio) -> None:
    """Meine Fälle, a case, and what is written there."""
    studio.shot("meine-faelle", CASE_MANAGER, "/faelle/", tallest=800)
    studio.shot("meine-faelle-schmal", CASE_MANAGER, "/faelle/", width=NARROW)
    case = studio.link(CASE_MANAGER, "/faelle/", CASE)
    studio.shot("fall", CASE_MANAGER, case, tallest=1100)
    studio.shot("fall-dunkel", CASE_MANAGER, case, theme="dark", tallest=750)
    studio.shot("fall-schmal", CASE_MANAGER, case, width=NARROW)
    studio.shot("kontakt", CASE_MANAGER, f"{case}kontakte/neu/", ready=_write_contact, tallest=1100)
    studio.shot("kontakt-schmal", CASE_MANAGER, f"{case}kontakte/neu/", width=NARROW)
    for name, path in {
        "arbeitsnotiz": "arbeitsnotizen/neu/",
        "aufgabe": "aufgaben/neu/",
        "termin": "termine/neu/",
        "phase": "phase/",
        "dokument-neu": "dokumente/neu/",
        "dokument-gesehen": "dokumente/neu/?art=medical",
    }.items():
        studio.shot(name, CASE_MANAGER, case + path)


def _write_contact(page: "Page") -> None:
    words = "Brief der Krankenkasse zusammen gelesen. Die Karte kommt in zwei Wochen."
    page.locator("textarea[name=text]").fill(words)


def familie(studio: Studio) -> None:
    """The family of the demo: everybody's page, what is known, what she says, how the case goes on."""
    case = studio.link(CASE_MANAGER, "/faelle/?fuer=family", CASE)
    # The filter stays with the person: the next pictures want all cases again.
    studio.open(CASE_MANAGER, "/faelle/?filter=aus").close()
    studio.shot("familienfall", CASE_MANAGER, case, tallest=1100)
    studio.shot("familie", CASE_MANAGER, f"{case}familie/", tallest=1300)
    mother = studio.link(CASE_MANAGER, case, PERSON)
    studio.shot("person", CASE_MANAGER, mother, tallest=1100)
    for name, path in {
        "blatt": "blatt/",
        "angaben": "angaben/",
        "schutz": "schutz/",
        "assessment": "assessment/",
        "assessment-bereich": "assessment/bereiche/housing/",
        "netzwerk": "netzwerk/",
    }.items():
        studio.shot(name, CASE_MANAGER, mother + path, tallest=1600 if name == "netzwerk" else TALLEST)
    studio.shot("person-schmal", CASE_MANAGER, mother, width=NARROW)
    studio.shot("dokumente", CASE_MANAGER, f"{case}dokumente/")
    paper = studio.link(CASE_MANAGER, f"{case}dokumente/?art=decision", PAPER)
    studio.shot("dokument", CASE_MANAGER, paper, tallest=1400)
    studio.shot("scan-eingang", CASE_MANAGER, "/eingang/")
    studio.shot("plan", CASE_MANAGER, f"{mother}plan/", tallest=1400)
    studio.shot("plan-fassungen", CASE_MANAGER, f"{mother}plan/fassungen/")
    studio.shot("fristen", CASE_MANAGER, "/fristen/")
    studio.shot("ketten", CASE_MANAGER, f"{case}ketten/", tallest=1200)
    chain = studio.link(CASE_MANAGER, f"{case}ketten/", CHAIN)
    studio.shot("kette", CASE_MANAGER, chain, tallest=1200)
    studio.shot("kette-bild", CASE_MANAGER, chain, ready=_only_the_picture)
    studio.shot("kette-schmal", CASE_MANAGER, chain, width=NARROW, tallest=1500)
    grandmother = studio.link(CASE_MANAGER, case, PERSON, last=True)
    studio.shot("einreise", CASE_MANAGER, f"{grandmother}einreise/")
    studio.shot("phasen", CASE_MANAGER, f"{case}phase/", tallest=1100)
    studio.shot("abschluss", CASE_MANAGER, f"{case}abschluss/", tallest=1100)
    studio.shot("vertretungen", CASE_MANAGER, "/vertretungen/")
    studio.shot("doppelte", CASE_MANAGER, "/doppelte/")
    studio.shot("kettenvorlage", TEAM_LEAD, "/ketten/vorlagen/sprache/", tallest=1200)
    studio.shot("uebernahme", TEAM_LEAD, "/uebernahme/")
    studio.shot("auslastung", TEAM_LEAD, "/auslastung/")


def _only_the_picture(page: "Page") -> None:
    """A chain's picture as it would hang on a wall."""
    page.evaluate("document.body.replaceChildren(document.getElementById('bild'))")


def papiere(studio: Studio) -> None:
    """Papers, Bescheide, what is signed, letters, and what the person takes along, in the demo's family."""
    case = studio.link(CASE_MANAGER, "/faelle/?fuer=family", CASE)
    studio.open(CASE_MANAGER, "/faelle/?filter=aus").close()
    mother = studio.link(CASE_MANAGER, case, PERSON)
    studio.shot("dokumente", CASE_MANAGER, f"{case}dokumente/")
    studio.shot("dokument", CASE_MANAGER, studio.link(CASE_MANAGER, f"{case}dokumente/?art=decision", PAPER), tallest=1400)
    studio.shot("dokument-neu", CASE_MANAGER, f"{case}dokumente/neu/", tallest=1400)
    studio.shot("dokument-gesehen", CASE_MANAGER, f"{case}dokumente/neu/?art=medical")
    studio.shot("scan-eingang", CASE_MANAGER, "/eingang/", tallest=1300)
    studio.shot("bescheid-neu", CASE_MANAGER, f"{case}bescheide/neu/", tallest=1500)
    studio.shot("bescheid", CASE_MANAGER, studio.link(CASE_MANAGER, f"{case}bescheide/", DECISION), tallest=1400)
    studio.shot("bescheid-mein-tag", CASE_MANAGER, "/tag/", tallest=550)
    studio.shot("erklaerungen", CASE_MANAGER, f"{mother}erklaerungen/")
    studio.shot("vollmacht-neu", CASE_MANAGER, f"{mother}erklaerungen/vollmacht/", tallest=1600)
    studio.shot("erklaerung-blatt", CASE_MANAGER, studio.link(CASE_MANAGER, f"{mother}erklaerungen/", FORM), tallest=1300)
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
    case = studio.link(CASE_MANAGER, "/faelle/?fuer=family", CASE)
    studio.open(CASE_MANAGER, "/faelle/?filter=aus").close()
    studio.shot("termin-seite", CASE_MANAGER, studio.link(CASE_MANAGER, case, APPOINTMENT), tallest=1300)
    studio.shot("sprachmittlung", TEAM_LEAD, "/sprachmittlung/")


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
    studio.shot("auswertung-beantragen", OFFICER, "/auswertungen/neu/", ready=lambda p: _fill_evaluation(p, number))
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


CHAPTERS = (anmelden, tag, anfragen, suche, faelle, familie, papiere, termine, team, aufsicht, konten, andere)


@contextmanager
def chromium() -> Iterator["Browser"]:
    """The system's own; Playwright's downloads are not used."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only in the dev environment

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise PictureProblem("Chromium is missing: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def too_large(folder: Path) -> list[str]:
    """Pictures stay in the repository's history for ever: each and all together have a limit."""
    pictures = sorted(folder.glob("*.png"))
    found = [f"{p.name} has {p.stat().st_size} bytes" for p in pictures if p.stat().st_size > MOST_BYTES]
    total = sum(picture.stat().st_size for picture in pictures)
    return found + ([f"all together have {total} bytes"] if total > MOST_BYTES_OF_ALL else [])


def take_all(studio: Studio, names: list[str]) -> None:
    """All chapters, or the named ones."""
    from playwright.sync_api import Error  # noqa: PLC0415 -- only in the dev environment

    for chapter in CHAPTERS:
        if names and chapter.__name__ not in names:
            continue
        try:
            chapter(studio)
        except (PictureProblem, Error) as problem:
            studio.troubles.append(f"{chapter.__name__}: {str(problem).splitlines()[0]}")


def main(names: list[str]) -> int:
    """The names of chapters, all when none is given; 1 if a picture is missing or too large."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    troubles: list[str] = []
    try:
        with chromium() as browser:
            studio = Studio(browser)
            take_all(studio, names)
            troubles = studio.troubles
    except PictureProblem as problem:
        troubles = [str(problem)]
    for trouble in [*troubles, *(f"too large: {line}" for line in too_large(FOLDER))]:
        print(f"make pictures: {trouble}", file=sys.stderr)
    return 1 if troubles or too_large(FOLDER) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
