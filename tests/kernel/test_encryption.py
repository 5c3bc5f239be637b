"""Encrypted columns: unreadable in the database, tied to their row, under keys that can be replaced."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.exceptions import InvalidTag

from faden.kernel import keys
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from tests.kernel.network_rows import plant_network
from tests.kernel.worlds import GRONAU, World, fill, release_to

pytestmark = pytest.mark.debian


@pytest.fixture
def own_keys(tmp_path: Path) -> Iterator[Path]:
    """A key file of this test's own: the one of the test run stays as it is."""
    text, path, file = keys._source.get("text"), keys._source.get("path"), tmp_path / "keys.json"
    keys.write_keyring(keys.keyring(), file)
    keys.configure(text=None, path=file)
    yield file
    keys.configure(text=text, path=path)  # type: ignore[arg-type]


def sealed_columns() -> list[tuple[Any, str]]:
    from config.keyring import sealed_columns

    return sealed_columns()


def stored(superuser: psycopg.Connection) -> dict[str, list[bytes]]:
    """The bytes of every encrypted column, as somebody sees them who has the disk."""
    found = {}
    for model, column in sealed_columns():
        table = model._meta.db_table
        rows = superuser.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY id")  # type: ignore[arg-type]
        found[f"{table}.{column}"] = [bytes(value) for (value,) in rows.fetchall()]
    return found


def plain(world: World) -> dict[str, str | bytes]:
    """What the service itself reads, one value of each column."""
    from faden.cases.models import AreaView, Clarification, Closing, Inquiry, NetworkTie, WorkingNote
    from faden.chains.models import ChainStep, Goal, Plan, PlanVersion, StepChange, StepReport
    from faden.consents.models import (
        Consent,
        Delivery,
        LawfulRelease,
        LinkDelivery,
        Release,
        Reply,
        SecrecyRelease,
    )
    from faden.documents.models import Letter, Paper, WorkerTranslation
    from faden.documents.queries.files import content_of, page_of
    from faden.kernel.models import Draft
    from faden.persons.models import Limit, ProtectionMark
    from faden.referrals import models as referrals
    from faden.residence.models import GivenOfficeAnswer, OfficeAnswer, Precheck

    def one(model: type, column: str) -> str:
        """The first text there is, "" for none: rows whose column is empty hold no secret."""
        found = (str(getattr(row, column)) for row in model.objects.order_by("id"))
        return next((text for text in found if text not in ("", "None")), "")

    with opened_for(Actor.system(world.organisation_id), write=False):
        return {
            "cases_inquiry.text": Inquiry.objects.get(id=world.inquiry.id).text,
            "cases_workingnote.text": WorkingNote.objects.get().text,
            "consents_delivery.content": Delivery.objects.order_by("id")[0].content
            if Delivery.objects.exists()
            else "",
            "consents_consent.information": one(Consent, "information"),
            "consents_lawfulrelease.facts": one(LawfulRelease, "facts"),
            "consents_release.content": ", ".join(row.content for row in Release.objects.filter(channel="link")),
            "consents_linkdelivery.content": one(LinkDelivery, "content"),
            "consents_reply.content": one(Reply, "content"),
            "chains_stepreport.words": one(StepReport, "words"),
            **{
                f"referrals_{model._meta.model_name}.{column}": one(model, column)
                for model, column in (
                    (referrals.Referral, "helped_words"), (referrals.Answer, "words"), (referrals.ReferralChange, "words"), (referrals.GivenAnswer, "words"),
                    (referrals.IncomingRequest, "reach"), (referrals.IncomingRequest, "words"),
                    (referrals.CaseTransfer, "summary"), (referrals.ConferencePoint, "said"),
                    (referrals.ConferencePoint, "agreed"), (referrals.CasePresentation, "body"),
                    (referrals.CasePresentation, "harmless"), (referrals.CasePresentation, "answer_words"),
                    (referrals.Conference, "question"),
                )
            },
            "residence_precheck.answers": one(Precheck, "answers"),
            "residence_officeanswer.words": one(OfficeAnswer, "words"),
            "residence_givenofficeanswer.words": one(GivenOfficeAnswer, "words"),
            "consents_secrecyrelease.information": one(SecrecyRelease, "information"),
            "documents_storedfile.content": content_of(world.file.id) or b"",
            "documents_pageimage.content": page_of(world.page.id)[0],
            "documents_letter.body": one(Letter, "body"),
            "documents_workertranslation.german": WorkerTranslation.objects.get(language="uk").german,
            "documents_workertranslation.words": WorkerTranslation.objects.get(language="uk").words,
            "documents_paper.stored_because": Paper.objects.get(id=world.paper.id).stored_because,
            "kernel_draft.payload": Draft.objects.get().payload,
            "cases_areaview.need": AreaView.objects.exclude(client_words=None).get().need,
            "cases_areaview.resources": one(AreaView, "resources"),
            "cases_areaview.client_words": one(AreaView, "client_words"),
            "cases_networktie.gives": one(NetworkTie, "gives"),
            "cases_clarification.words": one(Clarification, "words"),
            "cases_closing.summary": one(Closing, "summary"),
            "cases_closing.client_words": one(Closing, "client_words"),
            "chains_chainstep.words": one(ChainStep, "words"),
            "chains_stepchange.words": one(StepChange, "words"),
            "chains_goal.words": Goal.objects.get(id=world.goal.id).words,
            "chains_goal.seen_by": one(Goal, "seen_by"),
            "chains_goal.rating_words": one(Goal, "rating_words"),
            "chains_plan.important": one(Plan, "important"),
            "chains_planversion.content": one(PlanVersion, "content"),
            "persons_protectionmark.words": one(ProtectionMark, "words"),
            "persons_limit.words": one(Limit, "words"),
        }


