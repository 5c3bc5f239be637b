"""Who offers something: noted and changed by the service that keeps it."""

from datetime import datetime

from django.utils.translation import gettext as _

from faden.directory import policies
from faden.directory.actions.checked import email_checked, lengths_checked, website_checked
from faden.directory.models import Provider
from faden.directory.rules.values import ProviderValues
from faden.directory.vocabulary import PROVIDER_CHANGED, PROVIDER_NOTED
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.organisations.models import Organisation
from faden.organisations.vocabulary import AgencyKind

__all__ = ["ProviderValues", "change", "note"]


def note(values: ProviderValues, *, by: Actor, at: datetime) -> Provider:
    """A new one; a name stands once in a service."""
    policies.may_write(by).require()
    _check(values)
    _free(values.name, by)
    provider = Provider.objects.create(organisation_id=by.organisation_id, **_columns(values))
    audit.note(PROVIDER_NOTED, by=by, at=at, subject=provider.id)
    return provider


def change(provider: Provider, values: ProviderValues, *, seen_version: int, by: Actor, at: datetime) -> Provider:
    """What is known of it now; all its offers show it."""
    policies.may_keep(by, provider).require()
    row = Provider.objects.select_for_update().filter(organisation_id=by.organisation_id, id=provider.id).first()
    if row is None:
        raise NotFound(_("Diesen Anbieter gibt es hier nicht."))
    _check(values, before=row)
    if row.version != seen_version:
        raise Conflict(_("Jemand hat diesen Anbieter inzwischen geändert."), ((str(_("Name")), row.name, values.name.strip()),))
    if row.name != values.name.strip():
        _free(values.name, by)
    for name, value in _columns(values).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    audit.note(PROVIDER_CHANGED, by=by, at=at, subject=row.id)
    return row


def _columns(values: ProviderValues) -> dict[str, object]:
    return {
        "name": values.name.strip(), "kind": values.kind, "description": values.description.strip(), "website": values.website.strip(),
        "phone": values.phone.strip(), "email": values.email.strip(), "account_id": values.account,
    }  # fmt: skip


def _check(values: ProviderValues, before: Provider | None = None) -> None:
    if not values.name.strip():
        raise Invalid(_("Geben Sie den Namen des Anbieters ein."), "name")
    lengths_checked(Provider, values, ("name", "website", "phone", "email"))
    if values.kind and values.kind not in AgencyKind.values:
        raise Invalid(_("Wählen Sie aus der Liste."), "kind")
    if before is None or values.website.strip() != before.website:
        website_checked(values.website.strip())
    if before is None or values.email.strip() != before.email:
        email_checked(values.email.strip(), "email")
    if values.account is not None and not Organisation.objects.filter(id=values.account).exists():
        raise Invalid(_("Diese Stelle hat hier kein Postfach."), "account")


def _free(name: str, by: Actor) -> None:
    if Provider.objects.filter(organisation_id=by.organisation_id, name=name.strip(), source__isnull=True).exists():
        raise Invalid(_("Ein Anbieter mit diesem Namen steht schon in Ihrer Liste."), "name")
