"""A Kettenvorlage as a file: what it says, and every way it may be wrong, with the line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.cases.vocabulary.life_area import LifeArea
from faden.chains.rules import template_errors, template_yaml
from faden.chains.rules import template_reading as reading
from faden.chains.rules.template_reading import parse
from faden.chains.rules.templates import Template
from faden.chains.vocabulary import Breakpoint, HolderKind, Join, StepKind, TimeUnit
from faden.organisations.vocabulary import AgencyKind

# Line numbers in the tables below count these seven lines first.
HEAD = """\
template: sprache
version: 1
title: Deutsch lernen
life_area: language
source: Eigene Erfahrung
as_of: 2026-08-19
steps:
"""
A = "  - {code: a, title: Antrag, kind: antrag, holder: client}\n"
B = "  - {code: b, title: Bescheid, kind: entscheidung, holder: agency, agency: bamf, after: [a]}\n"


def step(**fields):
    """A third step „c“ in block style: its first field stands on line 10."""
    written = {"code": "c", "title": "Kurs", "kind": "kurs", "holder": "client", **fields}
    return "  - " + "\n    ".join(f"{name}: {value}" for name, value in written.items()) + "\n"


def errors(text, **options):
    found = parse(text, **options)
    assert not isinstance(found, Template)
    return [(error.line, error.reason) for error in found]


# ---------- what it says ----------


def test_a_file_says_everything_a_chain_is_copied_from():
    text = HEAD.replace("steps:", "goal: B1\nnews: Neu\nvariants: {eu: EU, alle: Alle}\nsteps:") + A + B + step(
        after="[a, b]", join="any", agency="kurstraeger", usual="6 weeks", usual_source="BAMF 2019",
        life_area="school", law="§ 4 Abs. 1 IntV", clock="1 year", clock_from="a", hint="Früh anrufen",
        documents="[Ausweis, Bescheid]", block_reasons="[no_place, childcare]", variants="[eu]",
    )  # fmt: skip
    template = parse(text)
    assert isinstance(template, Template)
    head = (template.code, template.version, template.title, template.life_area, template.goal, template.source)
    assert head == ("sprache", 1, "Deutsch lernen", "language", "B1", "Eigene Erfahrung")
    assert (str(template.as_of), template.news, template.variants) == ("2026-08-19", "Neu", {"eu": "EU", "alle": "Alle"})
    first, _second, third = template.steps
    assert (first.holder, first.kind, first.life_area, first.join) == (
        HolderKind.CLIENT, StepKind.APPLICATION, "language", Join.ALL,
    )  # fmt: skip
    assert (first.after, first.usual_days, first.usual_source, first.clock_amount) == ((), None, "", None)
    assert (third.after, third.join, third.agency_kind) == (("a", "b"), Join.ANY, "kurstraeger")
    assert (third.usual_days, third.usual_source, third.life_area) == (42, "BAMF 2019", "school")
    assert (third.law, third.clock_amount, third.clock_unit, third.clock_from) == ("§ 4 Abs. 1 IntV", 1, "years", "a")
    assert (third.hint, third.documents) == ("Früh anrufen", ("Ausweis", "Bescheid"))
    assert (third.block_reasons, third.variants) == (("no_place", "childcare"), ("eu",))


@pytest.mark.parametrize(("written", "days"), [
    ("1 day", 1), ("10 days", 10), ("1 week", 7), ("11 weeks", 77), ("3 months", 90), ("2 years", 730), ("3weeks", 21),
])  # fmt: skip
def test_durations_are_counted_in_days(written, days):
    assert parse(HEAD + step(usual=written)).steps[0].usual_days == days


def test_a_service_may_name_its_own_life_areas():
    text = HEAD.replace("language", "own-1") + A
    assert parse(text, life_areas=["own-1"]).life_area == "own-1"
    assert errors(text) == [(4, "„own-1“ ist bei „life_area“ nicht möglich.")]


# ---------- variants ----------

OF_VARIANTS = HEAD.replace("steps:", "variants: {eu: EU, nachzug: Nachzug}\nsteps:")


def test_a_variant_keeps_its_steps_and_joins_them_again():
    text = OF_VARIANTS + (
        "  - {code: a, title: A, kind: antrag, holder: client}\n"
        "  - {code: b, title: B, kind: antrag, holder: client, after: [a], variants: [eu]}\n"
        "  - {code: b2, title: B2, kind: antrag, holder: client, after: [b], variants: [eu]}\n"
        "  - {code: c, title: C, kind: antrag, holder: client, after: [b2, a], join: any}\n"
    )
    template = parse(text)
    assert {code: [(s.code, s.after, s.join, s.variants) for s in template.for_variant(code).steps] for code in template.variants} == {
        "eu": [("a", (), Join.ALL, ()), ("b", ("a",), Join.ALL, ()), ("b2", ("b",), Join.ALL, ()), ("c", ("b2", "a"), Join.ANY, ())],
        "nachzug": [("a", (), Join.ALL, ()), ("c", ("a",), Join.ALL, ())],
    }  # fmt: skip
    assert template.for_variant("eu").variants == {}


def test_a_variant_must_be_one_of_them():
    plain, varied = parse(HEAD + A), parse(OF_VARIANTS + A)
    assert plain.for_variant("") is plain
    for template, code in ((plain, "eu"), (varied, ""), (varied, "nichts")):
        with pytest.raises(KeyError):
            template.for_variant(code)


# ---------- what is wrong ----------

SINGLE = [
    ("unknown field", A + step(dokumente="[x]"), 13, "Das Feld „dokumente“ gibt es nicht. Meinten Sie „documents“?"),
    ("field twice", A + step().replace("kind: kurs", "kind: kurs\n    kind: kurs"), 12, "Das Feld „kind“ steht hier zweimal."),
    ("no title", A + step(title='""'), 10, "Das Feld „title“ fehlt. Bitte ergänzen."),
    ("unknown step", A + B + step(after="[a, bb]"), 14, "Den Schritt „bb“ gibt es in dieser Vorlage nicht. Meinten Sie „b“?"),
    ("missing predecessor", A + step(after=""), 13, "Das Feld „after“ ist leer. Bitte ausfüllen oder die Zeile entfernen."),
    ("predecessor twice", A + step(after="[a, a]"), 13, "„a“ steht in „after“ zweimal."),
    ("any of one", A + step(after="[a]", join="any"), 14, "„join: any“ braucht mindestens zwei Schritte unter „after“."),
    ("code twice", A + step(code="a"), 9, "Den Kurznamen „a“ hat schon ein anderer Schritt."),
    ("no code", A + step(code="Übersicht"), 9, "„Übersicht“ ist kein Kurzname: Kleinbuchstaben ohne Umlaute, Ziffern, Bindestrich, höchstens 40 Zeichen."),
    ("a code of ours", A + step(code="frei"), 9, "Der Kurzname „frei“ ist vergeben. Bitte einen anderen wählen."),
    ("kind", A + step(kind="kurz"), 11, "„kurz“ ist bei „kind“ nicht möglich. Meinten Sie „kurs“?"),
    ("kind in its word", A + step(kind="Antrag stellen"), 11, "„Antrag stellen“ ist bei „kind“ nicht möglich. Meinten Sie „antrag“?"),
    ("life area", A + step(life_area="Sprache"), 13, "„Sprache“ ist bei „life_area“ nicht möglich. Meinten Sie „language“?"),
    ("agency", A + step(agency="jobcentre"), 13, "„jobcentre“ ist bei „agency“ nicht möglich. Meinten Sie „jobcenter“?"),
    ("block reason", A + step(block_reasons="[no_place, no_plaze]"), 13, "„no_plaze“ ist bei „block_reasons“ nicht möglich. Meinten Sie „no_place“?"),
    ("holder", A + step(holder="wir"), 12, "„wir“ ist bei „holder“ nicht möglich. Möglich sind: client, family, case_manager, agency."),
    ("agency without kind", A + step(holder="agency"), 12, "Der Schritt liegt bei einer Stelle. Bitte unter „agency“ sagen, bei welcher Art."),
    ("unit", A + step(usual="11 Wochen"), 13, "„Wochen“ ist keine Einheit für „usual“. Meinten Sie „weeks“?"),
    ("no unit", A + step(usual="11"), 13, "„“ ist keine Einheit für „usual“. Möglich sind: days, weeks, months, years."),
    ("no number", A + step(usual="weeks"), 13, "Bei „usual: weeks“ fehlt die ganze Zahl, etwa: 11 weeks."),
    ("half a number", A + step(usual="1.5 weeks"), 13, "Bei „usual: 1.5 weeks“ fehlt die ganze Zahl, etwa: 11 weeks."),
    ("empty duration", A + step(usual=""), 13, "„usual“ braucht eine Zahl und eine Einheit, etwa: 11 weeks."),
    ("too long", A + step(usual="99 years"), 13, "„usual: 99 years“ ist zu kurz oder zu lang."),
    ("nothing long", A + step(usual="0 days"), 13, "„usual: 0 days“ ist zu kurz oder zu lang."),
    ("source of nothing", A + step(usual_source="BAMF"), 13, "Zur Quelle fehlt die Dauer („usual“)."),
    ("clock without law", A + step(clock="1 year"), 13, "Eine gesetzliche Frist braucht ihren Paragrafen („law“)."),
    ("clock from nowhere", A + step(law="§ 44", clock="1 year", clock_from="aa"), 15, "Den Schritt „aa“ gibt es in dieser Vorlage nicht. Meinten Sie „a“?"),
    ("from without clock", A + step(clock_from="a"), 13, "Zu „clock_from“ fehlt die Frist („clock“)."),
    ("variant", A + step(variants="[eu]"), 13, "„eu“ ist bei „variants“ nicht möglich."),
    ("a list for a text", A + step(hint="[x]"), 13, "„hint“ ist ein Text, keine Liste und keine Gruppe von Feldern."),
    ("fields for a list", A + step(documents="{a: b}"), 13, "„documents“ ist eine Liste, etwa: [erstes, zweites]."),
    ("long list", A + step(documents="[" + ", ".join(map(str, range(21))) + "]"), 13, "„documents“ hat zu viele Einträge: höchstens 20."),
    ("long text", A + step(title="x" * 161), 10, "„title“ ist zu lang: höchstens 160 Zeichen."),
    ("a step of one word", A + "  - Antrag\n", 9, "Ein Schritt besteht aus Feldern und beginnt mit „- code:“."),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "line", "reason"), [case[1:] for case in SINGLE], ids=[case[0] for case in SINGLE])
def test_what_is_wrong_with_a_step(steps, line, reason):
    found = errors(HEAD + steps)
    # A duration or a code that cannot be read has no second error; the head is right.
    assert (line, reason) in found
    assert len(found) == 1


HEADS = [
    ("no template", HEAD.replace("template: sprache\n", ""), 1, "Das Feld „template“ fehlt. Bitte ergänzen."),
    ("version in words", HEAD.replace("version: 1", "version: eins"), 2, "„version“ ist eine ganze Zahl ab 1."),
    ("version nought", HEAD.replace("version: 1", "version: 0"), 2, "„version“ ist eine ganze Zahl ab 1."),
    ("day", HEAD.replace("2026-08-19", "19.08.2026"), 6, "„as_of“ ist ein Tag in dieser Form: 2026-08-19."),
    ("no source", HEAD.replace("source: Eigene Erfahrung", "source:"), 5, "Das Feld „source“ fehlt. Bitte ergänzen."),
    ("variants as list", HEAD.replace("steps:", "variants: [eu]\nsteps:"), 7, "„variants“ nennt zu jedem Kurznamen einen Titel, etwa: eu: Menschen aus der EU."),
    ("variant without title", HEAD.replace("steps:", "variants:\n  eu:\nsteps:"), 8, "Das Feld „eu“ fehlt. Bitte ergänzen."),
]  # fmt: skip


@pytest.mark.parametrize(("head", "line", "reason"), [case[1:] for case in HEADS], ids=[case[0] for case in HEADS])
def test_what_is_wrong_with_the_head(head, line, reason):
    assert errors(head + A) == [(line, reason)]


FILES = [
    ("empty", "", 0, "Die Datei ist leer."),
    ("only a comment", "# nichts\n", 0, "Die Datei ist leer."),
    ("a word", "Antrag", 1, "Eine Vorlage besteht aus Feldern wie „template: sprache“."),
    ("no steps", HEAD, 7, "Die Vorlage hat keine Schritte. Bitte unter „steps“ mindestens einen nennen."),
    ("empty steps", HEAD.replace("steps:", "steps: []"), 7, "Die Vorlage hat keine Schritte. Bitte unter „steps“ mindestens einen nennen."),
    ("steps as fields", HEAD + "  a: b\n", 8, "„steps“ ist eine Liste: jeder Schritt beginnt mit „- code:“."),
    ("tabs", HEAD + "\t- code: a\n", 8, "Am Anfang der Zeile steht ein Tabulator. Bitte mit Leerzeichen einrücken."),
    ("colon", HEAD.replace("Eigene Erfahrung", "Stand: heute") + A, 5, "Hier steht ein Doppelpunkt zu viel, oder die Einrückung stimmt nicht. Texte mit Doppelpunkt bitte in Anführungszeichen setzen."),
    ("bracket", HEAD + A + step(after="[a"), 13, "Eine Liste in eckigen Klammern wird nicht geschlossen, oder es fehlt ein Komma."),
    ("quote", HEAD + A + step(hint='"offen'), 13, "Ein Anführungszeichen wird nicht geschlossen."),
    ("indent", HEAD + A + "  code: b\n", 9, "Die Einrückung stimmt nicht. Felder eines Schritts stehen genau untereinander."),
    ("two documents", HEAD + A + "---\na: b\n", 9, "In einer Datei steht genau eine Vorlage. Bitte die Zeile --- und was danach kommt entfernen."),
    ("alias", HEAD + A + step(hint="&x ja", documents="[*x]"), 13, "Verweise mit & und * sind hier nicht möglich. Bitte ausschreiben."),
    ("tag", HEAD + A + step(hint="!!python/object/apply:os.system [ls]"), 13, "Angaben mit ! sind hier nicht möglich. Texte mit ! am Anfang bitte in Anführungszeichen setzen."),
    ("depth", HEAD + A + step(hint="[[[[[[[["), 13, "Hier ist zu tief verschachtelt. Eine Vorlage hat Felder, eine Liste von Schritten und deren Felder."),
    ("unreadable", HEAD + A + "\x01", 0, "Die Datei enthält Zeichen, die nicht lesbar sind. Bitte als UTF-8 speichern."),
    ("half a character", HEAD + A + "\ud800", 0, "Die Datei enthält Zeichen, die nicht lesbar sind. Bitte als UTF-8 speichern."),
    ("too long", HEAD + A + "#" * template_yaml.LONGEST_FILE, 0, "Die Datei ist zu lang: höchstens 100000 Zeichen."),
    ("too many steps", HEAD + A * (reading.MOST_STEPS + 1), 8, "Die Vorlage hat zu viele Schritte: höchstens 60."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "reason"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_what_is_wrong_with_a_file(text, line, reason):
    assert errors(text) == [(line, reason)]


def test_a_loop_is_named_by_its_titles():
    text = HEAD + A.replace("client}", "client, after: [c]}") + B + step(after="[b]")
    assert errors(text) == [
        (8, "Diese Schritte warten im Kreis aufeinander: „Antrag“ → „Bescheid“ → „Kurs“ → „Antrag“. Bitte einen davon aus „after“ nehmen."),
    ]  # fmt: skip


def test_a_step_that_waits_for_itself_is_a_loop_too():
    assert errors(HEAD + step(after="[c]")) == [
        (12, "Diese Schritte warten im Kreis aufeinander: „Kurs“ → „Kurs“. Bitte einen davon aus „after“ nehmen.")
    ]


def test_every_loop_is_named():
    text = HEAD + step(after="[c]") + step(code="d", after="[d]")
    assert [line for line, _reason in errors(text)] == [12, 17]


def test_a_clock_begins_in_every_variant_it_runs_in():
    text = OF_VARIANTS + (
        "  - {code: a, title: A, kind: antrag, holder: client, variants: [eu]}\n"
        "  - {code: b, title: B, kind: antrag, holder: client, law: § 1, clock: 1 year, clock_from: a, variants: [eu, nachzug]}\n"
    )
    assert errors(text) == [(10, "„A“ fehlt in einer Variante, in der diese Frist läuft.")]
    assert isinstance(parse(text.replace("[eu, nachzug]", "[eu]") + A.replace("code: a", "code: x")), Template)


def test_steps_that_never_meet():
    text = OF_VARIANTS + (
        "  - {code: a, title: A, kind: antrag, holder: client, variants: [eu]}\n"
        "  - {code: b, title: B, kind: antrag, holder: client, after: [a], variants: [nachzug]}\n"
        "  - {code: c, title: C, kind: antrag, holder: client, law: § 1, clock: 1 year, clock_from: a}\n"
    )
    assert errors(text) == [
        (10, "„B“ und „A“ stehen nie in derselben Variante."),
        (11, "„A“ fehlt in einer Variante, in der diese Frist läuft."),
    ]


def test_a_variant_without_steps():
    text = OF_VARIANTS + A.replace("client}", "client, variants: [eu]}")
    assert errors(text) == [(0, "Die Variante „nachzug“ hat keinen Schritt.")]


def test_all_errors_come_at_once_and_in_order():
    text = HEAD.replace("version: 1", "version: x") + A + step(kind="kurz", after="[zz]", usual="x")
    assert [line for line, _reason in errors(text)] == [2, 11, 13, 14]


def test_a_file_full_of_errors_stops_somewhere():
    found = errors(HEAD + "".join(step(code=f"s{n}", kind="x") for n in range(60)))
    assert len(found) == template_errors.MOST_ERRORS + 1
    assert found[-1] == (0, "… und weitere. Bitte zuerst diese beheben.")


# ---------- whatever is sent ----------


def survives(text):
    found = parse(text)
    if not isinstance(found, Template):
        assert found
        lines = text.count("\n") + 1
        assert all(error.reason and 0 <= error.line <= lines + 1 for error in found)


@given(st.text(max_size=200))
def test_any_text_is_answered(text):
    survives(text)


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(data):
    survives(data.decode("latin-1"))


@given(st.lists(st.sampled_from([
    "a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "steps:", "code: ", "after: ", '"', "'", "&x", "*x", "!!int ",
    "|", ">", "%", "@", "---\n", "? ", "#", "\t", "version: 1\n", HEAD, A, B,
]), max_size=25))  # fmt: skip
def test_anything_like_yaml_is_answered(parts):
    survives("".join(parts))


values = st.one_of(st.text("abc: [x]{}-\n", max_size=12), st.sampled_from(["a", "[a, b]", "1 year", "{a: b}", "~", "null", "*x"]))


@given(st.dictionaries(st.sampled_from([*reading._OF_STEP, "x"]), values, max_size=8))
def test_any_step_is_answered(fields):
    survives(HEAD + A + B + ("  - " + "\n    ".join(f"{k}: {v}" for k, v in fields.items()) + "\n" if fields else ""))


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.sets(st.integers(0, n - 1)), min_size=n, max_size=n)))
def test_a_template_is_taken_exactly_when_no_step_waits_for_itself(before):
    """However steps wait for one another: without a loop it is a template, with one it is not."""
    text = HEAD + "".join(
        step(code=f"s{n}", **({"after": f"[{', '.join(f's{b}' for b in sorted(waits))}]"} if waits else {}))
        for n, waits in enumerate(before)
    )
    reached = {n: set(waits) for n, waits in enumerate(before)}
    for _round in before:
        reached = {n: waits.union(*(reached[b] for b in waits)) for n, waits in reached.items()}
    assert isinstance(parse(text), Template) == all(n not in waits for n, waits in reached.items())


# ---------- the chapter of the manual ----------

CHAPTER = (Path(__file__).resolve().parents[2] / "docs" / "handbuch" / "16-kettenvorlagen.md").read_text(encoding="utf-8")


def test_the_manual_names_every_field_and_code():
    names = [*reading._OF_TEMPLATE, *reading._OF_STEP]
    codes = [c for kind in (LifeArea, StepKind, HolderKind, AgencyKind, Breakpoint, Join, TimeUnit) for c in kind.values]
    assert [name for name in (*names, *codes) if f"`{name}`" not in CHAPTER] == []


def test_the_example_of_the_manual_is_one():
    template = parse(CHAPTER.partition("```yaml\n")[2].partition("```")[0])
    assert isinstance(template, Template)
    assert {code: len(template.for_variant(code).steps) for code in template.variants} == {"portal": 3, "papier": 2}
