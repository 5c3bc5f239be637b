"""Fristen of each open case, and chains and plans of a bounded share, made from the plan by INSERT … SELECT.

Three Fristen an open case. The measured case managers' cases have a chain of 12 steps each; three tenths of them
three of 20, the second waiting for the first, and a plan. Of all other open cases each tenth has a chain.
"""

import psycopg

from bench.fill_papers import REMEDIES
from bench.fill_rows import one_of, timeline_entries
from bench.sizes import MEASURED, MEASURED_CASES
from faden.kernel.keys import keyring
from faden.organisations.vocabulary import AgencyKind

CHAINED = "(3, 5, 8)"  # n % 10 of the measured cases with three chains: some are open at every size
GOALS = 3
_MINE = f"(p.service <= {MEASURED} AND p.n <= {MEASURED_CASES})"
_MANY = f"({_MINE} AND p.n %% 10 IN {CHAINED})"
_STEP_TITLES = (
    "Antrag vorbereiten", "Unterlagen beschaffen", "Antrag stellen", "Bescheid abwarten",
    "Platz suchen", "Termin wahrnehmen", "Nachfassen",
)  # fmt: skip

# The c-th chain of a case: `length` steps, the first `done` of them finished, the next lies at an agency.
_CHAINS = f"""
  FROM bench.plan p
 CROSS JOIN LATERAL generate_series(1, CASE WHEN {_MANY} THEN 3 ELSE 1 END) c
 CROSS JOIN LATERAL (SELECT CASE WHEN {_MANY} THEN 20 ELSE 12 END AS length) size
 CROSS JOIN LATERAL (SELECT length / 4 + bench.any(p.no + c, 101, length / 3) AS done,
                            p.opened_ms + (p.end_ms - p.opened_ms) / 4 AS began_ms) stand
 WHERE NOT p.closed AND ({_MINE} OR bench.any(p.no, 102, 10) = 0)
"""
_CHAIN_ID = "bench.uid(p.opened_ms + 5000 + c, 400 + c, p.no)"
_STEP_ID = "bench.uid(p.opened_ms + 6000, 5000 + 100 * {c} + {k}, p.no)"
_CHANGE_ID = "bench.uid({ms}, 6000 + 100 * c + k, p.no)"
# Every fifth step goes beside the one before it.
_STEPS = _CHAINS.replace(" WHERE ", " CROSS JOIN LATERAL generate_series(1, length) k\n WHERE ")
_STATE = """CASE WHEN k <= done THEN 'done' WHEN k = done + 1 AND k %% 4 = 0 THEN 'blocked'
    WHEN k = done + 1 THEN 'waiting_agency' WHEN k %% 5 = 0 AND k = done + 2 THEN 'ready' ELSE 'open' END"""
_SINCE_MS = "(began_ms + (%(now)s - began_ms) * CASE WHEN k <= done + 1 THEN k ELSE 0 END / (done + 2))"
_AGENCY = one_of(AgencyKind, "103 + k")

CHAINS = f"""
INSERT INTO chains_chain (id, organisation_id, case_id, persons, confidential, title, life_area, template_code,
    started_on, made_at, made_by, ended_because, version)
SELECT {_CHAIN_ID}, p.organisation_id, p.case_id, ARRAY[p.person_id], false, 'Kette ' || c, 'work', '',
    bench.at(began_ms)::date, bench.at(began_ms), p.user_id, '', 1
{_CHAINS}"""
STEPS = f"""
INSERT INTO chains_chainstep (id, organisation_id, case_id, chain_id, code, position, title, kind, life_area, "join",
    usual_days, usual_source, hint, documents, block_reasons, law, clock_unit, clock_from, holder, agency_kind, agency,
    state, since_on, block_reason, due_on, bent, bent_because, is_added, version)
SELECT {_STEP_ID.format(c="c", k="k")}, p.organisation_id, p.case_id, {_CHAIN_ID}, 's' || k, k,
    {one_of(_STEP_TITLES, "104 + k")} || ' ' || k, 'antrag', 'work', 'all', 7 + bench.any(p.no + k, 105, 70), '', '',
    ARRAY[]::text[], ARRAY[]::text[], '', '', '', CASE k %% 3 WHEN 0 THEN 'client' WHEN 1 THEN 'agency' ELSE 'case_manager' END,
    CASE WHEN k %% 3 = 1 THEN {_AGENCY} ELSE '' END, '', {_STATE}, bench.at({_SINCE_MS})::date,
    CASE WHEN {_STATE} = 'blocked' THEN 'document' ELSE '' END,
    CASE WHEN k = done + 1 THEN bench.at(%(now)s + (bench.any(p.no + k, 106, 60) - 10) * 86400000)::date END,
    '', '', false, 1
{_STEPS}"""
LINKS = f"""
INSERT INTO chains_steplink (id, organisation_id, case_id, step_id, before_id, because)
SELECT bench.uid(p.opened_ms + 7000, 7000 + 100 * c + k, p.no), p.organisation_id, p.case_id,
    {_STEP_ID.format(c="c", k="k")}, {_STEP_ID.format(c="c", k="(k - CASE WHEN k %% 5 = 0 THEN 2 ELSE 1 END)")}, ''
{_STEPS} AND k > 1
UNION ALL
SELECT bench.uid(p.opened_ms + 7000, 7500 + c, p.no), p.organisation_id, p.case_id,
    {_STEP_ID.format(c="c", k="18")}, {_STEP_ID.format(c="(c - 1)", k="15")}, 'wartet auf die andere Kette'
{_CHAINS} AND c = 2
"""
CHANGES = f"""
INSERT INTO chains_stepchange (id, organisation_id, case_id, step_id, kind, state, holder, agency_kind, agency,
    block_reason, bent, because, from_on, changed_at, changed_by)
SELECT {_CHANGE_ID.format(ms=_SINCE_MS)}, p.organisation_id, p.case_id, {_STEP_ID.format(c="c", k="k")}, 'state',
    {_STATE}, 'case_manager', '', '', CASE WHEN {_STATE} = 'blocked' THEN 'document' ELSE '' END, '', '',
    bench.at({_SINCE_MS})::date, bench.at({_SINCE_MS}), p.user_id
{_STEPS} AND k <= done + 1"""
# The k-th Frist of an open case: from three weeks ago to a year ahead.
DEADLINES = """
INSERT INTO cases_deadline (id, organisation_id, case_id, persons, confidential, kind, reference, due_on, law, subject,
    noted_at, ended_because, ended_words)
SELECT bench.uid(p.opened_ms, 800 + k, p.no), p.organisation_id, p.case_id, ARRAY[p.person_id], false,
    (ARRAY['title', 'course_claim', 'benefit'])[k], bench.uid(p.opened_ms, 331, p.no),
    bench.at(%(now)s + (bench.any(p.no + k, 107, 400) - 20) * 86400000)::date, '', '', bench.at(p.opened_ms), '', ''
  FROM bench.plan p, generate_series(1, 3) k WHERE NOT p.closed"""
