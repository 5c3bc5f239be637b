"""Questions about services that anybody may ask: the list of services is public."""

from datetime import date

from django.db.models import Q

from faden.organisations.models import Competence, Municipality, Organisation
from faden.organisations.vocabulary import Kind


def service_ids() -> list[int]:
    """All services and agencies, oldest first."""
    return list(Organisation.objects.order_by("id").values_list("id", flat=True))


def competent_offices(ags: str, *, kind: Kind, on: date) -> list[Organisation]:
    """Who is competent for this town on this day; empty when nobody is known."""
    competences = Competence.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        municipality_id=ags,
        valid_from__lte=on,
        organisation__kind=kind,
    )
    return [c.organisation for c in competences.select_related("organisation").order_by("id")]


def towns() -> list[tuple[str, str]]:
    """All towns of NRW as (AGS, name), those of one's own district are chosen by the caller."""
    return list(Municipality.objects.order_by("name").values_list("ags", "name"))
