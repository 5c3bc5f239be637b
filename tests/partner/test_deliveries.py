"""What an agency sees: what was delivered to it, as long as it may."""


import pytest

from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of
from tests.releasing import consented, released, withdrawn

DORA = "dora@abh-kreis-borken.example"
HENK = "henk@abh-bocholt.example"
AMAL = "amal@caritas-ahaus.example"


def deliver(to: str, *, days: int = 10, family: str = "Muster", content: dict[str, str] | None = None) -> object:
    """Ahaus releases something about one person to the office of this officer; returns the consent."""
    from faden.persons.models import Person, PersonName

    actor, recipient, purpose = actor_of(AMAL), membership_of(to).organisation, f"Termin für {family}"
    with opened_for(actor, write=True):
        person = Person.objects.create(
            organisation_id=actor.organisation_id, sort_key=family.lower(), birth_precision="unknown"
        )
        PersonName.objects.create(
            organisation_id=actor.organisation_id, person=person, family=family, is_main=True
        )
        consent = consented(person, recipient, purpose=purpose, by=actor)
        released(consent, purpose=purpose, facts=content or {"Name": family}, days=days, by=actor)
    return consent


def withdraw(consent: object) -> None:
    actor = actor_of(AMAL)
    with opened_for(actor, write=True):
        withdrawn(consent, by=actor)


def only_delivery(client) -> str:
    """The address of the one delivery on the list."""
    [address] = set(__import__("re").findall(r"/partner/zustellungen/[0-9a-f-]{36}/", client.get("/partner/").content.decode()))
    return address


def looks(email: str) -> list[tuple[str, object, list[object]]]:
    from faden.kernel.models import Look

    with opened_for(Actor.system(membership_of(email).organisation_id), write=False):
        return [(look.kind, look.subject_id, look.shown) for look in Look.objects.order_by("at", "id")]


def test_an_agency_sees_its_own_deliveries_only(own_database):
    deliver(DORA)
    deliver(HENK, family="Anders")
    client = signed_in(DORA)
    page = text_of(client.get("/partner/"))
    assert "Termin für Muster" in page and "Caritas Ahaus" in page and "Einsicht" in page
    assert "Anders" not in page
    foreign = only_delivery(signed_in(HENK))
    assert client.get(foreign).status_code == 404
    assert client.post(f"{foreign}akte/", keyed()).status_code == 404


def test_one_delivery_shows_its_content(own_database):
    deliver(DORA, content={"Name": "Şahin, Ayşe", "Sprachen": "Türkisch, Deutsch", "Telefon": "0151"})
    client = signed_in(DORA)
    page = text_of(client.get(only_delivery(client)))
    for words in ("Şahin, Ayşe", "Türkisch, Deutsch", "0151", "Einwilligung", "Name und Erreichbarkeit"):
        assert words in page, words


def test_looks_are_noted_before_and_with_what_was_shown(own_database):
    deliver(DORA)
    client = signed_in(DORA)
    address = only_delivery(client)
    delivery_id = address.split("/")[3]
    client.get(address)
    noted = looks(DORA)
    assert [(kind, str(subject or ""), [str(i) for i in shown]) for kind, subject, shown in noted] == [
        ("deliveries", "", [delivery_id]), ("delivery", delivery_id, []),
    ]  # fmt: skip


def test_no_note_no_look(own_database, monkeypatch):
    from faden.kernel import audit

    deliver(DORA)
    client = signed_in(DORA)
    address = only_delivery(client)

    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "note_look", fail)
    for page in (address, "/partner/"):
        with pytest.raises(RuntimeError):
            client.get(page)


def test_a_withdrawn_delivery_is_gone_in_the_next_request(own_database):
    consent = deliver(DORA)
    client = signed_in(DORA)
    address = only_delivery(client)
    assert client.get(address).status_code == 200
    withdraw(consent)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}akte/", keyed()).status_code == 404
    assert "Zurzeit liegt nichts vor" in text_of(client.get("/partner/"))


def test_a_delivery_that_ran_out_is_gone(own_database):
    import os

    import psycopg

    deliver(DORA)
    client = signed_in(DORA)
    address = only_delivery(client)
    with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"].replace("faden_owner", "postgres")) as raw:
        raw.execute("UPDATE consents_delivery SET valid_until = current_date - 1")
    assert client.get(address).status_code == 404


def test_what_was_taken_to_the_file_stays_and_says_when_it_ended(own_database):
    consent = deliver(DORA)
    client = signed_in(DORA)
    address = only_delivery(client)
    form = keyed()
    assert client.post(f"{address}akte/", form).headers["Location"] == address
    assert client.post(f"{address}akte/", form).headers["Location"] == address, "sent twice counts once"
    assert "Zur Akte genommen" in text_of(client.get(address))
    assert "akte/" not in client.get(address).content.decode()
    withdraw(consent)
    page = text_of(client.get(address))
    assert "Diese Weitergabe ist beendet" in page and "weil die Einwilligung widerrufen ist" in page and "Muster" in page


def test_the_list_costs_the_same_for_one_and_for_three(own_database, django_assert_num_queries):
    client = signed_in(DORA)
    client.get("/partner/")
    for expected in (1, 3):
        while text_of(client.get("/partner/")).count("Termin für") < expected:
            deliver(DORA)
        with django_assert_num_queries(13):
            client.get("/partner/")
