"""At whom a step lies, in words."""

from faden.chains.vocabulary import HolderKind
from faden.organisations.vocabulary import AgencyKind


def holder_label(kind: str, *, agency_kind: str = "", agency: str = "", person: str = "") -> str:
    """The agency by its name or kind, a person by hers, else the kind of holder."""
    if kind == HolderKind.AGENCY and (agency or agency_kind):
        return agency or str(AgencyKind(agency_kind).label)
    if kind in (HolderKind.CLIENT, HolderKind.FAMILY) and person:
        return person
    return str(HolderKind(kind).label)
