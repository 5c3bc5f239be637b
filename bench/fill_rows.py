"""The rows of each table, made from the plan by INSERT … SELECT."""

from faden.cases.vocabulary.case import Phase
from faden.cases.vocabulary.contact_note import ContactType
from faden.cases.vocabulary.inquiry import AskedBy
from faden.cases.vocabulary.life_area import LifeArea
from faden.kernel.keys import keyring

_OPEN = [str(phase) for phase in Phase if phase != Phase.CLOSED]
_TEXTS = (
    "Gespräch über den Stand der Anträge, nächste Schritte besprochen.",
    "Termin beim Jobcenter vorbereitet, Unterlagen gemeinsam sortiert.",
    "Rückfrage zur Wohnungssuche, Liste der Vermieter mitgegeben.",
    "Anmeldung zum Sprachkurs ausgefüllt, Kopie in der Akte.",
    "Brief der Krankenkasse erklärt, Rückruf vereinbart.",
    "Kita-Platz angefragt, Warteliste; Alternative besprochen.",
    "Zeugnisse für die Anerkennung gesammelt, zwei fehlen noch.",
    "Nicht erreicht, Nachricht hinterlassen.",
)
_TITLES = (
    "Unterlagen anfordern", "Rückruf Jobcenter", "Kursträger anfragen", "Termin vereinbaren",
    "Antrag prüfen", "Bescheid kopieren", "Vermieter anrufen", "Zielvereinbarung besprechen",
)  # fmt: skip


def _array(words: object) -> str:
    quoted = ", ".join("'" + str(word).replace("'", "''") + "'" for word in words)  # type: ignore[attr-defined]
    return f"(ARRAY[{quoted}])"


def one_of(words: object, salt: str) -> str:
    count = len(list(words))  # type: ignore[call-overload]
    return f"{_array(words)}[1 + bench.any(p.no, {salt}, {count})]"


# The k-th of a case's notes; the last is the newest.
_NOTE_MS = "(p.opened_ms + (p.end_ms - p.opened_ms) * {k} / (p.notes + 1))"
# A family's talks: each third concerns the first two of them, each seventh the second alone.
_SECOND = "bench.uid(p.opened_ms, 302, p.no)"
_NOTE_ABOUT = f"""CASE WHEN p.persons > 1 AND {{k}} % 3 = 0 THEN ARRAY[p.person_id, {_SECOND}]
        WHEN p.persons > 1 AND {{k}} % 7 = 0 THEN ARRAY[{_SECOND}] ELSE ARRAY[p.person_id] END"""
_HER = "ARRAY[p.person_id]"
_NOBODY = "ARRAY[]::uuid[]"
_TASK_MS = "(p.opened_ms + (p.end_ms - p.opened_ms) * {k} / 10 + 7000)"
_NOTE_ID = f"bench.uid({_NOTE_MS}, 1000 + {{k}}, p.no)"
_TASK_ID = f"bench.uid({_TASK_MS}, 2000 + {{k}}, p.no)"
# Two of eight tasks are open in an open case, due from one week ago to five weeks ahead.
_TASK_OPEN = "({k} >= 7 AND NOT p.closed)"
_PHASE_MS = "(p.opened_ms + (p.end_ms - p.opened_ms) / 3)"
_PHASE_ID = f"bench.uid({_PHASE_MS}, 4, p.no)"
_OPENED_ID = "bench.uid(p.opened_ms, 5, p.no)"
# The first appointment is past, the second in the next four weeks (open cases, a third of them).
_MEETING_MS = {
    1: "(p.opened_ms + 86400000 * 10)",
    2: "(%(now)s + (1 + bench.any(p.no, 61, 28 * 24)) * 3600000)",
}
_MEETING_ID = "bench.uid(p.opened_ms + 1000 * {k}, 60 + {k}, p.no)"
_MEETING_IF = {1: "p.opened_ms + 86400000 * 10 < %(now)s", 2: "NOT p.closed AND bench.any(p.no, 62, 3) = 0"}


def note_rows(k: str, source: str) -> str:
    """The k-th contact note of each case."""
    ms = _NOTE_MS.format(k=k)
    return f"""
    INSERT INTO cases_contactnote (id, organisation_id, happened_at, type, place, minutes, language, interpreting,
        life_areas, text, case_id, author_id, recorded_at, version, persons, confidential)
    SELECT {_NOTE_ID.format(k=k)}, p.organisation_id, bench.at({ms}), {one_of(ContactType, f"31 + {k}")}, '',
        15 + 5 * bench.any(p.no, 32 + {k}, 12), 'ara',
        CASE WHEN bench.any(p.no, 33 + {k}, 4) = 0 THEN 'professional' ELSE 'none' END,
        ARRAY[{one_of(LifeArea, f"34 + {k}")}], {one_of(_TEXTS, f"35 + {k}")},
        p.case_id, p.lead_id, bench.at({ms}), 1, {_about(k)}, false
      FROM {source}"""