@pytest.fixture
def world(ahaus) -> World:
    """With a copy that was delivered to it, and one row of each table of the network."""
    gronau = fill(GRONAU)
    for sender, recipient in ((gronau, ahaus), (ahaus, gronau)):
        plant_network(sender, recipient, *release_to(sender, recipient))
    return ahaus


def test_every_encrypted_column_is_tried_here(world):
    assert {f"{m._meta.db_table}.{c}" for m, c in sealed_columns()} == plain(world).keys()
    assert "" not in plain(world).values() and b"" not in plain(world).values()


def test_stored_bytes_tell_nothing(world, superuser):
    for column, values in stored(superuser).items():
        assert values, column
        for value in values:
            for word in (b"Ahausbeispiel", b"Gronaumuster", b"%PDF", b"family"):
                assert word not in value, column


def test_every_value_names_its_key(world, superuser):
    ring = keys.keyring()
    assert {ring.key_id(value) for values in stored(superuser).values() for value in values} == {ring.active}


def test_the_same_text_is_never_the_same_bytes(world):
    ring = keys.keyring()
    assert ring.seal(b"Text", bound_to="a/b/c") != ring.seal(b"Text", bound_to="a/b/c")


def test_a_value_moved_elsewhere_cannot_be_read(world, superuser):
    """To another row, another column, another table; as somebody could who writes into the database."""
    from faden.cases.models import Inquiry

    others = {
        "another row": "SELECT text FROM cases_inquiry WHERE id <> %(own)s AND text IS NOT NULL LIMIT 1",
        "another table": "SELECT text FROM cases_workingnote LIMIT 1",
        "another column and table": "SELECT payload FROM kernel_draft LIMIT 1",
    }
    for what, other in others.items():
        superuser.execute(
            f"UPDATE cases_inquiry SET text = ({other}) WHERE id = %(own)s", {"own": world.inquiry.id}
        )  # type: ignore[arg-type]
        with opened_for(world.actor, write=False), pytest.raises(InvalidTag):
            _ = Inquiry.objects.get(id=world.inquiry.id).text, what


def test_an_altered_value_cannot_be_read(world, superuser):
    from faden.cases.models import Inquiry

    superuser.execute("UPDATE cases_inquiry SET text = set_byte(text, 20, get_byte(text, 20) # 1)")
    with opened_for(world.actor, write=False), pytest.raises(InvalidTag):
        _ = Inquiry.objects.get(id=world.inquiry.id).text


