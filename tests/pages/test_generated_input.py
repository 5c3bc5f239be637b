"""Hypothesis types into every form of the desk and the partner side: never a 500, nothing lost, nothing half-written."""

import os
import random
import re
from html import escape
from uuid import uuid4

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.cast import AMAL, LENA
from tests.pages import addresses
from tests.pages.refusals import assert_errors_are_told, forms_of, rows
from tests.pages.world import plant

# FADEN_GENERATED=500 types longer and each time something else.
MORE = int(os.environ.get("FADEN_GENERATED", "0"))
SETTINGS = settings(
    max_examples=MORE or 8, derandomize=not MORE, deadline=None, database=None, print_blob=False,
    phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip
# They change who one is, and end an access for all later examples; tests/accounts looks after them.
LEFT_OUT = {"role-leaving", "role", "account-end"}

ODD = [
    "", " ", "\0", "\x1b[2J", "\r\n", "\u202e", "\ufffd", "e\u0301" * 60, "Ω", "王", "ß" * 119, "İ" * 30, "😀" * 50,
    "<script>alert(1)</script>", "\"'><b>", "{{ 7|add:7 }}", "{% now 'Y' %}", "'; DROP TABLE x --", "%s %(x)s",
    "9" * 400, "-1", "1e309", "NaN", "0", "null", "../../etc/passwd", "://[", str(uuid4()),
]  # fmt: skip
TEXTS = (
    st.sampled_from(ODD)
    | st.builds("a".__mul__, st.just(20_001))
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
)
# Not 0001-01-01: what that does is in test_bad_input.py.
DAYS = (
    st.sampled_from(["2026-01-12", "12.01.2026", "0001-01-02", "9999-12-31", "2026-02-30", "12.1.26", "0"])
    | TEXTS
)
TIMES = st.sampled_from(["10:00", "00:00", "23:59", "24:00", "10:00:61", "10.15"]) | TEXTS
NAMES = st.sampled_from(
    ["Brief.pdf", "ohne Endung", "名.pdf", "..pdf", "\u202efdp.exe", "a\0b.pdf", "x" * 300, ".htaccess"]
)
CONTENTS = st.binary(max_size=300) | st.just(b"%PDF-1.7\n%%EOF\n")
FILES = st.builds(SimpleUploadedFile, name=NAMES, content=CONTENTS)


def typed_into(field):
    """What somebody might send for this field; mostly what it wants, so that verbs are reached too."""
    if isinstance(field, forms.MultipleChoiceField):
        return st.lists(codes(field) | TEXTS, max_size=3)
    if isinstance(field, forms.ChoiceField):
        return st.one_of(codes(field), codes(field), codes(field), TEXTS)
    if isinstance(field, forms.BooleanField):
        return st.sampled_from(["on", "on", "", "nein"])
    if isinstance(field, forms.DateField):
        return DAYS
    if isinstance(field, forms.TimeField):
        return TIMES
    return FILES if isinstance(field, forms.FileField) else TEXTS


def codes(field):
    flat = [
        part
        for code, label in field.choices
        for part in ([c for c, _ in label] if isinstance(label, list | tuple) else [code])
    ]
    return st.sampled_from([str(code) for code in flat] or [""])


def takes_post(name, view):
    door = getattr(view, "door", None)
    return bool(door) and "POST" in door[2] and name not in LEFT_OUT


ADDRESSES = [name for name, view in addresses.named().items() if takes_post(name, view)]


@pytest.fixture(scope="module")
def planted(module_database):
    return plant()


@pytest.fixture(scope="module")
def clients(planted):
    found = {who: addresses.client_of(who) for who in {addresses.owner(name) for name in ADDRESSES}}
    for case in ("case", "family_case", "hidden_case"):
        found[AMAL.email].get(f"/faelle/{planted[case]}/")  # that she opened it is noted with her first look, whatever she types later
    return found


def fields_of(client, name, planted):
    """The fields of the form on the page, or what an address without a page reads."""
    if name in addresses.POSTS:
        return dict.fromkeys(addresses.POSTS[name][2], forms.CharField())
    page = client.get(addresses.address(name, planted))
    fields = {key: field for form in forms_of(page) for key, field in form.fields.items()}
    return {
        key: field for key, field in fields.items() if re.search(f'id="id_{key}(_0)?"', page.content.decode())
    }


def test_every_form_class_is_reached(planted, clients):
    """A form nobody can reach here would be typed into by nobody."""
    from faden.desk.forms import DeskForm

    def below(kind):
        return (
            {kind}.union(*(below(child) for child in kind.__subclasses__()))
            if kind.__subclasses__()
            else {kind}
        )

    reached = set()
    for name in addresses.PAGES:
        if client := clients.get(addresses.owner(name)):
            # What several forms have in common is reached through each of them.
            page = client.get(addresses.address(name, planted))
            reached |= {kind for form in forms_of(page) for kind in type(form).__mro__}
    # What is done to several cases begins with what was ticked in the list.
    for change in ("task", "weight", "lead"):
        page = clients[AMAL.email].post("/faelle/auswahl/", {"fall": str(planted["case"]), "was": change})
        reached |= {type(form) for form in forms_of(page)}
    # The columns of a table are asked for when there is a table; whether one is sure, when much of it is gone.
    table = SimpleUploadedFile("t.csv", b"Titel;Ort\nx;Ahaus")
    page = clients[LENA.email].post("/verzeichnis/einlesen/vorschau/", {"file": table, "name": "Quelle", "licence": "CC0"})
    reached |= {type(form) for form in forms_of(page)}
    # That nothing fits can be reported where an area was chosen.
    page = clients[AMAL.email].get(f"/faelle/{planted['case']}/angebote/?bereich=housing")
    reached |= {type(form) for form in forms_of(page)}
    ours = {kind for kind in below(DeskForm) if kind.__module__.startswith("faden.desk")} - {DeskForm}
    assert ours <= reached, ours - reached


@pytest.mark.parametrize("name", ADDRESSES)
def test_whatever_is_typed(planted, clients, name):
    client, where = clients[addresses.owner(name)], addresses.address(name, planted)
    fields = fields_of(client, name, planted)
    drawn = st.fixed_dictionaries({}, optional={key: typed_into(field) for key, field in fields.items()})

    @SETTINGS
    @given(values=drawn, key=st.sampled_from([True] * 9 + [False]))
    def send(values, key):
        before = rows()
        answer = client.post(where, {"form_key": str(uuid4()) if key else "kein Schlüssel", **values})
        assert answer.status_code in (200, 204, 302, 303, 403, 404, 409, 413, 422)
        if answer.status_code >= 400:
            assert rows() == before
        if answer.status_code == 422:
            nothing_is_lost(answer, fields, values)
        elif answer.status_code == 303:
            assert client.get(answer.headers["Location"]).status_code in (200, 302, 403, 404)

    random.seed(0)
    send()


def nothing_is_lost(answer, fields, values):
    html = answer.content.decode()
    for key, value in values.items():
        chosen = isinstance(fields[key], forms.ChoiceField | forms.BooleanField)
        if isinstance(value, str) and not chosen and not isinstance(fields[key].widget, forms.PasswordInput):
            assert escape(value) in html, key
    for form in forms_of(answer):
        assert_errors_are_told(html, form)


# What is asked in an address, without signing in.
ASKED = {
    "/angebote/": "wort bereich ort umkreis sprache ab quelle nur reihe ausschnitt ansicht seite".split(),
    "/angebote/{matched_offer}/": ["sprache"],
    "/hsds/services": "page per_page full minimal search modified_after organization_id taxonomy_term_id taxonomy_id format".split(),
    "/hsds/organizations": "page per_page full search".split(),
    "/hsds/service_at_locations": "page per_page full modified_after organization_id taxonomy_term_id".split(),
}
# What it wants, so that the search itself is reached too.
WANTED = st.sampled_from(
    ["deutsch", "language", "05554004", "25", "ar", "2026-12-01", "-", "frisch", "beginn", "51,6,53,8", "karte", "2", "true", "json", "entfernung"]
)


@pytest.mark.parametrize("where", ASKED)
def test_whatever_is_asked(planted, where):
    from django.test import Client

    names, client = ASKED[where], Client()

    @SETTINGS
    @given(values=st.fixed_dictionaries({}, optional={name: st.lists(WANTED | TEXTS, min_size=1, max_size=2) for name in names}))
    def ask(values):
        answer = client.get(where.format(**planted), values)
        assert answer.status_code in ((200, 400) if where.startswith("/hsds/") else (200,))
        if where == "/angebote/":
            for value in values.get("wort", [])[-1:]:
                assert escape(value.strip()) in answer.content.decode() or len(value) > 120

    ask()