def _about(k: str) -> str:
    # The text goes through the client's placeholders: a plain percent sign is doubled.
    return _NOTE_ABOUT.format(k=k).replace("%", "%%")


def note_entries(k: str, source: str) -> str:
    """Their lines in the timeline."""
    return timeline_entries(_NOTE_ID.format(k=k), _NOTE_MS.format(k=k), "contact", source, about=_about(k))


def timeline_entries(row_id: str, ms: str, kind: str, source: str, about: str = _HER) -> str:
    return (
        "INSERT INTO cases_timelineentry (id, organisation_id, case_id, at, kind, persons, confidential)"
        f" SELECT {row_id}, p.organisation_id, p.case_id, bench.at({ms}), '{kind}', {about}, false FROM {source}"
    )


def rounds() -> list[tuple[str, str]]:
    """The k and the source of each round of notes: one by one as time went on, then the few long files."""
    found = [(str(k), f"bench.plan p WHERE p.notes >= {k}") for k in range(1, 31)]
    return [*found, ("k", "bench.plan p, generate_series(31, p.notes) k WHERE p.notes > 30")]


def task_rows(k: int) -> str:
    """The k-th task of each case."""
    is_open, ms = _TASK_OPEN.format(k=k), _TASK_MS.format(k=k)
    due = f"CASE WHEN {is_open} THEN %(now)s + (bench.any(p.no, 41 + {k}, 42) - 7) * 86400000 ELSE {ms} + 86400000 * 14 END"
    return f"""
    INSERT INTO cases_task (id, organisation_id, title, due_on, made_at, made_by, done_at, done_by, version,
        assignee_id, case_id, persons, confidential, dropped_because)
    SELECT {_TASK_ID.format(k=k)}, p.organisation_id, {one_of(_TITLES, f"42 + {k}")}, bench.at({due})::date,
        bench.at({ms}), p.user_id, CASE WHEN {is_open} THEN NULL ELSE bench.at({ms} + 3600000) END,
        CASE WHEN {is_open} THEN NULL ELSE p.user_id END, 1, p.lead_id, p.case_id,
        {_HER}, false, ''
      FROM bench.plan p"""


def task_entries(k: int) -> str:
    """Only done tasks stand in the timeline."""
    source = f"bench.plan p WHERE NOT {_TASK_OPEN.format(k=k)}"
    return timeline_entries(_TASK_ID.format(k=k), f"{_TASK_MS.format(k=k)} + 3600000", "task", source)


def other_entries() -> list[str]:
    """Opening, phase, inquiry and appointments in the timeline."""
    plan = "bench.plan p"
    return [
        timeline_entries(_OPENED_ID, "p.opened_ms", "opened", plan, about=_NOBODY),
        timeline_entries(_PHASE_ID, _PHASE_MS, "phase", plan, about=_NOBODY),
        timeline_entries("p.inquiry_id", "p.opened_ms - 86400000", "inquiry", plan),
        *(
            timeline_entries(_MEETING_ID.format(k=k), _MEETING_MS[k], "appointment", f"{plan} WHERE {_MEETING_IF[k]}")
            for k in (1, 2)
        ),
    ]


def appointment_rows(k: int) -> str:
    """The past and the coming appointment."""
    return f"""
    INSERT INTO cases_appointment (id, organisation_id, starts_at, ends_at, place, subject, interpreter_language,
        kind, others, answer, made_at, made_by, host_id, case_id, persons, confidential, version, dropped_because)
    SELECT {_MEETING_ID.format(k=k)}, p.organisation_id, bench.at({_MEETING_MS[k]}), bench.at({_MEETING_MS[k]} + 3600000),
        'Beratungsstelle', 'Beratung', '', 'office', '', '', bench.at(p.opened_ms), p.user_id, p.lead_id, p.case_id,
        {_HER}, false, 1, ''
      FROM bench.plan p WHERE {_MEETING_IF[k]}"""


