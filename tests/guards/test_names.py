"""Who shows names: a new list that asks for them itself would show the name of a protected person."""

import ast

from tests.guards import source

NAMES = {"cards_of", "card_of", "main_names", "PersonName"}
# Lists of cases take `cases.queries.masking.cards_for_list`, which masks; these ask for names themselves.
BELOW_A_CASE = "a page below a case: its look is noted, and who works with her may read her name"
MASKED = "masks what it shows"
ALLOWED = {
    "config/demo_data/inbox.py": "writes invented ones",
    "config/demo_data/sites.py": "the demo's own people",
    "faden/cases/queries/case_page.py": BELOW_A_CASE,
    "faden/cases/queries/caseload.py": MASKED,
    "faden/cases/queries/naming.py": MASKED,
    "faden/cases/queries/duplicates.py": MASKED,
    "faden/cases/queries/entries.py": MASKED,
    "faden/cases/queries/masking.py": MASKED,
    "faden/cases/queries/members.py": BELOW_A_CASE,
    "faden/cases/queries/protection.py": MASKED,
    "faden/chains/queries/chains.py": BELOW_A_CASE,
    "faden/chains/queries/lying.py": MASKED,
    "faden/chains/queries/plan_versions.py": BELOW_A_CASE,
    "faden/chains/queries/rating.py": BELOW_A_CASE,
    "faden/consents/queries/releases.py": BELOW_A_CASE,
    "faden/consents/queries/declaration_sheets.py": "who signs, on a paper that is made below a case",
    "faden/desk/assessments.py": BELOW_A_CASE,
    "faden/desk/chains.py": BELOW_A_CASE,
    "faden/desk/facts.py": BELOW_A_CASE,
    "faden/desk/network.py": BELOW_A_CASE,
    "faden/desk/decisions.py": BELOW_A_CASE,
    "faden/desk/papers.py": BELOW_A_CASE,
    "faden/desk/person.py": BELOW_A_CASE,
    "faden/desk/protected_address.py": BELOW_A_CASE,
    "faden/desk/protection.py": BELOW_A_CASE,
    "faden/documents/queries/inbox.py": MASKED,
    "faden/documents/queries/papers.py": BELOW_A_CASE,
    "faden/documents/actions/letter_checks.py": "looks for names that must not leave",
    "faden/documents/queries/letter_values.py": BELOW_A_CASE,
    "faden/documents/queries/letters.py": BELOW_A_CASE,
    "faden/documents/queries/take_along.py": "looks for names that must not leave",
    "faden/referrals/queries/arriving.py": BELOW_A_CASE,
    "faden/referrals/queries/case_words.py": "looks for names that must not leave",
    "faden/referrals/queries/conferences.py": BELOW_A_CASE,
    "faden/referrals/queries/referrals.py": "a page below a case; the worker's list (lying.py) masks its rows",
    "faden/referrals/queries/telling.py": BELOW_A_CASE,
    "faden/referrals/queries/loose_parts.py": "looks for names that must not leave",
    "faden/referrals/queries/summaries.py": BELOW_A_CASE,
    "faden/referrals/queries/transfer_copies.py": BELOW_A_CASE,
    "faden/chains/actions/copies.py": "the name of whose chain it is, to whom she has allowed it",
    "faden/referrals/queries/transfers.py": BELOW_A_CASE,
    "faden/referrals/queries/watches.py": BELOW_A_CASE,
    "faden/residence/queries/outlooks.py": MASKED,
    "faden/residence/queries/requests.py": BELOW_A_CASE,
    "faden/residence/queries/readings.py": "looks for names that must not leave, of her own cases only",
    "faden/findings/queries.py": "compares a hint with the names it must not tell",
    "faden/persons/actions/families.py": BELOW_A_CASE,
    "faden/persons/actions/people.py": "writes them",
    "faden/persons/queries/arrivals.py": MASKED,
    "faden/persons/queries/cards.py": "makes the cards",
    "faden/persons/queries/comparison.py": "handed on by cases.queries.duplicates, which leaves out values",
    "faden/persons/queries/facts.py": MASKED,
    "faden/persons/queries/likeness.py": "compares, shows nothing",
    "faden/persons/queries/search.py": "leaves out whom the asker must not find",
}


def asks_for_names(module: ast.Module) -> bool:
    return any(name.rpartition(".")[2] in NAMES for name in source.imports(module))


def test_who_asks_for_names_is_known():
    modules = {
        source.name_of(file).removeprefix("src/")
        for file in source.files("src")
        if asks_for_names(source.tree(file)) and "models" not in file.parts
    }
    assert modules == ALLOWED.keys()


def test_a_list_with_names_of_its_own_is_found():
    assert asks_for_names(ast.parse("from faden.persons.queries.cards import cards_of"))
    assert asks_for_names(ast.parse("from faden.persons.models import Person, PersonName"))
    assert not asks_for_names(ast.parse("from faden.cases.queries.masking import cards_for_list"))