PLANS = f"""
INSERT INTO chains_plan (id, organisation_id, case_id, person_id, review_on, made_at, made_by, version)
SELECT bench.uid(p.opened_ms + 8000, 810, p.no), p.organisation_id, p.case_id, p.person_id,
    bench.at(%(now)s + 86400000::bigint * 60)::date, bench.at(p.opened_ms), p.user_id, 1
  FROM bench.plan p WHERE {_MANY}"""
GOAL_STEPS = f"""
INSERT INTO chains_goalstep (id, organisation_id, goal_id, position, what, who, who_name, due_on, dropped_because, version)
SELECT bench.uid(p.opened_ms + 8200, 830 + 10 * g + k, p.no), p.organisation_id, bench.uid(p.opened_ms + 8100, 820 + g, p.no),
    k, {one_of(_STEP_TITLES, "108 + k")}, 'client', '', bench.at(%(now)s + 86400000::bigint * 20 * k)::date, '', 1
  FROM bench.plan p, generate_series(1, {GOALS}) g, generate_series(1, 3) k WHERE {_MANY}"""
_GOALS = f"""
SELECT bench.uid(p.opened_ms + 8100, 820 + g, p.no), p.organisation_id, bench.uid(p.opened_ms + 8000, 810, p.no),
    ARRAY[p.person_id], g, bench.at(p.opened_ms), p.user_id
  FROM bench.plan p, generate_series(1, {GOALS}) g WHERE {_MANY}"""

TABLES = {
    "chains_chainstep": [STEPS],
    "chains_stepchange": [CHANGES],
    "chains_steplink": [LINKS],
    "cases_deadline": [DEADLINES, REMEDIES],
    "chains_chain": [CHAINS],
    "chains_plan": [PLANS],
    "chains_goalstep": [GOAL_STEPS],
}


def chain_entries() -> list[str]:
    """Their lines in the timeline: each beginning, and each step that somebody finished or that waits."""
    return [
        timeline_entries(_CHAIN_ID, "began_ms", "chain", _CHAINS.lstrip().removeprefix("FROM")),
        timeline_entries(
            _CHANGE_ID.format(ms=_SINCE_MS),
            _SINCE_MS,
            "step",
            _STEPS.lstrip().removeprefix("FROM") + " AND k <= done + 1",
        ),
    ]


def fill_goals(connection: psycopg.Connection) -> None:
    """Their words are sealed with the row's id, which only Python can."""
    rows = connection.execute(_GOALS.replace("%%", "%")).fetchall()
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO chains_goal (id, organisation_id, plan_id, persons, position, made_at, made_by, words,"
            " confidential, life_area, rating, client_rating, version)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, false, 'work', '', '', 1)",
            [(*row, _sealed("Eine Arbeit, von der die Familie leben kann.", row[0])) for row in rows],
        )


def _sealed(words: str, goal_id: object) -> bytes:
    return keyring().seal(words.encode(), bound_to=f"chains_goal/words/{goal_id}")