CASES = f"""
INSERT INTO cases_case (id, organisation_id, number, phase, urgency, opened_on, last_contact_at, lead_id,
    person_id, inquiry_id, scope, weight)
SELECT p.case_id, p.organisation_id,
    p.prefix || '-' || extract(year FROM bench.at(p.opened_ms)) || '-' || lpad(p.n::text, 6, '0'),
    CASE WHEN p.closed THEN 'closed' ELSE {one_of(_OPEN, "51")} END,
    CASE bench.any(p.no, 52, 20) WHEN 0 THEN 'now' WHEN 1 THEN 'soon' ELSE 'normal' END,
    bench.at(p.opened_ms)::date, bench.at({_NOTE_MS.format(k="p.notes")}), p.lead_id, p.person_id, p.inquiry_id,
    CASE WHEN p.persons > 1 THEN 'family' ELSE 'person' END, 1 + bench.any(p.no, 57, 3)
  FROM bench.plan p
"""
PHASES = f"""
INSERT INTO cases_phasechange (id, organisation_id, case_id, phase, changed_at, changed_by, skip_reason)
SELECT {_OPENED_ID}, p.organisation_id, p.case_id, 'clarification', bench.at(p.opened_ms), p.user_id, '' FROM bench.plan p
UNION ALL
SELECT {_PHASE_ID}, p.organisation_id, p.case_id, CASE WHEN p.closed THEN 'closed' ELSE {one_of(_OPEN, "51")} END,
    bench.at({_PHASE_MS}), p.user_id, '' FROM bench.plan p
"""
# Each case began as an inquiry; one in fifty more is open and has no case yet.
INQUIRIES = f"""
INSERT INTO cases_inquiry (id, organisation_id, asked_at, asked_by, language, interpreting, life_areas, urgency,
    result, taken_by)
SELECT p.inquiry_id, p.organisation_id, bench.at(p.opened_ms - 86400000), {one_of(AskedBy, "53")}, 'ara', 'none',
    ARRAY[{one_of(LifeArea, "54")}], 'normal', 'case_started', p.user_id FROM bench.plan p
UNION ALL
SELECT bench.uid(%(now)s, 6, p.no), p.organisation_id, bench.at(%(now)s - bench.any(p.no, 55, 2592000) * 1000),
    {one_of(AskedBy, "53")}, 'ukr', 'none', ARRAY[{one_of(LifeArea, "54")}], 'normal',
    CASE WHEN bench.any(p.no, 56, 2) = 0 THEN 'open' ELSE 'waiting' END, p.user_id
  FROM bench.plan p WHERE NOT p.closed AND p.n %% 50 = 0
"""
# The k-th person of a case: the first is the one it is named after, the others bear her family name.
_EACH = """
  FROM bench.plan p CROSS JOIN LATERAL generate_series(1, p.persons) k
       CROSS JOIN LATERAL (SELECT CASE WHEN k = 1 THEN p.person_id ELSE bench.uid(p.opened_ms, 300 + k, p.no) END AS person,
           CASE WHEN k = 1 THEN p.given ELSE (p.given + 13 * k) %% (SELECT count(*) FROM bench.name WHERE kind = 'given') END AS forename) w
"""
PERSONS = f"""
INSERT INTO persons_person (id, organisation_id, sort_key, birth_earliest, birth_latest, birth_precision,
    nationalities, languages, interpreter_language, phone, email,
    municipality_id, version)
SELECT w.person, p.organisation_id, f.sort || ' ' || g.sort, born, born, 'day', ARRAY['475'], ARRAY['ara'], 'ara',
    '0170 ' || (1000000 + bench.any(p.no + k, 71, 8999999)), '',
    (SELECT array_agg(ags ORDER BY ags) FROM organisations_municipality)[1 + bench.any(p.no, 73, 100)], 1
{_EACH}
  JOIN bench.name f ON f.kind = 'family' AND f.no = p.family
  JOIN bench.name g ON g.kind = 'given' AND g.no = w.forename,
  LATERAL (SELECT CASE WHEN k <= 2 THEN date '1950-01-01' ELSE date '2006-01-01' END
      + bench.any(p.no + k, 72, CASE WHEN k <= 2 THEN 18000 ELSE 7000 END)::int AS born)
"""
PERSON_NAMES = f"""
INSERT INTO persons_personname (id, organisation_id, person_id, family, given, native, is_main)
SELECT bench.uid(p.opened_ms, 700 + k, p.no), p.organisation_id, w.person, f.main, g.main,
    CASE WHEN p.native AND f.native <> '' AND g.native <> '' THEN g.native || ' ' || f.native ELSE '' END, true
{_EACH}
  JOIN bench.name f ON f.kind = 'family' AND f.no = p.family
  JOIN bench.name g ON g.kind = 'given' AND g.no = w.forename
UNION ALL
SELECT bench.uid(p.opened_ms, 8, p.no), p.organisation_id, p.person_id, f.other, g.other, '', false
  FROM bench.plan p
  JOIN bench.name f ON f.kind = 'family' AND f.no = p.family
  JOIN bench.name g ON g.kind = 'given' AND g.no = p.given
 WHERE p.second
"""
NAME_KEYS = f"""
INSERT INTO persons_namekey (id, organisation_id, person_id, kind, value)
SELECT bench.uid(p.opened_ms, 1000 * k + keys.place, p.no), p.organisation_id, w.person,
    split_part(keys.key, ':', 1), split_part(keys.key, ':', 2)
{_EACH}
  JOIN bench.name fn ON fn.kind = 'family' AND fn.no = p.family
  JOIN bench.name gn ON gn.kind = 'given' AND gn.no = w.forename,
  LATERAL (SELECT p.native AND fn.native <> '' AND gn.native <> '' AS native, p.second AND k = 1 AS second) AS own,
  LATERAL (SELECT keys FROM bench.name_keys f
            WHERE f.kind = 'family' AND f.no = p.family AND f.second = own.second AND f.native = own.native) AS f,
  LATERAL (SELECT keys FROM bench.name_keys g
            WHERE g.kind = 'given' AND g.no = w.forename AND g.second = own.second AND g.native = own.native) AS g,
  LATERAL (SELECT key, row_number() OVER () AS place
             FROM (SELECT DISTINCT unnest(f.keys || g.keys) AS key) AS once) AS keys
"""
MEMBERS = f"""
INSERT INTO cases_casemember (id, organisation_id, case_id, person_id, from_on)
SELECT bench.uid(p.opened_ms, 310 + k, p.no), p.organisation_id, p.case_id, w.person, bench.at(p.opened_ms)::date
{_EACH}
"""
AGREEMENTS = f"""
INSERT INTO consents_counsellingagreement (id, organisation_id, person_id, legal_basis, text_code, text_version,
    language, interpreted_by, given_how, given_on, to_documentation, to_team_and_substitute, special_categories,
    represented_by, own_agreement, ended_because, noted_by)
SELECT bench.uid(p.opened_ms, 320 + k, p.no), p.organisation_id, w.person, 'bench', 'agreement', '1', 'ara', '', 'paper',
    bench.at(p.opened_ms)::date, true, true, ARRAY[]::text[], {_NOBODY}, true, '', p.user_id
{_EACH}
"""


