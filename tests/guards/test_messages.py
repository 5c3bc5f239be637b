"""German in the source, English in the catalogue: nothing missing, nothing mixed, nothing left untranslated."""

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from config import messages
from tests.accounts.signing import AMAL, set_up_totp, sign_in
from tests.guards import source

# What is translated by a name instead of by its words, and how the words get into the catalogue.
AT_RUN_TIME = {
    ("desk/person_fields.py", "str(problem)"): "messages.TABLES: SENTENCES",
    ("desk/screen_names.py", "SCREENS[code]"): "gettext_noop in the table",
    ("desk/search.py", "WORDS[reason]"): "messages.TABLES",
    ("desk/shell.py", "label"): "gettext_noop in the table",
    ("partner/frame.py", "label"): "gettext_noop in the table",
    ("documents/rules/remedy_words.py", "line.detail"): "gettext_noop: the names of kernel.holidays",
    ("persons/queries/comparison.py", "WORDS[reason]"): "messages.TABLES",
    ("persons/queries/comparison.py", "_WORDS[says]"): "gettext_noop in the table",
}
PLAIN_GERMAN = {
    "cases/rules/codewords.py": "data",
    "cases/rules/label_text.py": "letters and how wide they are",
    "directory/rules/intake_words.py": "words of foreign directories and of towns, for comparing: data",
    "outside/offers/hsds.py": "words that say that something costs nothing, for comparing: data",
    "outside/offers/headings.py": "letters of names of columns, for comparing: data",
    "outside/offers/table.py": "words that say that something costs nothing, for comparing: data",
    "outside/offers/values.py": "months and ages as people type them, for comparing: data",
    "documents/rules/letter_fields.py": "examples of what a field holds, in a letter that is German",
    "documents/rules/letter_grounds.py": "small words of German names of offices, for comparing: data",
    "documents/rules/spelling.py": "letters of German names, for comparing: data",
    "documents/rules/papers.py": "the end of a label that is cut off: data",
    "documents/rules/take_along.py": "words that tell residence or health, for comparing: data",
    "documents/rules/words.py": "names of languages in the languages themselves",
    "findings/rules.py": "everyday words and months that texts are compared with: data",
    "kernel/holidays.py": "names of the holidays of the law: data",
    "persons/codes.py": "names of languages, both German and English",
    "persons/rules/birth.py": "SENTENCES: their caller translates; months as people type them",
    "persons/rules/reasons.py": "WORDS: their caller translates",
    "referrals/rules/presentations.py": "months of a text that is German",
    "referrals/rules/traces.py": "what looks like a date, a street, a name, for comparing: data",
    "retention/policy.py": "what is wrong with the policy file, for who runs the installation",
}
PLAIN_TEMPLATES = {"look/templates/500.html": "appears even when nothing else works, translation too"}
SPELLING = "the letters of names, no sentences"
LETTERS = {f"persons/rules/{name}.py": SPELLING for name in ("hearing", "latin", "letters", "nearness", "parts")}
# Also what stands on a sheet or a letter, as it stands there.
GERMAN_NAMES = {"Ausländerbehörde", "Gütersloh", "ENTWURF, nicht unterschreiben", "Antrag auf Bürgergeld"}
# The law is cited as the law is: "§ 25a Abs. 2 Satz 1 bis 3 AufenthG".
CITATION = re.compile(r"§§? ?\d[\w .,;§()/]*")
# Words of the language of templates.
TEMPLATE_WORDS = {"„for“", "„if“"}

