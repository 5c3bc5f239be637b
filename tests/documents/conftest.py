"""A case of Amal's, a scanner or none."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.case_making import open_a_case
from tests.desk_client import actor_of
from tests.documents import fake_clamd
from tests.documents.fake_clamd import FakeClamd

AMAL, BERND, LENA = "amal@caritas-ahaus.example", "bernd@caritas-ahaus.example", "lena@caritas-ahaus.example"
CEM = "cem@drk-gronau.example"


@pytest.fixture
def case(own_database: str) -> Any:
    """A case that Amal leads."""
    return open_a_case(AMAL)


@pytest.fixture
def scanner(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeClamd]:
    """A clamd that the settings name."""
    from django.conf import settings

    with fake_clamd.on_socket(tmp_path) as fake:
        monkeypatch.setattr(settings.FADEN, "clamd", fake.address)
        yield fake


def store(case: Any, content: bytes, *, name: str = "Bescheid.pdf", email: str = AMAL) -> Any:
    """Store through the verb."""
    from faden.documents import actions
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    actor = actor_of(email)
    with opened_for(actor, write=True):
        return actions.store(case, name=name, content=content, by=actor, at=clock.now())


def scan(file: Any) -> None:
    """Run the job for this file here and now."""
    from faden.jobs import documents

    documents.scan(file.organisation_id, str(file.id))


def row_of(file: Any) -> Any:
    """The file as it stands in the database."""
    from faden.documents.models import StoredFile
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    with opened_for(Actor.system(file.organisation_id), write=False):
        return StoredFile.objects.get(id=file.id)


def make(case: Any, state: str, *, content: bytes = b"%PDF-1.7 Inhalt", name: str = "Bescheid.pdf", email: str = AMAL) -> Any:
    """A file in this state."""
    from faden.documents.models import StoredFile
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    file = store(case, content, name=name, email=email)
    with opened_for(Actor.system(file.organisation_id), write=True):
        StoredFile.objects.filter(id=file.id).update(state=state)
    return file
