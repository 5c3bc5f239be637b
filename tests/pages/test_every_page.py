"""Every page, as the role that may see it: markup, accessibility, and nothing that sticks out on a phone."""

import re

import pytest
from django.test import Client

from tests.browser import NARROW, axe, overflow
from tests.pages.addresses import (
    FRESH,
    NOBODY,
    NOT_LOOKED_AT,
    PAGES,
    POSTS,
    address,
    client_of,
    named,
    only_takes,
)
from tests.pages.world import plant

# (who may be asked for no form key, because a second send does no harm) -> why
WITHOUT_KEY = {
    "/sprache/": "the same again",
    "/anzeige/": "the same again",
    "/konto/": "allauth's forms have their own protection",
    "/suche/": "only reads",
    "/dokumente/suche/": "only reads",
    "/aufenthalt/ansicht/": "only reads: for one view",
    "/vorpruefung/ergebnis/": "only reads: a tool that stores nothing",
    "/entwuerfe/": "the same again",
    "/rolle/wechseln/": "the same again",
    "/angebot-bestaetigen/": "the same again",
    "/termine/erinnerungen/drucken/": "the same slips again",
    "/weitergabe/": "a code is a try each time, and closing is the same again; an answer has its key: tests/partner/test_links.py",
}


def test_every_address_is_looked_at_or_says_why_not():
    views = named()
    looked_at = {name.partition(":")[0] for name in PAGES}
    assert {name for name in views if not only_takes(views[name])} == looked_at | NOT_LOOKED_AT.keys()
    assert {name for name in views if only_takes(views[name])} == POSTS.keys()
    assert not PAGES.keys() & NOT_LOOKED_AT.keys()


# ---------- markup ----------


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_markup_of_every_page(own_database, language):
    planted, found = plant(), {}
    clients = {who: client_of(who) for who in {who for who, _kwargs in PAGES.values()}}
    for name, (who, _kwargs) in PAGES.items():
        client = clients[who]
        client.cookies["faden_language"] = language
        answer = client.get(address(name, planted))
        assert answer.status_code == 200, (name, answer.status_code, answer.headers.get("Location"))
        if wrong := problems(answer, language, signed_in=who != NOBODY):
            found[name] = wrong
    assert found == {}


def problems(answer, language, *, signed_in):
    html = answer.content.decode()
    [opening] = re.findall(r"<html [^>]*>", html)
    rules = {
        "one h1": len(re.findall(r"<h1[ >]", html)) == 1,
        "a title of its own": re.search(r"<title>\s*[^\s–][^<]* – ", html),
        "its language": f'lang="{language}"' in opening,
        "no template tags": not re.search(r"{%|{{|{#|<c-|</c-", html),
        "no inline style": not re.search(r"<style|\sstyle=", html),
        "no inline script": not re.search(r"<script(?![^>]*\ssrc=)", html),
        "no handlers": not re.search(r"<[^>]*\son[a-z]+=", html),
        "escaped once": "&amp;amp;" not in html and "&amp;lt;" not in html and "&amp;quot;" not in html,
        "tokens": not without_token(html),
        "unique ids": len(ids := re.findall(r'\sid="([^"]+)"', html)) == len(set(ids)),
    }
    return [*(rule for rule, kept in rules.items() if not kept), *without_key(html, answer.wsgi_request.path)]


def forms(html):
    """(address, what is inside) of every form that is posted."""
    for opening, inside in re.findall(r"<form([^>]*)>(.*?)</form>", html, re.S):
        if 'method="post"' in opening:
            yield (re.search(r'action="([^"]*)"', opening) or [None, ""])[1], inside


def without_token(html):
    return [action for action, inside in forms(html) if 'name="csrfmiddlewaretoken"' not in inside]


def without_key(html, path):
    keyless = [action or path for action, inside in forms(html) if 'name="form_key"' not in inside]
    return [f"no form_key: {action}" for action in keyless if not any(known in action for known in WITHOUT_KEY)]


def test_no_page_behind_a_sign_in_is_kept_by_the_browser(own_database):
    """After signing out, the back button must not show a client, a search, a recovery code."""
    planted = plant()
    clients = {who: client_of(who) for who in {who for who, _kwargs in PAGES.values()} - {NOBODY}}
    answers = {n: clients[who].get(address(n, planted)) for n, (who, _kwargs) in PAGES.items() if who != NOBODY}
    amal = clients[PAGES["search"][0]]
    answers["hits"] = amal.post("/suche/ergebnis/", {"name": "Abdulrahmanzadeh"})
    answers["candidates"] = amal.post("/suche/kandidaten/", {"family": "Abdulrahmanzadeh"})
    answers["signed out"] = Client().post(address("contact-new", planted), {"text": "Was sie sagte"})
    answers["csrf"] = Client(enforce_csrf_checks=True).post("/kennwort/", {"text": "Was sie sagte"})
    kept = [n for n, answer in answers.items() if "no-store" not in answer.headers.get("Cache-Control", "")]
    assert kept == [], " ".join(kept)


# ---------- in the browser ----------

GROUPS = {
    "without an account": [NOBODY],
    "case manager": [PAGES["day"][0]],
    "her own account": [FRESH],
    "the others": sorted({who for who, _kwargs in PAGES.values()} - {NOBODY, FRESH, PAGES["day"][0]}),
}


def opened(browse, group, **options):
    """Every page of these people in one tab each: (name, tab)."""
    planted = plant()
    for who in GROUPS[group]:
        person = browse(client=client_of(who), **options)
        page = person.open("/impressum/")
        for name in [name for name, (owner, _kwargs) in PAGES.items() if owner == who]:
            person.go(page, address(name, planted))
            yield name, page


@pytest.mark.browser
@pytest.mark.parametrize("group", GROUPS)
def test_every_page_is_accessible_light_and_dark(browse, group):
    found = {name: wrong for name, page in opened(browse, group) if (wrong := axe(page))}
    assert found == {}


@pytest.mark.browser
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("group", GROUPS)
def test_no_page_scrolls_sideways_on_a_phone(browse, group, language):
    options = {"width": NARROW, "language": language}
    found = {name: wide for name, page in opened(browse, group, **options) if (wide := overflow(page)) > 0}
    assert found == {}
