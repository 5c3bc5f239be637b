"""What may not stand in an offer or with a provider: each refusal names its field and says a sentence."""

import pytest

from faden.directory.rules.values import PlaceValues
from faden.kernel.errors import Invalid
from tests.cast import AMAL
from tests.desk_client import actor_of
from tests.directory.keeping import noted, provider
from tests.pages.conftest import module_database  # noqa: F401 -- one database for all: what is refused leaves nothing

pytestmark = pytest.mark.usefixtures("module_database")

# What is typed, and the field that is told.
REFUSED = [
    ({"title": "  "}, "title"), ({"title": "x" * 201}, "title"), ({"life_areas": ("sprache",)}, "life_areas"), ({"papers": ("duldung",)}, "papers"),
    ({"regimes": ("hartz",)}, "regimes"), ({"languages": ("xx",)}, "languages"), ({"towns": ("05554000",)}, "towns"), ({"silent": ("alter",)}, "silent"),
    ({"german_from": "b3"}, "german_from"), ({"german_from": "unknown"}, "german_from"), ({"german_from": "b2", "german_to": "a1"}, "german_to"),
    ({"german_proof": True}, "german_from"), ({"age_from": 30, "age_to": 20}, "age_to"), ({"age_from": 121}, "age_from"), ({"age_to": -1}, "age_to"),
    ({"gender": "x"}, "gender"), ({"childcare": "vielleicht"}, "childcare"), ({"places_free": 3}, "places_on"), ({"waiting_days": -1}, "waiting_days"),
    ({"website": "javascript:alert(1)"}, "website"), ({"website": "ftp://example.org"}, "website"), ({"website": "https://localhost"}, "website"),
    ({"email": "keine Adresse"}, "email"), ({"keeper_email": "a@"}, "keeper_email"), ({"confirm_every_days": 7}, "confirm_every_days"),
    ({"age_from": 18, "silent": ("age",)}, "age_from"), ({"towns": ("05554004",), "silent": ("town",)}, "towns"),
    ({"schedules": ({"rrule": "immer"},)}, "schedules"), ({"schedules": ({"rrule": "", "opens": "12:00", "closes": "09:00"},)}, "schedules"),
    ({"schedules": ({"rrule": "", "from": "2026-12-02", "until": "2026-12-01"},)}, "schedules"),
    ({"places": (PlaceValues(street="Markt 1", latitude=52.0),)}, "places"), ({"places": (PlaceValues(street="x" * 201),)}, "street"),
    ({"documents": ("x" * 161,)}, "documents"), ({"provided": ""}, "provider"), ({"places": (PlaceValues(municipality="09162000"),)}, "places"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "field"), REFUSED)
def test_what_may_not_stand_in_an_offer(typed, field):
    with pytest.raises(Invalid) as refused:
        noted(**typed)
    assert refused.value.field == field
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " "}, "name"), ({"kind": "verein"}, "kind"), ({"website": "www.example.org"}, "website"), ({"email": "x"}, "email"),
        ({"account": 999_999}, "account"), ({"name": "x" * 201}, "name"),
    ],
)  # fmt: skip
def test_what_may_not_stand_with_a_provider(typed, field):
    with pytest.raises(Invalid) as refused:
        provider(actor_of(AMAL.email), **{"name": "Haus", **typed})
    assert refused.value.field == field