def test_a_file_moved_to_another_row_cannot_be_read(world, superuser):
    from faden.documents.queries.files import content_of

    superuser.execute(
        "UPDATE documents_storedfile SET content = (SELECT text FROM cases_workingnote LIMIT 1)"
    )
    with opened_for(world.actor, write=False), pytest.raises(InvalidTag):
        content_of(world.file.id)


def test_no_way_of_writing_leaves_plain_text(world, superuser):
    from faden.cases.models import Inquiry

    try:
        with opened_for(world.actor, write=True):
            Inquiry.objects.filter(id=world.inquiry.id).update(text="Klartext")
    except (TypeError, ValueError):
        pass  # refused: as good
    assert [value for value in stored(superuser)["cases_inquiry.text"] if b"Klartext" in value] == []


def rotate(file: Path) -> str:
    """`faden keys rotate`, as the operator calls it."""
    done = subprocess.run(
        [sys.executable, "-m", "config.cli", "keys", "rotate"], env={**os.environ, "FADEN_KEYS_FILE": str(file)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    keys.keyring.cache_clear()
    return done.stdout


def test_rotating_leaves_everything_readable_and_retires_the_old_key(world, own_keys, superuser):
    """Delivered copies too, those that have ended among them."""
    superuser.execute(
        "UPDATE consents_delivery SET ended_at = now() WHERE organisation_id <> %s", [world.organisation_id]
    )
    before, old = plain(world), keys.keyring().active
    values = sum(map(len, stored(superuser).values()))
    assert rotate(own_keys).startswith(f"{values} values are sealed with ")
    ring = keys.keyring()
    assert (old in ring.keys, len(ring.keys)) == (False, 1)
    assert {ring.key_id(value) for values in stored(superuser).values() for value in values} == {ring.active}
    assert plain(world) == before


@pytest.fixture
def rights_of_the_owner(ahaus, superuser) -> Iterator[None]:
    """The command seals as owner; here it runs in the app's process."""
    superuser.execute("GRANT UPDATE (content) ON consents_release TO faden_app")
    yield
    superuser.execute("REVOKE UPDATE (content) ON consents_release FROM faden_app")


@pytest.mark.usefixtures("rights_of_the_owner")
def test_rotating_again_and_again_loses_nothing(ahaus, own_keys):
    from config import keyring

    names = {keys.keyring().active}
    for _ in range(3):
        keyring.rotate()
        names.add(keys.keyring().active)
        assert plain(ahaus)["cases_workingnote.text"] == "Arbeitsnotiz Ahausbeispiel"
    assert len(names) == 4, "no key gets the name of another"


@pytest.mark.usefixtures("rights_of_the_owner")
def test_a_rotation_that_broke_off_is_taken_up_again(ahaus, own_keys, superuser, monkeypatch):
    """Between two services: values under both keys are readable, and the next run finishes."""
    from config import keyring

    gronau = fill(GRONAU)
    before = [plain(world) for world in (ahaus, gronau)]
    real = keyring.reseal_service

    def breaks_off(organisation_id: int) -> int:
        if organisation_id == gronau.organisation_id:
            raise KeyboardInterrupt
        return real(organisation_id)

    monkeypatch.setattr(keyring, "reseal_service", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        keyring.rotate()
    used = {keys.keyring().key_id(value) for value in stored(superuser)["cases_workingnote.text"]}
    assert len(used) == 2 and used <= keys.keyring().keys.keys()
    assert [plain(world) for world in (ahaus, gronau)] == before
    monkeypatch.setattr(keyring, "reseal_service", real)
    keyring.rotate()
    ring = keys.keyring()
    assert ring.keys.keys() == {ring.active}
    assert {ring.key_id(value) for values in stored(superuser).values() for value in values} == {ring.active}
    assert [plain(world) for world in (ahaus, gronau)] == before


def test_the_key_file_is_its_owners_alone(own_keys):
    keys.write_keyring(keys.keyring().with_new_key(), own_keys)
    assert own_keys.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in own_keys.parent.iterdir()] == ["keys.json"]
