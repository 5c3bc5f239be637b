"""Every address that shows what was told, every role, every state of the consent: in the same instant nothing is readable.

Nothing of the night runs here: what closes a copy is the end itself, or its last day.
"""

import os
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from tests.case_making import acting, add_member, open_a_case
from tests.cast import AMAL, ANTON, BERND, CAST, CEM, DILAN, DORA, KARIN, LENA
from tests.desk_client import keyed, membership_of, signed_in
from tests.releasing import consented, released

SECRET, PURPOSE = "Geheimwort-4711", "Zweck-0815"
# What shows one copy: the parts of an address that name it, on whichever side.
OF_ONE = {"delivery_id", "token"}
NOBODY = "nobody"
STATES = ("withdrawn", "staff", "consent_passed", "release_passed", "of_age")
WAYS = ("partner", "desk", "link")
RECIPIENTS = {"partner": DORA.email, "desk": CEM.email}


class Told:
    """One Weitergabe of a secret by one way, and who may read it where."""

    def __init__(self, way: str, *, minor: bool) -> None:
        self.way, self.minor = way, minor
        self.case = open_a_case(AMAL.email)
        self.person = add_member(self.case, "Amina", family="Darwisch", born="2020") if minor else self.case.person
        if minor:
            # Seventeen, and eighteen in ten days.
            raw("UPDATE persons_person SET birth_earliest = %s, birth_latest = %s WHERE id = %s", in_eighteen(10), in_eighteen(10), self.person.id)
        self._tell()

    def _tell(self) -> None:
        from faden.consents.actions import links, releases
        from faden.consents.rules.contents import Content, Fact
        from faden.consents.vocabulary import Channel, DeliveryKind
        from faden.kernel import clock
        from faden.organisations.queries.recipients import as_recipient
        from faden.persons.models import Person

        office = None if self.way == "link" else membership_of(RECIPIENTS[self.way]).organisation
        with acting(AMAL.email) as by:
            person = Person.objects.get(id=self.person.id)
            parents = {"own": False, "represented_by": (self.case.person_id,)} if self.minor else {}
            to = office or self._agency(by)
            self.consent = consented(person, to, purpose=PURPOSE, by=by, days=40, **parents)
            content = Content("Auskunft", message=SECRET, facts=(Fact("contact", "Name", SECRET),), sender=by.organisation_name)
            self.release = releases.release(
                releases.Told(
                    DeliveryKind.REFERRAL, as_recipient(to), Channel.LINK if self.way == "link" else Channel.INBOX, PURPOSE,
                    content, clock.today() + timedelta(days=9), person_id=person.id, consent=self.consent,
                ),
                by=by, at=clock.now(), today=clock.today(),
            )  # fmt: skip
            self.code = links.open_for(self.release, by=by, at=clock.now()).code if self.way == "link" else ""

    def _agency(self, by: Any) -> Any:
        from faden.kernel import clock
        from faden.organisations.actions.agencies import Described, note

        return note(Described("Kursverein", "kurstraeger", email="post@kursverein.example"), by=by, at=clock.now())

    @property
    def values(self) -> dict[str, object]:
        """What stands in an address that shows it."""
        from faden.consents.actions import links

        token = links.as_written(links.token_of(self.release.delivery_id)) if self.way == "link" else "x" * 43
        return {"delivery_id": self.release.delivery_id, "token": token}

    def names(self, url: str) -> bool:
        """This address is the copy's own, or a list of copies."""
        return any(str(value) in url for value in self.values.values()) or url in ("/eingang/", "/partner/")

    @property
    def readers(self) -> set[str]:
        return {NOBODY} if self.way == "link" else {RECIPIENTS[self.way]}


def in_eighteen(days: int) -> date:
    """Born so that she is of age in so many days."""
    from faden.kernel import clock
    from faden.persons.rules.age import eighteen_years_before

    return eighteen_years_before(clock.today() + timedelta(days=days))


def raw(sql: str, *values: object) -> None:
    """As the database's owner, past every guard: only time itself can do what this stands for."""
    address = os.environ["FADEN_OWNER_DATABASE_URL"].replace("faden_owner", "postgres")
    with psycopg.connect(address) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(sql.encode(), values)


