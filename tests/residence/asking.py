"""A person with papers and facts, offices with and without an inbox, and a request on its way, for tests that need one."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from tests.case_making import acting, fact, open_a_case
from tests.cast import AMAL, DORA
from tests.desk_client import actor_of, keyed, membership_of, signed_in
from tests.releasing import consented

TOLD, KEPT = "Mechanikerin", "Bäckereigehilfin"
EVERY = ("contact", "language", "family", "school_work", "benefits_housing", "residence")


def somebody(family: str = "Schewtschenko", *, days_left: int | None = None) -> Any:
    """A case with a Duldung since 2019, work, German and an income; `days_left`: a title that ends then instead."""
    from faden.kernel import clock
    from faden.persons.rules.periods import Period

    case, today = open_a_case(family=family), clock.today()
    years = today - timedelta(days=2500)
    paper = {"paper": "duldung_60a", "known_from": "seen"} if days_left is None else {"paper": "ae_25_5", "known_from": "seen"}
    fact(AMAL.email, case.person, "residence", Period(years, None if days_left is None else today + timedelta(days=days_left)), **paper)
    fact(AMAL.email, case.person, "german", Period(years), skill="all", level="b1")
    fact(AMAL.email, case.person, "occupation", Period(years), kind="work", what=TOLD, where=KEPT, hours_a_week=39)
    fact(AMAL.email, case.person, "benefit", Period(years), regime="wohngeld")
    return case


def office() -> Any:
    """The immigration office with an inbox, competent for Ahaus."""
    return membership_of(DORA.email).organisation


def agency(name: str = "Ausländerbehörde Kreis Coesfeld", kind: str = "abh") -> Any:
    """One of the address book."""
    from faden.kernel import clock
    from faden.organisations.actions import agencies

    with acting(AMAL.email) as by:
        return agencies.note(agencies.Described(name, kind, "", "Amtsstraße 1, 48653 Coesfeld", "02541 1", ""), by=by, at=clock.now())


def allow(case: Any, to: Any = None, *, classes: tuple[str, ...] = EVERY, purpose: str = "Anfrage nach § 25b", days: int = 200) -> Any:
    """Her consent towards this office, with the release of our staff."""
    to = to or office()
    with acting(AMAL.email) as by:
        return consented(case.person, to, by=by, purpose=purpose, data_classes=classes, days=days)


def paper(case: Any, kind: str = "language", title: str = "Zertifikat von Tante Olga", **more: Any) -> Any:
    """Looked at in the case, not kept."""
    from faden.documents.actions import papers
    from faden.documents.actions.papers import Described
    from faden.kernel import clock

    with acting(AMAL.email) as by:
        described = Described(kind, title, **more)
        return papers.seen(case, described=described, seen_on=clock.today(), by=by, at=clock.now())


def lines_of(case: Any, person_id: UUID | None = None) -> dict[str, str]:
    """Key and words of everything that can be ticked."""
    found = material_of(case, person_id)
    return {one.key: f"{one.label}: {one.value}" for one in found.lines}


def material_of(case: Any, person_id: UUID | None = None) -> Any:
    """What can be ticked."""
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.residence.queries.requests import material

    with opened_for(actor_of(AMAL.email), write=False):
        return material(case, person_id or case.person_id, on=clock.today())


def values(way: str = "mitgegeben", to: str = "", **more: Any) -> dict[str, Any]:
    """The form as somebody fills it in: a Voranfrage § 25b with name and German."""
    return {
        "kind": "preliminary", "filed_on": "", "paths": ["25b"], "office": to or f"s{office().id}", "way": way,
        "lines": ["person.name", "language[0]"], "documents": [], "message": "Welche Unterlagen fehlen?", **more,
    }  # fmt: skip


def new(case: Any, person_id: UUID | None = None) -> str:
    """Where a request begins."""
    return reverse("office-request-new", args=[case.id, person_id or case.person_id])


def seen(client: Any, case: Any, said: dict[str, Any]) -> Any:
    """The preview."""
    return client.post(new(case), keyed(**said))


def seal_in(page: Any) -> str:
    """What proves that just this was looked at."""
    return re.findall(r'name="gesehen" value="([^"]*)"', page.content.decode())[0]


def sent(case: Any, said: dict[str, Any], client: Any = None) -> Any:
    """Looked at, then sent; the answer."""
    amal = client or signed_in(AMAL.email)
    page = seen(amal, case, said)
    assert page.status_code == 200, page.content.decode()
    return amal.post(new(case), keyed(**said, gesehen=seal_in(page), senden="1"))


def requests_of(case: Any) -> list[Any]:
    """The rows at the sender."""
    from faden.kernel.rls import opened_for
    from faden.residence.models import OfficeRequest

    with opened_for(actor_of(AMAL.email), write=False):
        return list(OfficeRequest.objects.filter(case=case).select_related("release", "case").order_by("sent_at"))


def made(case: Any, said: dict[str, Any] | None = None) -> Any:
    """One that is sent; the row."""
    answer = sent(case, said or values())
    assert answer.status_code == 303, answer.content.decode()
    return requests_of(case)[-1]