ENGLISH = re.compile(r"\b(the|your|you|are|please|and|of|with|not|this|has|have|to|for|is|be|must|or|by)\b", re.I)
GERMAN = re.compile(
    r"[äöüßÄÖÜ„]|\b(der|das|ist|nicht|eine?[nrms]?|und|mit|für|von|bitte|Sie|keine?|gibt|auf|noch|schon|wird)\b"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+>")


# ---------- the catalogue ----------


def pairs() -> Iterator[tuple[str, str]]:
    """Each German text with its English one; the forms of a plural one by one."""
    for message in messages.stored().values():
        text = messages.id_of(message)
        german = (text,) if isinstance(text, str) else text
        yield from zip(german, messages.english(message), strict=True)


def test_the_catalogue_is_complete_and_compiled():
    assert messages.problems() == []


def test_a_text_without_english_is_found(monkeypatch):
    planted = [("", "Neu und unübersetzt"), ("", ("%(n)s Neues", "%(n)s Neue"))]
    monkeypatch.setattr(messages, "collected", lambda: planted)
    assert messages.missing(messages.merged()) == ["Neu und unübersetzt", "%(n)s Neues"]
    assert messages.main(["--check"]) == 1


def test_a_compiled_file_of_another_day_is_found(monkeypatch, tmp_path):
    catalogue = tmp_path / "django.po"
    monkeypatch.setattr(messages, "CATALOGUE", catalogue)
    monkeypatch.setattr(messages, "collected", lambda: [("", "Der Fall")])
    catalogue.write_text('msgid "Der Fall"\nmsgstr "The case"\n\nmsgid "Vorbei"\nmsgstr "Past"\n', encoding="utf-8")
    assert [line.split()[0] for line in messages.problems()] == ["django.po", "django.mo"]
    assert messages.main([]) == 0
    assert "Vorbei" not in catalogue.read_text(encoding="utf-8")
    catalogue.with_suffix(".mo").write_bytes(b"old")
    assert [line.split()[0] for line in messages.problems()] == ["django.mo"]


def test_every_text_has_english_words():
    assert [german for german, english in pairs() if not english.strip()] == []


def test_placeholders_are_the_same_in_both():
    odd = [
        (german, english)
        for german, english in pairs()
        if english and Counter(PLACEHOLDER.findall(german)) != Counter(PLACEHOLDER.findall(english))
    ]
    assert odd == []


def test_the_source_is_german():
    assert [german for german, _english in pairs() if ENGLISH.search(PLACEHOLDER.sub("", without(german, TEMPLATE_WORDS)))] == []


def test_the_catalogue_is_english():
    mixed = [english for _german, english in pairs() if GERMAN.search(without(english, GERMAN_NAMES))]
    assert mixed == []


def test_tables_and_templates_are_collected():
    assert messages.table("persons/rules/birth.py", "SENTENCES")
    with pytest.raises(LookupError):
        messages.table("persons/rules/birth.py", "NO_SUCH_TABLE")
    planted = (
        '  <c-card title="{% translate "Der Fall" %}"> # {# Kommentar #}\n {{ x|default:_("nichts") }}'
        "{% blocktranslate count n=x %}{{ n }} Fall{% plural %}{{ n }} Fälle{% endblocktranslate %}"
    )
    assert set(messages.of_template(planted)) == {
        ("", "Der Fall"), ("", "nichts"), ("", ("%(n)s Fall", "%(n)s Fälle")),
    }  # fmt: skip


# ---------- the source ----------


def by_name(module: ast.Module) -> Iterator[str]:
    """What is given to gettext and is not written out there."""
    for name in messages.KEYWORDS:
        for call in source.calls(module, name):
            if call.args and not (isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)):
                yield ast.unparse(call.args[0])


def untranslated(module: ast.Module) -> list[str]:
    """German in the code that no gettext ever sees; docstrings and annotations aside."""
    seen = {id(arg) for name in messages.KEYWORDS for call in source.calls(module, name) for arg in call.args}
    seen |= {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in seen
        and GERMAN.search(node.value) and not CITATION.fullmatch(node.value)
    ]  # fmt: skip


def bare_words(template: str) -> list[str]:
    """Words of a template that stand outside of every tag of translation."""
    translated = r"\{% blocktranslate.*?\{% endblocktranslate %\}"
    not_said = r"\{#.*?#\}|\{% block body_class %\}.*?\{% endblock %\}"
    left = re.sub(f"{translated}|{not_said}", "", template, flags=re.S)
    left = re.sub(r"<(script|style|svg)\b.*?</\1>|\{%.*?%\}|\{\{.*?\}\}", "", left, flags=re.S)
    spoken = r'\b(?:title|alt|placeholder|aria-label|label|lead|kicker|word|note|caption|text)="([^"]*)"'
    return re.findall(r"[^\W\d_]{3,}", " ".join(re.findall(spoken, left)) + re.sub(r"<[^>]*>", " ", left))


def test_texts_that_are_translated_by_name_are_known():
    found = {
        (str(file.relative_to(messages.FADEN)), words)
        for file in source.files("src/faden")
        for words in by_name(source.tree(file))
    }
    assert found == AT_RUN_TIME.keys()


def test_no_german_stands_outside_of_gettext():
    found = {str(file.relative_to(messages.FADEN)): untranslated(source.tree(file)) for file in source.files("src/faden")}
    known = PLAIN_GERMAN.keys() | LETTERS.keys()
    assert {name: words for name, words in found.items() if words and name not in known} == {}
    assert {name for name in PLAIN_GERMAN if not found.get(name)} == set(), "these are exceptions no more"


def test_no_word_of_a_template_stands_outside_of_gettext():
    files = [f for f in messages.FADEN.rglob("templates/**/*") if f.suffix in {".html", ".txt"}]
    found = {str(f.relative_to(messages.FADEN)): bare_words(f.read_text(encoding="utf-8")) for f in files}
    assert {name for name, words in found.items() if words} == PLAIN_TEMPLATES.keys()


