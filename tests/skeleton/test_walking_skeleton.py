"""The ground, proved end to end: two services, one case, one release, one job, one block, one backup."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests import databases, releasing

from faden.kernel import clock, sealing
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for

pytestmark = pytest.mark.debian


@pytest.fixture
def services(own_database):
    from faden.organisations.models import Organisation

    by_prefix = {o.case_prefix or o.name: o for o in Organisation.objects.all()}
    return by_prefix["AH"], by_prefix["GRO"]


@pytest.fixture
def released(services):
    """Ahaus opens a case and releases one line to Gronau on a consent."""
    from faden.persons.models import Person, PersonName

    sender, recipient = services
    actor = Actor(organisation_id=sender.id, user_id=1, role="case_manager")
    with opened_for(actor, write=True):
        person = Person.objects.create(organisation=sender, sort_key="muster", birth_precision="unknown")
        PersonName.objects.create(organisation=sender, person=person, family="Muster", is_main=True)
        consent = releasing.consented(person, recipient, purpose="Beratung in Gronau", by=actor)
        release = releasing.released(consent, purpose="Beratung in Gronau", by=actor)
    return actor, Actor(organisation_id=recipient.id, user_id=2, role="case_manager"), consent, release


def test_a_release_is_seen_by_its_recipient_and_ends_with_the_consent(released):
    from faden.consents.models import Delivery, Release, ReleaseEnding

    sender, recipient, consent, _ = released
    with opened_for(recipient, write=False):
        [delivery] = Delivery.objects.all()
        assert "Muster" in delivery.content
        assert not Release.objects.exists(), "the sender's register is not the recipient's"
    with opened_for(sender, write=False):
        assert not Delivery.objects.exists(), "the copy belongs to the recipient"
    with opened_for(sender, write=True):
        releasing.withdrawn(consent, by=sender)
        assert [ending.outcome for ending in ReleaseEnding.objects.all()] == ["ended"]
    with opened_for(recipient, write=False):
        assert not Delivery.objects.exists()


def test_a_job_runs_and_a_block_is_sealed(released):
    from procrastinate.contrib.django import app

    from faden.kernel.models import AuditBlock

    sender, _, _, release = released
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    from procrastinate.contrib.django.models import ProcrastinateJob

    [job] = ProcrastinateJob.objects.filter(task_name="deliveries.announce")
    assert job.status == "succeeded"
    assert job.args == {"organisation_id": sender.organisation_id, "release_id": str(release.id)}
    with opened_for(Actor.system(sender.organisation_id), write=True):
        # The worker's periodic job may have been first.
        sealing.seal(sender.organisation_id, stream="deeds", at=clock.now())
    with opened_for(Actor.system(sender.organisation_id), write=False):
        assert sum(block.count for block in AuditBlock.objects.all()) == 9
        assert sealing.verify(sender.organisation_id, stream="deeds") is None


def test_backup_comes_back_whole(released, tmp_path: Path):
    pg = databases.server()
    env = {**os.environ, "FADEN_DEMO": "1"}
    _run("backup", str(tmp_path / "faden.age"), env=env)
    assert b"Muster" not in (tmp_path / "faden.age").read_bytes()
    from config.embedded import prepare_database

    target = f"{os.environ['FADEN_OWNER_DATABASE_URL'].split('/faden_')[1].split('?')[0]}_restored"
    databases.drop(pg, target)
    prepare_database(pg, target)
    try:
        answer = _run(
            "restore", str(tmp_path / "faden.age"), env={**env, **databases.environment_for(pg, target)}
        )
        assert "0 broken" in answer and "Restored and verified" in answer
        again = _run(
            "restore",
            str(tmp_path / "faden.age"),
            env={**env, **databases.environment_for(pg, target)},
            code=1,
        )
        assert "not empty" in again
    finally:
        databases.drop(pg, target)


def _run(*words: str, env: dict[str, str], code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "config.cli", *words], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr
