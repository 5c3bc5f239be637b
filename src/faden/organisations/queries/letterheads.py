"""What stands at the head of a letter: the provider and its service, never the software."""

from dataclasses import dataclass

from faden.organisations.models import Organisation, Site


@dataclass(frozen=True)
class Letterhead:
    """Provider, service, where it receives people, how it is reached."""

    provider: str
    service: str
    address: str
    contact: str

    @property
    def line(self) -> str:
        """The small line in the window: who gets it back; not which service, which others could read."""
        return " · ".join(filter(None, [self.provider, *self.address.split(", ")]))


def letterhead_of(organisation_id: int) -> Letterhead:
    """The site in the service's own town before others; two statements."""
    service = Organisation.objects.select_related("legal_body").get(id=organisation_id)
    sites = sorted(
        Site.objects.filter(organisation_id=organisation_id).select_related("municipality"),
        key=lambda site: (site.municipality_id != service.municipality_id, site.name),
    )
    address = _address(sites[0]) if sites else ""
    return Letterhead(service.legal_body.name, service.name, address, service.contact)


def _address(site: Site) -> str:
    """As it was written, with the town where that says none."""
    town = site.municipality.name
    return site.address if town in site.address else f"{site.address}, {town}"
