"""Takes secondary indexes and keys off the tables that are filled, and puts them back as they were."""

from dataclasses import dataclass, field

import psycopg

FILLED = (
    "cases_contactnote", "cases_timelineentry", "cases_task", "persons_namekey", "kernel_look",
    "cases_case", "persons_person", "persons_personname", "cases_inquiry", "cases_appointment",
    "cases_phasechange", "cases_casemember", "consents_counsellingagreement", "persons_residence",
    "persons_benefit", "persons_german", "persons_address", "chains_chainstep", "chains_stepchange",
    "chains_steplink", "cases_deadline", "chains_chain", "chains_plan", "chains_goalstep",
    "documents_storedfile", "documents_paper", "documents_decision", "documents_letter",
    "referrals_referral", "consents_release", "referrals_sending", "consents_delivery",
)  # fmt: skip

_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype
  FROM pg_constraint
 WHERE contype IN ('p', 'u', 'f')
   AND (conrelid::regclass::text = ANY (%(tables)s)
        OR (contype = 'f' AND confrelid::regclass::text = ANY (%(tables)s)))
"""
_INDEXES = """
SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
  FROM pg_index i
 WHERE i.indrelid::regclass::text = ANY (%(tables)s)
   AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
"""


@dataclass
class Dressing:
    """What was taken off: statements that put it back."""

    indexes: dict[str, list[str]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    checks: dict[str, list[str]] = field(default_factory=dict)


def undress(connection: psycopg.Connection) -> Dressing:
    """Drop foreign keys first, then the primary keys they point to, then plain indexes."""
    found = Dressing()
    constraints = connection.execute(_CONSTRAINTS, {"tables": list(FILLED)}).fetchall()
    indexes = connection.execute(_INDEXES, {"tables": list(FILLED)}).fetchall()
    for table, name, definition, kind in sorted(constraints, key=lambda row: row[3] != "f"):
        if kind == "f":
            # Not valid at first: adding takes no time, and the check runs for several tables at once.
            found.keys.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition} NOT VALID')
            found.checks.setdefault(table, []).append(f'ALTER TABLE {table} VALIDATE CONSTRAINT "{name}"')
        else:
            statement = f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
            found.indexes.setdefault(table, []).append(statement)
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for table, name, definition in indexes:
        found.indexes.setdefault(table, []).append(definition)
        connection.execute(f"DROP INDEX {name}")
    return found
