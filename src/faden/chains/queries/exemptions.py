"""Exemptions whose day has passed."""

from datetime import date

from faden.cases.models import Case
from faden.chains.models import ChainStep


def cases_with_ended_exemptions(*, on: date) -> list[Case]:
    """Cases in which a step is back from today on; one statement."""
    over = ChainStep.objects.filter(exempt_until__lt=on, chain__ended_at__isnull=True)
    return list(Case.objects.filter(id__in=over.values("case_id")).order_by("id"))
