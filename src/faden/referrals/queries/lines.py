"""Vermittlungen in the history of a case: one line each, which moves with what happens to it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from faden.chains.queries.lines import Told
from faden.organisations.queries.memberships import names_of
from faden.referrals.models import Answer, Referral, Sending
from faden.referrals.queries.referrals import SENT
from faden.referrals.vocabulary import AnswerWay, DeclineReason, ReferralState

_SAID = Prefetch("answers", Answer.objects.filter(undone_at__isnull=True).defer("words").order_by("noted_at"), to_attr="said")


def referrals_told(ids: Collection[UUID]) -> dict[UUID, Told]:
    """Where each stands; four statements, none without ids."""
    if not ids:
        return {}
    rows = list(Referral.objects.filter(id__in=list(ids)).defer("helped_words").prefetch_related(SENT, _SAID))
    who: set[int | None] = {row.begun_by for row in rows}
    who |= {one.noted_by for row in rows for one in row.said}  # type: ignore[attr-defined]
    names = names_of(who)
    return {row.id: _told(row, names) for row in rows}


def _told(row: Referral, names: dict[int, str]) -> Told:
    sent: list[Sending] = row.sent  # type: ignore[attr-defined]
    said: list[Answer] = row.said  # type: ignore[attr-defined]
    newest = said[-1] if said else None
    facts = [str(ReferralState(row.state).label), *dict.fromkeys(one.recipient_name for one in sent[-1:])]
    if newest and newest.from_on:
        facts.append(_("ab %(day)s") % {"day": f"{newest.from_on:%d.%m.%Y}"})
    if newest and newest.reason:
        facts.append(str(DeclineReason(newest.reason).label))
    if newest:
        facts.append(str(AnswerWay(newest.way).label))
    return Told(row.wish, names.get((newest.noted_by if newest else row.begun_by) or 0, ""), tuple(facts))
