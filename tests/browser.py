"""People with browsers: Chromium visits the application in this process, so tests also call verbs and move the clock.

One browser per session, one database and one context per test. Whatever a page complains about fails the test.
"""

import asyncio
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = 1366, 360
WCAG = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
# Nothing but colours changes with the theme.
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
PATIENCE = 10.0  # seconds


def until(page: Page, fits: Callable[[], Any]) -> None:
    """Wait until `fits()`: asked from here, because the pages' own policy forbids a waiting script inside them."""
    end = time.monotonic() + PATIENCE
    while not fits():
        assert time.monotonic() < end, "waited in vain"
        page.wait_for_timeout(50)
# Hundreds of languages and towns differ only in their words, and axe would look at each.
SHORTEN = "document.querySelectorAll('option:nth-of-type(n+5)').forEach((option) => option.remove())"
# A click is one press or Enter. Counted where it happens; it survives the way to the next page.
COUNT_CLICKS = """
const count = () => sessionStorage.setItem("clicks", 1 + Number(sessionStorage.getItem("clicks")));
addEventListener("pointerdown", (event) => { if (event.isTrusted) count(); }, true);
addEventListener("keydown", ({ key, target, isTrusted }) => {
  const types = target.matches("textarea, input:not([type=checkbox], [type=radio])");
  if (isTrusted && (key === "Enter" ? !target.matches("textarea") : key === " " && !types)) count();
}, true);
"""
# Chromium reports an answer that says no as an error; the tests look at such answers themselves.
EXPECTED = re.compile(r"status of 4(01|03|04|09|13|22)|ERR_INTERNET_DISCONNECTED")


# ---------- Chromium ----------


class Chromium:
    """Playwright marks its loop as running for the whole thread; here only while a browser test runs."""

    def __init__(self) -> None:
        path = next(filter(None, map(shutil.which, PROGRAMS)), None)
        if path is None:
            pytest.fail("Chromium is missing: apt install chromium", pytrace=False)
        before = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        self._playwright: Playwright = sync_playwright().start()
        self._loop = asyncio.get_running_loop()
        self.browser: Browser = self._playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        asyncio._set_running_loop(before)

    @contextmanager
    def in_use(self) -> Iterator[Browser]:
        """Django's own check for running loops is off meanwhile, and only meanwhile."""
        before = asyncio._get_running_loop()
        asyncio._set_running_loop(self._loop)
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        try:
            yield self.browser
        finally:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
            asyncio._set_running_loop(before)

    def close(self) -> None:
        with self.in_use():
            self.browser.close()
            self._playwright.stop()
            asyncio._set_running_loop(None)


@cache
def _chromium() -> Chromium:
    return Chromium()


@pytest.fixture(scope="session")
def started() -> Iterator[Chromium]:
    """One for the whole session, also when several folders ask for it."""
    yield _chromium()
    if _chromium.cache_info().currsize:
        _chromium().close()
        _chromium.cache_clear()


@pytest.fixture
def chromium(started: Chromium) -> Iterator[Browser]:
    """The browser, for one test."""
    with started.in_use() as browser:
        yield browser


# ---------- the application ----------


class Site:
    """The application behind a port, for all browser tests of this process."""

    def __init__(self) -> None:
        from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

        from config.wsgi import application

        class Quiet(WSGIRequestHandler):
            def log_message(self, format: str, *words: Any) -> None:
                pass

        self._application, self._running, self._lock = application, 0, threading.Lock()
        self._server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        self._server.set_app(self._counted)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()

    def _counted(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        with self._lock:
            self._running += 1
        try:
            return self._application(environ, start)
        finally:
            with self._lock:
                self._running -= 1

    def settle(self) -> None:
        """Wait for what the browser sent on its way out; the database goes away next."""
        until = time.monotonic() + 5
        while self._running and time.monotonic() < until:
            time.sleep(0.02)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.close()


# ---------- people ----------


@dataclass
class Person:
    """Somebody with a browser of her own; what her pages complain about is remembered."""

    context: BrowserContext
    address: str
    trouble: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """A new tab on this address."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda line: self._hear(line.type, line.text))
        page.on("response", lambda answer: self._watch(answer.status, answer.url))
        page.goto(self.address + path)
        return page

    def path(self, page: Page) -> str:
        """Where a tab is, without the host."""
        return page.url.removeprefix(self.address)

    def go(self, page: Page, path: str) -> int:
        """To an address in the same tab; the status of the answer."""
        answer = page.goto(self.address + path)
        assert answer
        return answer.status

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not EXPECTED.search(text):
            self.trouble.append(text)

    def _watch(self, status: int, url: str) -> None:
        if status >= 500:
            self.trouble.append(f"{status} {url}")


Browse = Callable[..., Person]


@pytest.fixture
def browse(own_database: str, chromium: Browser, site: Site) -> Iterator[Browse]:
    """Makes people: browse(email) is signed in already, browse() is nobody yet."""
    from django.db import connections

    from faden.kernel import clock
    from tests.desk_client import signed_in

    made: list[Person] = []

    def make(
        email: str = "",
        *,
        client: Client | None = None,
        width: int = WIDE,
        language: str = "de",
        script: bool = True,
    ) -> Person:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            locale=language,
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        context.set_default_timeout(15_000)
        if script:
            context.add_init_script(COUNT_CLICKS)
        person = Person(context, site.address)
        if client or email:
            context.add_cookies(_session_of(client or signed_in(email), site.address))
        made.append(person)
        return person

    yield make
    for person in made:
        person.context.close()
    site.settle()
    # With a running loop Django keeps another connection for this thread: close it before its database goes.
    connections.close_all()
    clock.set_forward(0)
    assert [trouble for person in made for trouble in person.trouble] == []


def _session_of(client: Client, address: str) -> list[dict[str, str]]:
    """The session as a cookie; the sign-in pages have tests of their own."""
    kept = [cookie for cookie in client.cookies.values() if cookie.key == "faden_session"]
    return [{"name": cookie.key, "value": cookie.value, "url": address} for cookie in kept]


def sign_in(page: Page, email: str) -> None:
    """Through the form, as people do."""
    from config.demo_data.network import PASSWORD

    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url(lambda address: "/anmelden/" not in address)


# ---------- what a page is asked ----------


def axe(page: Page) -> list[tuple[str, str, list[str]]]:
    """What axe finds: (theme, rule, elements). The page follows the device, so dark needs no second load."""
    page.evaluate(SHORTEN)
    page.evaluate(Axe().axe_script)
    found = []
    for theme, options in {"light": WCAG, "dark": CONTRAST}.items():
        page.emulate_media(color_scheme=theme)
        for rule in page.evaluate("options => axe.run(options)", options)["violations"]:
            found.append((theme, rule["id"], [node["html"][:160] for node in rule["nodes"]]))
    page.emulate_media(color_scheme="light")
    return found


def overflow(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways; tried, since widths lie beside a scroll bar."""
    return int(page.evaluate("(scrollTo(9999, 0), scrollX)"))


def clicks(page: Page) -> int:
    """Presses and Enters in this tab since the last call of `no_clicks`."""
    return int(page.evaluate("Number(sessionStorage.getItem('clicks'))"))


def no_clicks(page: Page) -> None:
    """Start counting at 0."""
    page.evaluate("sessionStorage.removeItem('clicks')")
