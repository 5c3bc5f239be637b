"""What an Anfrage of another office says in the words of our own Anfragen. Pure."""

from collections.abc import Iterable

from faden.cases.vocabulary.contact_note import Interpreting
from faden.cases.vocabulary.inquiry import AskedBy
from faden.cases.vocabulary.life_area import LifeArea
from faden.referrals.vocabulary import RequestFrom, RequestTopic

_ASKED_BY = {
    RequestFrom.TOWN: AskedBy.AUTHORITY,
    RequestFrom.SCHOOL: AskedBy.SCHOOL,
    RequestFrom.JOBCENTRE: AskedBy.JOBCENTRE,
    RequestFrom.GUIDE: AskedBy.OTHER,
    RequestFrom.VOLUNTEER: AskedBy.VOLUNTEER,
    RequestFrom.OTHER: AskedBy.OTHER,
}
# "anderes" says nothing about an area.
_AREAS = {
    RequestTopic.LANGUAGE: LifeArea.LANGUAGE,
    RequestTopic.SCHOOL: LifeArea.SCHOOL,
    RequestTopic.WORK: LifeArea.WORK,
    RequestTopic.HOUSING: LifeArea.HOUSING,
    RequestTopic.OFFICES: LifeArea.ORIENTATION,
    RequestTopic.FAMILY: LifeArea.CHILDCARE,
    RequestTopic.HEALTH: LifeArea.HEALTH,
    RequestTopic.MONEY: LifeArea.BENEFITS,
}


def as_inquiry(sent_from: str, topics: Iterable[str], needs_interpreter: bool) -> dict[str, object]:
    """What the form of a new Anfrage begins with."""
    return {
        "asked_by": _ASKED_BY[RequestFrom(sent_from)].value,
        "life_areas": [_AREAS[RequestTopic(topic)].value for topic in topics if topic in _AREAS],
        "interpreting": (Interpreting.MISSING if needs_interpreter else Interpreting.NONE).value,
    }
