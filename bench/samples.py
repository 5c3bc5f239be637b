"""Whom and what is measured: the first case managers of the largest services, and their cases."""

from dataclasses import dataclass
from uuid import UUID

import psycopg

from bench.sizes import MEASURED
from faden.kernel.actor import Actor

_LEADS = """
SELECT m.organisation_id, m.user_id, m.role, m.name, o.name, m.id::text
  FROM organisations_membership m
  JOIN organisations_organisation o ON o.id = m.organisation_id
  JOIN organisations_user u ON u.id = m.user_id
 WHERE u.email = %s
"""
_CASES = """
SELECT c.id, n.family || ', ' || left(n.given, 3),
       (SELECT count(*) FROM cases_casemember m WHERE m.organisation_id = c.organisation_id AND m.case_id = c.id),
       (SELECT array_agg(k.id ORDER BY k.title) FROM chains_chain k
         WHERE k.organisation_id = c.organisation_id AND k.case_id = c.id),
       (SELECT f.person_id FROM chains_plan f WHERE f.organisation_id = c.organisation_id AND f.case_id = c.id)
  FROM cases_case c
  JOIN persons_personname n ON n.organisation_id = c.organisation_id AND n.person_id = c.person_id AND n.is_main
 WHERE c.organisation_id = %s AND c.lead_id = %s AND c.phase <> 'closed'
 ORDER BY c.number
"""


@dataclass(frozen=True)
class Lead:
    """A case manager and what she works with; `searches` are typed as "Family, Giv"."""

    actor: Actor
    cases: list[UUID]
    families: list[UUID]
    # With three chains of twenty steps: the cases, their first chains and whose plan it is.
    chained: list[UUID]
    chains: list[tuple[UUID, UUID]]
    plans: list[tuple[UUID, UUID]]
    searches: list[str]


@dataclass(frozen=True)
class Samples:
    """Eight with an ordinary caseload, one with the longest, and who else works in the largest service."""

    leads: list[Lead]
    heavy: Lead
    team_lead: Actor
    officer: Actor
    administrator: Actor
    number: str
    few_notes: UUID
    many_notes: UUID
    family_of_six: UUID


def take(dsn: str) -> Samples:
    """Read as superuser, who sees all services."""
    with psycopg.connect(dsn) as connection:
        leads = [_lead(connection, service, 1) for service in range(1, MEASURED + 1)]
        heavy = _lead(connection, 1, 2)
        others = {
            name: _actor(connection, _address(connection, role))
            for name, role in (
                ("team_lead", "team_lead"),
                ("officer", "dpo"),
                ("administrator", "administrator"),
            )
        }
        number = "SELECT id, number FROM cases_case WHERE organisation_id = %s AND number ~ %s"
        found = [
            connection.execute(number, [leads[0].actor.organisation_id, f"-{n:06d}$"]).fetchone()
            for n in (1, 2, 4)
        ]
    assert found[0] and found[1] and found[2]
    return Samples(
        leads=leads, heavy=heavy, number=found[0][1], few_notes=found[0][0], many_notes=found[1][0],
        family_of_six=found[2][0], **others
    )


def _lead(connection: psycopg.Connection, service: int, position: int) -> Lead:
    actor = _actor(connection, f"bench-{service}-{position}@bench.example")
    rows = connection.execute(_CASES, [actor.organisation_id, actor.membership_id]).fetchall()
    chained = [row for row in rows if len(row[3] or ()) == 3]
    return Lead(
        actor=actor,
        cases=[row[0] for row in rows],
        families=[row[0] for row in rows if row[2] == 4] or [row[0] for row in rows],
        chained=[row[0] for row in chained],
        chains=[(row[0], row[3][0]) for row in chained],
        plans=[(row[0], row[4]) for row in rows if row[4]],
        searches=[row[1] for row in rows],
    )


def _actor(connection: psycopg.Connection, email: str) -> Actor:
    row = connection.execute(_LEADS, [email]).fetchone()
    assert row is not None
    organisation_id, user_id, role, name, organisation, membership_id = row
    return Actor(organisation_id, user_id, role, name, organisation, role, membership_id)


def _address(connection: psycopg.Connection, role: str) -> str:
    row = connection.execute(
        "SELECT u.email FROM organisations_user u JOIN organisations_membership m ON m.user_id = u.id"
        " WHERE m.role = %s AND u.email LIKE 'bench-1-%%'",
        [role],
    ).fetchone()
    assert row is not None
    return str(row[0])
