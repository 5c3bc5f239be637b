"""Kettenvorlagen: a service publishes a version of its own, or takes its own off the list."""

from datetime import datetime

from django.utils.translation import gettext as _

from faden.chains.models import ChainTemplate
from faden.chains.queries.templates import life_area_codes, next_number
from faden.chains.rules.template_reading import parse
from faden.chains.rules.templates import Template, TemplateError
from faden.chains.vocabulary import TEMPLATE_PUBLISHED, TEMPLATE_WITHDRAWN
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.rls import wait_for_turn


class Broken(Invalid):
    """The file cannot be taken; `errors` are all of them."""

    def __init__(self, errors: tuple[TemplateError, ...]) -> None:
        super().__init__(_("Die Vorlage hat Fehler. Veröffentlicht wurde nichts."), "source")
        self.errors = errors


def checked(source: str) -> Template:
    """The template of a file, if it may be published as it is; writes nothing."""
    template = parse(source, life_areas=life_area_codes())
    if not isinstance(template, Template):
        raise Broken(template)
    due = next_number(template.code)
    if template.version != due:
        line = next(
            (n for n, text in enumerate(source.split("\n"), 1) if text.startswith("version:")), 0
        )
        raise Broken((TemplateError(line, _wrong_version(template, due)),))
    return template


def publish(source: str, *, by: Actor, at: datetime) -> ChainTemplate:
    """A new version; chains that run stay on theirs."""
    wait_for_turn("chain templates", by)
    template = checked(source)
    row = ChainTemplate.objects.create(
        organisation_id=by.organisation_id,
        code=template.code,
        version=template.version,
        title=template.title,
        source=source,
        news=template.news,
        published_at=at,
        published_by=by.person,
    )
    audit.note(TEMPLATE_PUBLISHED, by=by, at=at, template=template.code, version=template.version)
    return row


def withdraw(code: str, *, seen: int, by: Actor, at: datetime) -> None:
    """The service's own versions leave the list; what the software brings under this name is offered again."""
    wait_for_turn("chain templates", by)
    rows = ChainTemplate.objects.filter(code=code)
    newest = rows.order_by("-version").first()
    if newest is None:
        raise NotFound(_("Diese Kettenvorlage gibt es hier nicht."))
    if newest.version != seen:
        raise Conflict(
            _("Diese Kettenvorlage wurde inzwischen von jemand anderem geändert."),
            ((_("Neueste Fassung"), str(newest.version), str(seen)),),
        )
    if not rows.filter(withdrawn_at__isnull=True).update(withdrawn_at=at, withdrawn_by=by.person):
        raise Invalid(_("Diese Kettenvorlage wird schon nicht mehr angeboten."))
    audit.note(TEMPLATE_WITHDRAWN, by=by, at=at, template=code, version=newest.version)


def _wrong_version(template: Template, due: int) -> str:
    if template.version < due:
        return _(
            "Fassung %(version)d von „%(title)s“ gibt es schon. Die nächste ist %(due)d."
            " Bitte sehen Sie nach, was sich inzwischen geändert hat, und tragen Sie version: %(due)d ein."
        ) % {"version": template.version, "title": template.title, "due": due}
    return _("Die nächste Fassung von „%(title)s“ ist %(due)d. Bitte tragen Sie version: %(due)d ein.") % {
        "title": template.title,
        "due": due,
    }
