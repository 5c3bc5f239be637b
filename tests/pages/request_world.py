"""Anfragen von anderen for the pages: one that waits, one that was answered, one on paper; and what the sender sees."""

from typing import Any

ILSE = "lotsin@abh-kreis-borken.example"


def asked_from_outside(by: Any, *, long: str, typed: str) -> dict[str, Any]:
    """To the service of `by`, from the guide; the first of them waits."""
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.referrals.actions import requests
    from faden.referrals.queries.requests import came
    from faden.referrals.vocabulary import RequestState
    from tests.desk_client import actor_of

    guide, at, more = actor_of(ILSE), clock.now(), ("language", "school", "offices", "money")
    asking = requests.Asking("guide", "05554068", more, f"{typed}\n0151 000", agreed=True, language="ti", needs_interpreter=True, words=long)
    with opened_for(guide, write=True):
        for sign in (typed[:40], ""):
            requests.send(asking, own_sign=sign, by=guide, at=at, today=clock.today())
    with opened_for(by, write=True):
        first, second = (row.id for row in came().rows)
        requests.answer(first, RequestState.NOT_COMPETENT, passed_to=long[:200], seen="arrived", by=by, at=at)
        paper = requests.note_paper(asking, sender_name=long[:200], by=by, at=at)
    return {"request": second, "answered_request": first, "paper_request": paper.id}
