"""Foreign keys follow the order of the modules: written as strings they are invisible to import-linter."""

import pytest
from django.apps import apps
from django.db import models

# Top to bottom: a module refers to what stands below it, never beside or above.
ORDER = [
    {"desk", "portal", "partner", "public", "jobs"},
    {"retention"},
    {"oversight"},
    {"reporting"},
    {"findings"},
    {"casework"},
    {"referrals", "residence"},
    {"documents"},
    {"chains"},
    {"directory"},
    {"cases"},
    {"consents"},
    {"persons"},
    {"organisations"},
    {"kernel", "outside", "law"},
]
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}
# The frame around the pages: knows no records at all.
WITHOUT_RECORDS = {"look"}


def upward(found: list[type[models.Model]]) -> set[str]:
    """References to another module that does not stand below."""
    wrong = set()
    for model in found:
        for field in model._meta.get_fields(include_hidden=True):
            if field.auto_created or not field.is_relation or field.remote_field is None:
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if there in LEVEL and here != there and LEVEL[there] <= LEVEL[here]:
                wrong.add(f"{model._meta.label}.{field.name} -> {there}")
    return wrong


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("faden.")]


def test_every_module_has_its_place():
    modules = {config.label for config in apps.get_app_configs() if config.name.startswith("faden.")}
    assert modules - LEVEL.keys() == WITHOUT_RECORDS
    assert [model for model in ours() if model._meta.app_label in WITHOUT_RECORDS] == []


def test_references_go_down():
    assert upward(ours()) == set()


@pytest.mark.parametrize(("here", "there", "found"), [
    ("persons", "cases.Case", {"persons.Planted.other -> cases"}),
    ("consents", "documents.StoredFile", {"consents.Planted.other -> documents"}),
    ("documents", "cases.Case", set()),
])  # fmt: skip
def test_a_reference_upwards_is_found(here, there, found, monkeypatch):
    monkeypatch.setattr(apps, "register_model", lambda *_: None)
    meta = type("Meta", (), {"app_label": here})
    other = models.ForeignKey(apps.get_model(there), models.PROTECT, related_name="+")
    planted = type("Planted", (models.Model,), {"__module__": __name__, "Meta": meta, "other": other})
    assert upward([planted]) == found
