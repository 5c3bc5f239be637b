"""Our taxonomy: the life areas of the programme."""

from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from faden.cases.vocabulary.life_area import LifeArea
from faden.directory.rules.hsds.basics import OURS, Json

TAXONOMY = uuid5(OURS, "life-areas")


def taxonomy() -> Json:
    """The one we use: Lebensbereiche."""
    return {
        "id": str(TAXONOMY), "name": _("Lebensbereiche"),
        "description": _("Lebensbereiche des Kommunalen Integrationsmanagements, nach denen Angebote geordnet sind."), "version": "1",
    }  # fmt: skip


def term_id(area: str) -> UUID:
    """Of a life area."""
    return uuid5(TAXONOMY, area)


def term(area: str) -> Json:
    """A life area."""
    label = str(LifeArea(area).label)
    return {
        "id": str(term_id(area)), "code": area, "name": label, "description": label, "taxonomy": _("Lebensbereiche"),
        "taxonomy_id": str(TAXONOMY), "taxonomy_detail": taxonomy(), "language": "de",
    }  # fmt: skip


AREAS = {term_id(area): area for area in LifeArea.values}
