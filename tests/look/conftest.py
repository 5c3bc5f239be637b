"""The look book runs as a process of its own with its own settings; Chromium visits it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browser import chromium, started

HERE = Path(__file__).parent
__all__ = ["chromium", "started"]


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment["PYTHONPATH"] = os.pathsep.join([str(HERE), str(HERE.parents[1] / "src")])
    with subprocess.Popen(
        [sys.executable, str(HERE / "lookbook" / "serve.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as server:
        assert server.stdin
        assert server.stdout
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        server.stdin.close()
        server.wait(timeout=10)


@dataclass
class Reader:
    """A person with a browser; what the CSP forbids and what breaks in scripts is remembered."""

    context: BrowserContext
    site: str
    trouble: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda line: self._hear(line.text))
        page.goto(self.site + path)
        return page

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text or "Refused to" in text:
            self.trouble.append(text)


@pytest.fixture
def reader(chromium: Browser, site: str) -> Iterator["ReaderMaker"]:
    maker = ReaderMaker(chromium, site)
    yield maker
    for made in maker.made:
        made.context.close()
    assert [trouble for made in maker.made for trouble in made.trouble] == []


class ReaderMaker:
    def __init__(self, browser: Browser, site: str) -> None:
        self.browser, self.site, self.made = browser, site, []

    def __call__(self, *, width: int = 1366, theme: str = "light", **options: object) -> Reader:
        context = self.browser.new_context(
            viewport={"width": width, "height": 768},
            color_scheme=theme,
            locale="de-DE",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(8000)
        self.made.append(Reader(context, self.site))
        return self.made[-1]