def older(days: int) -> None:
    """So many days go by, and no job has run."""
    for table, columns in (
        ("consents_consent", ("valid_until", "signed_on")), ("consents_ownsecrecyrelease", ("valid_until", "signed_on")),
        ("consents_release", ("valid_until",)), ("consents_delivery", ("valid_until",)),
        ("persons_person", ("birth_earliest", "birth_latest")),
    ):  # fmt: skip
        raw(f"UPDATE {table} SET {', '.join(f'{column} = {column} - {days}' for column in columns)}")
    raw(f"UPDATE consents_linkdelivery SET expires_at = expires_at - interval '{days} days'")


def bring(told: Told, state: str) -> None:
    """Into this state, in one instant."""
    from faden.consents.actions import declarations
    from faden.consents.vocabulary import DeclarationEnd, FormKind
    from faden.kernel import clock

    if state in ("withdrawn", "staff"):
        kind = FormKind.CONSENT if state == "withdrawn" else FormKind.OWN_SECRECY
        with acting(AMAL.email) as by:
            which = told.consent if state == "withdrawn" else told.consent.secrecy_releases.get()
            declarations.end(kind, which.id, DeclarationEnd.REVOKED, ended_on=clock.today(), by=by, at=clock.now())
        return
    older({"consent_passed": 41, "release_passed": 10, "of_age": 10}[state])


# ---------- all addresses, all readers ----------


def patterns(found: Any = None, before: str = "") -> list[tuple[str, set[str]]]:
    """Every named address with the parts that stand open in it."""
    names = []
    for entry in get_resolver().url_patterns if found is None else found:
        if isinstance(entry, URLPattern):
            names.append((f"{before}{entry.name}", {*entry.pattern.converters, *entry.pattern.regex.groupindex}))
        else:
            names += patterns(entry.url_patterns, before)
    return names


def addresses(told: Told) -> list[str]:
    """Each that shows one copy, and each list that could."""
    values = told.values
    chosen = []
    for name, open_parts in patterns():
        if name.startswith(("account_", "mfa_", "usersessions", "openid")):
            continue  # one's own account, no record of a service
        if open_parts == {"token"} and "link" not in name:
            continue  # invitations and calendars have tokens of their own
        if open_parts <= set(values):
            chosen.append(reverse(name, kwargs={part: values[part] for part in open_parts}))
    return sorted(set(chosen))


# They end the session, or belong to signing in.
_LEFT_OUT = ("/konto/", "/abmelden", "/sprache/", "/anzeige/", "/gesund", "/healthz", "/readyz", "/rolle")


def asked(told: Told) -> list[str]:
    return [url for url in addresses(told) if not url.startswith(_LEFT_OUT)]


def browsers(told: Told, *, everybody: bool = True) -> dict[str, Client]:
    """Everybody, or the recipient and the sender; and whoever holds the link with its code."""
    holder = Client()
    if told.way == "link":
        url = reverse("link", kwargs={"token": told.values["token"]})
        holder.post(url, {"what": "code", "code": told.code})
    people = {one.email for one in CAST.values()} if everybody else {AMAL.email, *told.readers} - {NOBODY}
    return {NOBODY: holder, **{email: signed_in(email) for email in sorted(people)}}


def shown(told: Told, clients: dict[str, Client], *, everywhere: bool = True) -> dict[str, list[str]]:
    """Who reads the secret where: by its own addresses, by the recipient's lists and search; `everywhere`: by each page."""
    found: dict[str, list[str]] = {}
    for who, client in clients.items():
        urls = [url for url in asked(told) if (who in told.readers and everywhere) or told.names(url)]
        for url in urls:
            answer = client.get(url)
            if _tells(answer):
                found.setdefault(who, []).append(url)
        # What is searched for stands in the answer: the copy's purpose must not bring its content along.
        if who in told.readers and who != NOBODY and _tells(client.post(reverse("search-find"), keyed(text=PURPOSE))):
            found.setdefault(who, []).append("search")
    return found


def _tells(answer: Any) -> bool:
    return SECRET.encode() in (b"" if answer.streaming else answer.content)


@pytest.mark.parametrize("way", WAYS)
def test_while_it_stands_only_the_recipient_reads_it(own_database, way):
    told = Told(way, minor=False)
    found = shown(told, browsers(told))
    assert set(found) == told.readers, found
    assert not any("search" in places for places in found.values())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("way", WAYS)
