"""Whatever is typed is kept while it is typed: every form with text has its draft, and can be gone on with."""

from html.parser import HTMLParser

import pytest

from tests.pages.addresses import PAGES, address, client_of
from tests.pages.world import plant

TYPED = ("text", "email", "tel", "url")
# Forms with a field of text and no draft, and why.
WITHOUT = {
    "account_login": "signing in",
    "account_reset_password": "signing in",
    "mfa_add_webauthn": "a word for a key, in the second factor's own dance",
    "codeword": "looks for an anonymous matter: who holds the Kennwort alone may find it",
    "codeword-new": "shows a Kennwort that is written down nowhere",
    "search": "looks for somebody",
    "link": "a code told by telephone",
    "offer-link": "behind a link, without an account to keep anything for; a refusal keeps what was typed",
    "accounts": "a word for a team, beside a list",
}


class Forms(HTMLParser):
    """Posted forms of a page, each with its attributes and the fields of text in it."""

    def __init__(self, html):
        super().__init__()
        self.found, self.inside = [], None
        self.feed(html)

    def handle_starttag(self, tag, pairs):
        values = dict(pairs)
        if tag == "form":
            self.inside = (values, [])
            if values.get("method") == "post":
                self.found.append(self.inside)
        elif self.inside and (tag == "textarea" or tag == "input" and values.get("type", "text") in TYPED):
            self.inside[1].append(values["name"])

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None


@pytest.fixture(scope="module")
def pages(module_database):
    """Every page that says something: (name, whose, where, its HTML)."""
    planted, found = plant(), []
    clients = {who: client_of(who) for who in {who for who, _kwargs in PAGES.values()}}
    for name, (who, _kwargs) in PAGES.items():
        path = address(name, planted)
        answer = clients[who].get(path)
        if answer["Content-Type"].startswith("text/html"):
            found.append((name, who, path, answer.content.decode()))
    return found


def test_every_form_with_text_has_a_draft(pages):
    typed = {
        name: fields
        for name, _who, _path, html in pages
        for form, fields in Forms(html).found
        if fields and "data-draft" not in form
    }
    assert {name: fields for name, fields in typed.items() if name not in WITHOUT} == {}
    assert WITHOUT.keys() - typed.keys() == set(), "an exception nobody needs"


def test_a_draft_goes_by_the_address_it_is_sent_to(pages):
    """There it is thrown away when it is sent; where a preview comes in between, by that of the page."""
    wrong = [
        (name, form["data-draft-name"])
        for name, _who, path, html in pages
        for form, _fields in Forms(html).found
        if "data-draft" in form and form["data-draft-name"] not in (form.get("action"), path)
    ]
    assert wrong == []


def test_every_draft_is_offered_and_gone_on_with(pages):
    """The page says that there is something, and each form shows what was left in it."""
    lost = {}
    for name, who, path, html in pages:
        for form, fields in Forms(html).found:
            if "data-draft" not in form or not fields:
                continue
            client, words = client_of(who), {field: f"Getippt in {field}"[:30] for field in fields}
            client.post(form["data-draft"], {"draft_name": form["data-draft-name"], **words})
            offer = client.get(path).content.decode()
            back = client.get(path, {"entwurf": "weiter"}).content.decode()
            if "Sie haben hier schon etwas angefangen" not in offer or not any(
                word in back for word in words.values()
            ):
                lost[name] = [field for field, word in words.items() if word not in back]
    assert lost == {}
