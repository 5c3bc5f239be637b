"""Papers, Bescheide and letters of each open case, made from the plan by INSERT … SELECT.

Two papers of two pages and one sent letter an open case; a Bescheid for every fifth, every tenth of them with a last
day that nobody has confirmed.
"""

from bench.fill_rows import one_of, timeline_entries
from faden.documents.vocabulary import SEEN_NOT_STORED, PaperKind

_STORED = [kind for kind in PaperKind if kind not in SEEN_NOT_STORED]
_PAPERS = "FROM bench.plan p, generate_series(1, 2) k WHERE NOT p.closed"
_PAPER_MS = "(p.opened_ms + (p.end_ms - p.opened_ms) / 3 * k)"
_PAPER_ID = f"bench.uid({_PAPER_MS}, 900 + k, p.no)"
_DECIDED = "FROM bench.plan p WHERE NOT p.closed AND bench.any(p.no, 111, 5) = 0"
_DECISION_ID = "bench.uid(p.opened_ms, 920, p.no)"
_CONFIRMED = "bench.any(p.no, 112, 10) <> 0"
_LAST_ON = "bench.at(%(now)s + (bench.any(p.no, 113, 40) - 3) * 86400000)::date"

PAPERS = f"""
INSERT INTO documents_paper (id, organisation_id, case_id, persons, confidential, kind, title, issuer, dated_on,
    received_on, received_how, original, original_where, noted_at, noted_by, version)
SELECT {_PAPER_ID}, p.organisation_id, p.case_id, ARRAY[p.person_id], false, {one_of(_STORED, "114 + k")},
    'Papier ' || k, 'Jobcenter Musterstadt', bench.at({_PAPER_MS})::date, bench.at({_PAPER_MS})::date, 'post',
    'returned', '', bench.at({_PAPER_MS}), p.user_id, 1
{_PAPERS}"""
# Their bytes are never opened here: only lists are measured, and lists leave them where they are.
FILES = f"""
INSERT INTO documents_storedfile (id, organisation_id, paper_id, position, name, content_type, size, content, state,
    form_key, stored_at, stored_by)
SELECT bench.uid({_PAPER_MS} + 1000, 900 + 10 * k + page, p.no), p.organisation_id, {_PAPER_ID}, page,
    'Seite ' || page || '.jpg', 'image/jpeg', 200000, '\\x00', 'clean', '', bench.at({_PAPER_MS}), p.user_id
{_PAPERS.replace(" WHERE", ", generate_series(1, 2) page WHERE")}"""
DECISIONS = f"""
INSERT INTO documents_decision (id, organisation_id, case_id, persons, confidential, issuer, reference, subject, outcome,
    dated_on, procedure, notified_how, received_on, remedy, remedy_to, period_amount, period_unit, proposed_on, safe_on,
    calculation, last_on, differs_because, confirmed_at, confirmed_by, state, state_words, noted_at, noted_by, version)
SELECT {_DECISION_ID}, p.organisation_id, p.case_id, ARRAY[p.person_id], false, 'Jobcenter Musterstadt', '', 'Mehrbedarf',
    'rejected', {_LAST_ON} - 30, 'social', 'letter', {_LAST_ON} - 30, 'objection', '', 1, 'months', {_LAST_ON}, {_LAST_ON},
    '[]', CASE WHEN {_CONFIRMED} THEN {_LAST_ON} END, '', CASE WHEN {_CONFIRMED} THEN bench.at(p.opened_ms) END,
    CASE WHEN {_CONFIRMED} THEN p.user_id END, 'open', '', bench.at(p.opened_ms), p.user_id, 1
{_DECIDED}"""
REMEDIES = f"""
INSERT INTO cases_deadline (id, organisation_id, case_id, persons, confidential, kind, reference, due_on, law, subject,
    noted_at, ended_because, ended_words)
SELECT bench.uid(p.opened_ms, 930, p.no), p.organisation_id, p.case_id, ARRAY[p.person_id], false, 'remedy',
    {_DECISION_ID}, {_LAST_ON}, '', 'Widerspruch: Mehrbedarf', bench.at(p.opened_ms), '', ''
{_DECIDED} AND {_CONFIRMED}"""
LETTERS = """
INSERT INTO documents_letter (id, organisation_id, case_id, persons, confidential, shipped_code, recipient, address,
    subject, reference, language, state, ground, ground_words, way, sent_on, made_at, made_by, sent_by, version)
SELECT bench.uid(p.opened_ms, 940, p.no), p.organisation_id, p.case_id, ARRAY[p.person_id], false, '', 'Musteramt', '',
    'Sachstand', '', 'de', 'sent', 'carried', '', 'handed', bench.at(p.opened_ms)::date, bench.at(p.opened_ms), p.user_id,
    p.user_id, 1
  FROM bench.plan p WHERE NOT p.closed"""

TABLES = {
    "documents_storedfile": [FILES],
    "documents_paper": [PAPERS],
    "documents_decision": [DECISIONS],
    "documents_letter": [LETTERS],
}


def paper_entries() -> list[str]:
    """Their lines in the timeline."""
    return [timeline_entries(_PAPER_ID, _PAPER_MS, "document", _PAPERS.removeprefix("FROM "))]