def test_plain_german_is_found():
    planted = ast.parse('"""Der Satz."""\nx = _("Der Fall")\ny = Problem("Das ist nicht gut.")\nz = _(f"Fall {x}")')
    assert untranslated(planted) == ["Das ist nicht gut."]
    assert list(by_name(planted)) == ["f'Fall {x}'"]
    assert bare_words('<p title="Nein">{% translate "Ja" %} Nochmal {{ word }}</p>') == ["Nein", "Nochmal"]


# ---------- the pages ----------


class Spoken(HTMLParser):
    """What a page says, aloud too: texts and labels; lists of data and what is in another language aside."""

    SILENT = ("script", "style", "svg")
    DATA = ("nationality", "second_nationality", "country", "municipality", "passkey-options")
    EMPTY = ("br", "hr", "img", "input", "link", "meta", "path", "circle", "source", "wbr")
    LABELS = ("aria-label", "title", "alt", "placeholder", "data-label", "label", "data-saved", "data-offline", "data-left")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.silent: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin to be silent, or hear the labels."""
        known = dict(attrs)
        foreign = tag != "html" and "lang" in known
        # The last part: a form that stands on a page twice puts a prefix before its names.
        data = {(known.get("name") or "").rpartition("-")[2], known.get("id")} & set(self.DATA)
        if tag not in self.EMPTY and (self.silent or foreign or data or tag in self.SILENT):
            self.silent.append(tag)
        if not self.silent:
            self.words += [known[name] or "" for name in self.LABELS if name in known]
            self.links += [known["href"] or ""] if tag == "a" and "href" in known else []

    def handle_endtag(self, tag: str) -> None:
        """End to be silent where it began."""
        if tag in self.silent:
            while self.silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Hear the text."""
        if not self.silent:
            self.words.append(data)


def without(text: str, names: set[str]) -> str:
    """The text without the names in it, longest first."""
    for name in sorted(names, key=len, reverse=True):
        # Whole words: "Pass" is a document, and the beginning of "Passkey".
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    return text


def words_of(text: str) -> set[str]:
    """Lower case, from three letters on; no addresses, no placeholders."""
    text = re.sub(r"\S+@\S+|https?://\S+|" + PLACEHOLDER.pattern, " ", text)
    return {word.lower() for word in re.findall(r"[^\W\d_]{3,}", text)}


def vocabulary(language: int) -> set[str]:
    """Words that our texts use in one language (0 German, 1 English) and never in the other."""
    known = [set().union(*(words_of(pair[n]) for pair in pairs())) for n in (0, 1)]
    return known[language] - known[1 - language]


def names_of_data() -> set[str]:
    """Staff, services and legal bodies of the planted network, towns, and what the shipped chain templates say."""
    from config.demo_data import network
    from faden.organisations.actions.founding import TOWNS

    return {
        *(row["name"] for row in csv.DictReader(TOWNS.read_text(encoding="utf-8").splitlines())),
        *(entry.name for table in (network.BODIES, network.SERVICES, network.STAFF) for entry in table),
        *filter(None, texts_of_templates()),
    }


def texts_of_templates() -> Iterator[str]:
    """They are written in German, as the offices' papers are."""
    from faden.chains.queries.templates import shipped

    for template in (one.template for one in shipped()):
        yield from (template.title, template.goal, template.source, *template.variants.values())
        for step in template.steps:
            yield from (step.title, step.hint, step.usual_source, step.law, *step.documents)


def foreign_words(text: str, words: set[str]) -> list[str]:
    """What of these is on a page or in a mail."""
    return sorted(words & words_of(without(" \n ".join(Spoken(text).words), names_of_data())))


def in_language(client: Client, code: str) -> Client:
    """The same browser, reading this language."""
    client.cookies["faden_language"] = code
    return client


def walk(client: Client, first: str, seen: dict[str, str]) -> None:
    """Every page that can be reached by links, once per address."""
    to_see = [first]
    while to_see:
        path = to_see.pop()
        answer = client.get(path)
        if answer.status_code in (301, 302, 303):
            to_see += [place for place in [urlsplit(answer.headers["Location"]).path] if place not in seen]
            seen[path] = ""
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        seen[path] = answer.content.decode()
        found = {urlsplit(link).path for link in Spoken(seen[path]).links if link.startswith(("/", "?"))}
        to_see += sorted(place for place in found if place and place not in seen and place not in to_see)


