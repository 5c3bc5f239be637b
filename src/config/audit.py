"""`faden audit verify` over all services."""

import json
from pathlib import Path

import click

from faden.kernel import sealing
from faden.kernel.actor import Actor
from faden.kernel.models import AuditBlock
from faden.kernel.rls import opened_for
from faden.organisations.queries.services import service_ids


def verify(anchor: dict[str, list[object]], write_anchor: Path | None) -> int:
    """Print one line per log; returns 1 when any is broken."""
    broken, tips = 0, {}
    for organisation_id in service_ids():
        for stream in sealing.STREAMS:
            name = f"{organisation_id}/{stream}"
            with opened_for(Actor.system(organisation_id), write=False):
                problem = sealing.verify(organisation_id, stream=stream, anchor=_anchor(anchor.get(name)))
                tip = AuditBlock.objects.filter(stream=stream).order_by("-number").first()
            broken += problem is not None
            if problem:
                click.echo(f"service {organisation_id}: {problem}", err=True)
            if tip:
                tips[name] = [tip.number, bytes(tip.hash).hex()]
    for name in sorted(set(anchor) - set(tips)):
        broken += 1
        click.echo(f"{name}: the anchor kept outside knows this log, the database has none", err=True)
    if write_anchor:
        write_anchor.write_text(json.dumps(tips, indent=1))
    click.echo(f"{len(tips)} logs checked, {broken} broken")
    return 1 if broken else 0


def _anchor(kept: list[object] | None) -> tuple[int, str] | None:
    return (int(str(kept[0])), str(kept[1])) if kept else None
