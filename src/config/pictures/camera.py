"""The camera: the system's Chromium, what it sees of a page, and how small a picture must be."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SITE = os.environ.get("FADEN_PICTURES_URL", "http://127.0.0.1:8000").rstrip("/")
FOLDER = Path(__file__).resolve().parents[3] / "docs" / "bilder"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = 1366, 360
TALLEST = 1000
MOST_BYTES, MOST_BYTES_OF_ALL = 150_000, 8_000_000

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
            raise PictureProblem(
                f"{path} answers {answer.status if answer else 'nothing'} to {account or 'nobody'}"
            )
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
    # No strip for a scroll bar that is not there.
    page.evaluate("document.documentElement.style.scrollbarGutter = 'auto'")
    size = page.viewport_size or {"width": WIDE, "height": 900}
    # The window is as high as the screen's smallest, so that short pages leave no white.
    page.set_viewport_size({"width": size["width"], "height": 400})
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), tallest)
    page.set_viewport_size({"width": size["width"], "height": max(height, 400)})
    page.screenshot(path=path)
    _press(path)
    print(f"  {path.name:<32} {path.stat().st_size // 1000:>4} kB", flush=True)


def _press(path: Path) -> None:
    """A page has few colours: 96 of them look the same and take less than half the room; the median would lose the red of a badge."""
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(96, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def _sign_in(page: "Page", account: str) -> None:
    from config.demo_data.network import PASSWORD  # noqa: PLC0415 -- brings Django

    page.goto(f"{SITE}/konto/anmelden/")
    page.locator("input[name=login]").fill(account)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/anmelden/" not in address)
    page.close()


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