def signing_in(code: str) -> Iterator[tuple[str, str]]:
    """The pages and mails before there is a session, with what they say when something is wrong."""
    reader = in_language(Client(), code)
    for path in ("anmelden/", "passwort/vergessen/", "passwort/vergessen/gesendet/", "passwort/neu/fertig/", "neu/", "stillgelegt/"):
        yield path, reader.get(f"/konto/{path}").content.decode()
    for values in ({}, {"login": "kein"}, {"login": AMAL, "password": "falsch"}):
        yield f"anmelden/ {values}", reader.post("/konto/anmelden/", values).content.decode()
    for values in ({}, {"email": "kein"}):
        yield f"vergessen/ {values}", reader.post("/konto/passwort/vergessen/", values).content.decode()
    yield "vergessen/ mail", _mail_for(reader, "niemand@nirgends.example")
    told = _mail_for(reader, AMAL)
    yield "vergessen/ own mail", told
    form = reader.get(re.findall(r"https?://testserver(/\S+)", told)[0]).headers["Location"]
    for values in ({}, {"password1": "kurz", "password2": "kurz"}, {"password1": "password1234", "password2": "anders"}):
        yield f"neu/ {values}", reader.post(form, values).content.decode()
    yield "neu/ gone", in_language(Client(), code).get("/konto/passwort/neu/1-0-0/").content.decode()


def own_account(client: Client, code: str) -> Iterator[tuple[str, str]]:
    """The pages and mails of a signed-in person's account, up to the next sign-in's second factor."""
    for path in ("", "passwort/", "sitzungen/", "zweiter-faktor/", "zweiter-faktor/app/", "zweiter-faktor/passkeys/neu/", "abmelden/"):
        yield path, client.get(f"/konto/{path}" if path else "/rolle/").content.decode()
    for values in ({}, {"oldpassword": "falsch", "password1": "kurz", "password2": "anders"}):
        yield f"passwort/ {values}", client.post("/konto/passwort/", values).content.decode()
    for values in ({}, {"code": "000000"}):
        yield f"app/ {values}", client.post("/konto/zweiter-faktor/app/", values).content.decode()
    set_up_totp(client)
    for path in ("", "codes/", "codes/neu/", "codes/datei/", "app/entfernen/", "passkeys/", "bestaetigen/"):
        yield f"zweiter-faktor/{path}", client.get(f"/konto/zweiter-faktor/{path}", follow=True).content.decode()
    half, _answer = sign_in(AMAL, client=in_language(Client(), code))
    yield "eingeben/", half.get("/konto/zweiter-faktor/eingeben/").content.decode()
    for values in ({}, {"code": "000000"}):
        yield f"eingeben/ {values}", half.post("/konto/zweiter-faktor/eingeben/", values).content.decode()


def _mail_for(reader: Client, address: str) -> str:
    reader.post("/konto/passwort/vergessen/", {"email": address})
    return f"{mail.outbox[-1].subject}\n{mail.outbox[-1].body}"


@pytest.mark.parametrize(("code", "other"), [("de", 1), ("en", 0)])
def test_signing_in_speaks_one_language(own_database, code, other):
    client, _answer = sign_in(AMAL, client=in_language(Client(), code))
    # Its own account first: a password that was asked for stands in the way of a second factor.
    pages = {**dict(own_account(client, code)), **dict(signing_in(code))}
    assert {name for name, page in pages.items() if not page} == set()
    words = vocabulary(other)
    found = {name: foreign_words(page, words) for name, page in pages.items()}
    assert {name: odd for name, odd in found.items() if odd} == {}


def test_english_pages_are_english(own_database):
    from tests.case_making import open_a_case
    from tests.cast import everybody

    open_a_case()
    seen: dict[str, str] = {}
    for client in everybody().values():
        walk(in_language(client, "en"), "/", seen)
    for path in ("/anfragen/neu/", "/faelle/neu/", "/auswertungen/neu/"):
        for client in everybody().values():
            answer = in_language(client, "en").post(path, {})
            seen[f"{path} {answer.status_code}"] = answer.content.decode()
    pages = {path: page for path, page in seen.items() if page}
    assert len(pages) > 30, sorted(pages)
    words = vocabulary(0)
    found = {path: foreign_words(page, words) for path, page in pages.items()}
    assert {path: odd for path, odd in found.items() if odd} == {}


def test_a_word_of_the_other_language_is_found():
    page = '<html lang="en"><p title="Anfrage aufnehmen">Save <b lang="de">Deutsch</b><script>nicht</script><br>Speichern</p>'
    assert foreign_words(page, vocabulary(0)) == ["anfrage", "aufnehmen", "speichern"]
    assert foreign_words("<p>Anmelden oder your password</p>", vocabulary(1)) == ["password", "your"]