def test_in_the_same_instant_nobody_reads_it_anywhere(own_database, way, state):
    told, whole = Told(way, minor=state == "of_age"), state == "withdrawn"
    clients = browsers(told, everybody=whole)
    assert set(shown(told, clients, everywhere=False)) == told.readers, "nothing could leak"
    bring(told, state)
    assert shown(told, clients, everywhere=whole) == {}
    # Nor can it be saved by a form that stands open in a browser, nor answered.
    for who in told.readers:
        for url in asked(told):
            if told.names(url) and url not in ("/eingang/", "/partner/"):
                answer = clients[who].post(url, keyed(what="code", code=told.code))
                assert answer.status_code in (401, 403, 404, 405, 409), (url, answer.status_code)
                assert not _tells(answer)
    assert shown(told, clients, everywhere=False) == {}


def test_the_walk_finds_a_policy_that_forgets_the_last_day(own_database):
    told = Told("partner", minor=False)
    clients = browsers(told, everybody=False)
    bring(told, "consent_passed")
    assert shown(told, clients, everywhere=False) == {}
    raw("ALTER POLICY recipient_reads ON consents_delivery USING (organisation_id = nullif(current_setting('faden.organisation', true), '')::bigint)")
    assert set(shown(told, clients, everywhere=False)) == {DORA.email}


@pytest.mark.parametrize("state", ["withdrawn", "consent_passed"])
def test_what_was_taken_to_the_file_stays_with_the_recipient_alone(own_database, state):
    told = Told("partner", minor=False)
    clients = browsers(told, everybody=False)
    clients[DORA.email].post(reverse("delivery-filing", args=[told.release.delivery_id]), keyed())
    bring(told, state)
    assert set(shown(told, clients, everywhere=False)) == {DORA.email}


@pytest.mark.parametrize(("days", "fits"), [(9, True), (10, False)])
def test_what_parents_signed_carries_nothing_beyond_childhood(own_database, days, fits):
    from faden.consents.actions import releases
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.kernel import clock
    from faden.kernel.errors import NotAllowed
    from faden.organisations.queries.recipients import as_recipient

    told, office = Told("partner", minor=True), membership_of(DORA.email).organisation
    wanted = releases.Told(
        DeliveryKind.INFORMATION, as_recipient(office), Channel.INBOX, PURPOSE,
        Content("x", facts=(Fact("contact", "Name", "x"),)), clock.today() + timedelta(days=days),
        person_id=told.consent.person_id, consent=told.consent,
    )  # fmt: skip
    with acting(AMAL.email) as by:
        if fits:
            assert releases.release(wanted, by=by, at=clock.now(), today=clock.today()).valid_until
        else:
            with pytest.raises(NotAllowed, match="länger gelten als die Einwilligung"):
                releases.release(wanted, by=by, at=clock.now(), today=clock.today())


@pytest.mark.parametrize("state", ["not_signed", *STATES])
def test_nothing_new_leaves_on_it(own_database, state):
    """Before the signatures, and after every kind of end."""
    from faden.consents.actions import releases
    from faden.consents.models import Consent
    from faden.consents.queries.declarations import standing_consents
    from faden.kernel import clock
    from faden.kernel.errors import NotAllowed

    told = Told("partner", minor=state == "of_age")
    if state == "not_signed":
        raw("UPDATE consents_ownsecrecyrelease SET signed_on = NULL, noted_by = NULL")
    else:
        bring(told, state)
    with acting(AMAL.email) as by:
        consent = Consent.objects.select_related("person", "recipient").get(id=told.consent.id)
        if state != "release_passed":
            assert standing_consents([consent.person_id], clock.today()) == []
            with pytest.raises(NotAllowed):
                released(consent, by=by, days=1)
        assert releases and isinstance(consent.id, UUID)


def test_the_matrix_knows_every_address_of_a_copy():
    """A page that takes a copy's id in another word would be walked past."""
    parts = {part for _name, open_parts in patterns() for part in open_parts}
    assert {part for part in parts if "deliver" in part or "zustell" in part} == {"delivery_id"}
    named = {name for name, open_parts in patterns() if "delivery_id" in open_parts}
    assert {name for name, parts in patterns() if "delivery_id" in parts and not parts <= OF_ONE} <= named
    assert {AMAL, ANTON, BERND, CEM, DILAN, DORA, KARIN, LENA} == set(CAST.values())
