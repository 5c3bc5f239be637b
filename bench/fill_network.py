"""Vermittlungen of each open case with their line in the register, and the copy at the next service.

One a case, none with a name in it (so no consent is needed); every sixth was declined and waits for the case manager, every sixth
has no answer yet. What was told is never opened here: only lists are measured, and lists leave it where it is.
"""

from bench.fill_rows import timeline_entries

_OPEN = "FROM bench.plan p WHERE NOT p.closed"
_TO = (
    "FROM bench.plan p JOIN bench.service s ON s.no = p.service %% (SELECT count(*) FROM bench.service) + 1 WHERE NOT p.closed"
)
_AT = "(p.opened_ms + (p.end_ms - p.opened_ms) / 2)"
_REFERRAL, _SENDING, _RELEASE, _DELIVERY = (f"bench.uid({_AT}, {salt}, p.no)" for salt in (7001, 7002, 7003, 7004))
_STATE = "(ARRAY['declined', 'sent', 'received', 'accepted', 'accepted', 'finished'])[1 + bench.any(p.no, 7005, 6)]"
_TODAY = "bench.at(%(now)s)::date"

REFERRALS = f"""
INSERT INTO referrals_referral (id, organisation_id, case_id, persons, confidential, life_area, wish, state, state_at,
    accompanied, second_choice, begun_at, begun_by, ended_on, helped, offer_title, version)
SELECT {_REFERRAL}, p.organisation_id, p.case_id, ARRAY[p.person_id], false, 'language', 'Sprachkurs B1', {_STATE},
    bench.at({_AT}), false, '', bench.at({_AT}), p.user_id,
    CASE WHEN {_STATE} = 'finished' THEN bench.at({_AT})::date END, '', '', 1
{_OPEN}"""
RELEASES = f"""
INSERT INTO consents_release (id, organisation_id, kind, ground, purpose, data_classes, content, channel, valid_until,
    number, delivery_id, released_at, released_by, recipient_id, recipient_name)
SELECT {_RELEASE}, p.organisation_id, 'referral', 'ohne_personenbezug', 'Sprachkurs B1', '{{}}', '\\x00', 'inbox',
    {_TODAY} + 60, 1, {_DELIVERY}, bench.at({_AT}), p.user_id, s.organisation_id, 'Musterdienst'
{_TO}"""
SENDINGS = f"""
INSERT INTO referrals_sending (id, organisation_id, case_id, referral_id, number, amended_because, release_id, channel,
    answer_by, sent_at, sent_by, recipient_id, recipient_name)
SELECT {_SENDING}, p.organisation_id, p.case_id, {_REFERRAL}, 1, '', {_RELEASE}, 'inbox', {_TODAY} + 14,
    bench.at({_AT}), p.user_id, s.organisation_id, 'Musterdienst'
{_TO}"""
DELIVERIES = f"""
INSERT INTO consents_delivery (id, organisation_id, release_id, sender_id, kind, ground, purpose, data_classes, content,
    number, series_id, valid_until, delivered_at, ended_because, erasure, erasure_words)
SELECT {_DELIVERY}, s.organisation_id, {_RELEASE}, p.organisation_id, 'referral', 'ohne_personenbezug', 'Sprachkurs B1',
    '{{}}', '\\x00', 1, {_DELIVERY}, {_TODAY} + 60, bench.at({_AT}), '', '', ''
{_TO}"""

TABLES = {
    "referrals_referral": [REFERRALS],
    "consents_release": [RELEASES],
    "referrals_sending": [SENDINGS],
    "consents_delivery": [DELIVERIES],
}


def network_entries() -> list[str]:
    """Their lines in the timeline."""
    return [timeline_entries(_REFERRAL, _AT, "referral", _OPEN.removeprefix("FROM "))]
