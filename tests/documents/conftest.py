"""A case of Amal's, papers and files in every state, a scanner or none."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.case_making import file_in, open_a_case, put_paper
from tests.desk_client import actor_of
from tests.documents import fake_clamd, samples
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


def take(case: Any, content: bytes, *, name: str = "Bescheid.pdf", email: str = AMAL, **more: Any) -> Any:
    """A paper with one file, through the verb."""
    from faden.kernel.rls import opened_for

    actor = actor_of(email)
    with opened_for(actor, write=True):
        return put_paper(case, name, content=content, by=actor, **more)


def store(case: Any, content: bytes, *, name: str = "Bescheid.pdf", email: str = AMAL) -> Any:
    """The file of such a paper."""
    from faden.kernel.rls import opened_for

    paper = take(case, content, name=name, email=email)
    with opened_for(actor_of(email), write=False):
        return file_in(paper)


def scan(file: Any) -> None:
    """Run the job for this file here and now."""
    from faden.jobs import documents

    documents.scan(file.organisation_id, str(file.id))


def draw(file: Any) -> list[Any]:
    """Run the job that draws it, and give its pages."""
    from faden.documents.models import PageImage
    from faden.jobs import documents
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    documents.draw(file.organisation_id, str(file.id))
    with opened_for(Actor.system(file.organisation_id), write=False):
        return list(PageImage.objects.filter(file=file.id).order_by("number"))


def row_of(file: Any) -> Any:
    """The file as it stands in the database."""
    from faden.documents.models import StoredFile
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    with opened_for(Actor.system(file.organisation_id), write=False):
        return StoredFile.objects.get(id=file.id)


def in_state(file: Any, state: str) -> Any:
    """What the scan would have said."""
    from faden.documents.models import StoredFile
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    with opened_for(Actor.system(file.organisation_id), write=True):
        StoredFile.objects.filter(id=file.id).update(state=state)
    return file


def make(case: Any, state: str, *, content: bytes = b"%PDF-1.7 Inhalt", name: str = "Bescheid.pdf", email: str = AMAL) -> Any:
    """A file in this state."""
    return in_state(store(case, content, name=name, email=email), state)


def drawn(case: Any, state: str = "clean", **more: Any) -> Any:
    """A photo in this state with its page."""
    file = make(case, "clean", **{"content": samples.photo(), "name": "Foto.jpg", **more})
    assert len(draw(file)) == 1
    return in_state(file, state)