def fact_rows(table: str, columns: str, values: str) -> str:
    """One open fact of a kind for each person."""
    return f"""
    INSERT INTO {table} (id, organisation_id, person_id, from_on, known_from, noted_at, noted_by,
        superseded_because, {columns})
    SELECT bench.uid(p.opened_ms, 330 + k, p.no), p.organisation_id, w.person, bench.at(p.opened_ms)::date, 'seen',
        bench.at(p.opened_ms), p.user_id, '', {values}
    {_EACH}"""


# table -> (its own columns, their values)
FACTS = {
    "persons_residence": (
        "paper, work_allowed, residence_rule",
        "(ARRAY['ae_25_2_1', 'ae_25_2_2', 'duldung_60a', 'gestattung', 'ae_24'])[1 + bench.any(p.no + k, 91, 5)], '', false",
    ),
    "persons_benefit": ("regime", "(ARRAY['sgb2', 'asylblg_3', 'none'])[1 + bench.any(p.no, 92, 3)]"),
    "persons_german": (
        "skill, level, literacy, certificate",
        "'all', (ARRAY['none', 'a1', 'a2', 'b1'])[1 + bench.any(p.no + k, 93, 4)], '', ''",
    ),
    "persons_address": ("street, postcode, place, country, care_of", "'Musterstraße ' || p.n, '48683', 'Ahaus', '', ''"),
}


def look_rows() -> str:
    """Two looks a case, signed as Faden signs them: HMAC-SHA256 out of two plain ones."""
    key = keyring().audit.ljust(64, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in key).hex() for pad in (0x36, 0x5C))
    return f"""
    INSERT INTO kernel_look (id, organisation_id, at, user_id, role, mac, kind, page, purpose, subject_id, shown)
    SELECT id, organisation_id, bench.at(ms), user_id, 'case_manager',
        sha256('\\x{outer}'::bytea || sha256('\\x{inner}'::bytea || convert_to(
            '["' || id || '", "' || organisation_id || '", "' || ms / 1000 * 1000000 || '", "' || user_id
            || '", "case_manager", "case", "case_page", "caseload", "' || case_id || '", ""]', 'UTF8'))),
        'case', 'case_page', 'caseload', case_id, ARRAY[]::uuid[]
      FROM (SELECT bench.uid(ms, 80 + k, p.no) AS id, ms, p.organisation_id, p.user_id, p.case_id
              FROM bench.plan p, generate_series(1, 2) k,
                   LATERAL (SELECT p.end_ms - (p.end_ms - p.opened_ms) * k / 7 AS ms)) AS looked"""
