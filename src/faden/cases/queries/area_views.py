"""One life area at one look: the rows of assessments read once, in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import AreaView, Case
from faden.cases.rules.assessment import Trend, Views, trend
from faden.cases.vocabulary.assessment import Strength
from faden.cases.vocabulary.case import Urgency
from faden.kernel.clock import BERLIN


@dataclass(frozen=True)
class View:
    """One area at one look, in words."""

    id: UUID
    area: str
    day: date
    views: Views
    urgency_code: str
    need: str
    resources: str
    client_words: str
    version: int

    @property
    def worker(self) -> str:
        """The worker's view in a word."""
        return word_of(self.views.worker)

    @property
    def client(self) -> str:
        """The client's own view in a word."""
        return word_of(self.views.client)

    @property
    def urgency(self) -> str:
        """How soon, in a word."""
        return str(Urgency(self.urgency_code).label) if self.urgency_code else ""

    @property
    def is_urgent(self) -> bool:
        """Something must happen soon."""
        return self.urgency_code not in ("", Urgency.NORMAL)


def word_of(strength: str) -> str:
    """A step in its words; "" for not said."""
    return str(Strength(strength).label) if strength else ""


def views_of(
    case: Case, persons: Iterable[UUID], *, texts: bool = True
) -> defaultdict[UUID, list[tuple[int, View]]]:
    """By person: (number of the assessment, view), oldest first."""
    rows = AreaView.objects.filter(assessment__case=case, assessment__person_id__in=list(persons))
    if not texts:
        rows = rows.defer("need", "resources", "client_words")
    found: defaultdict[UUID, list[tuple[int, View]]] = defaultdict(list)
    for row in rows.select_related("assessment").order_by("assessment__number", "id"):
        found[row.assessment.person_id].append((row.assessment.number, view_of(row, texts=texts)))
    return found


def view_of(row: AreaView, *, texts: bool = True) -> View:
    return View(
        row.id,
        row.area,
        row.changed_at.astimezone(BERLIN).date(),
        Views(row.worker_view, row.client_view),
        row.urgency,
        (row.need or "") if texts else "",
        (row.resources or "") if texts else "",
        (row.client_words or "") if texts else "",
        row.version,
    )


def movement_in_words(before: Views, now: Views) -> str:
    """Both views, then and now: "von … zu … (Fachkraft); unverändert (eigene Sicht)"."""
    told = (
        (_movement(before.worker, now.worker), _("Fachkraft")),
        (_movement(before.client, now.client), _("eigene Sicht")),
    )
    return "; ".join(f"{words} ({whose})" for words, whose in told if words)


def _movement(before: str, now: str) -> str:
    change = trend(before, now)
    if change is Trend.NONE:
        return ""
    if change is Trend.FIRST:
        return _("jetzt „%(now)s“") % {"now": word_of(now)}
    if change is Trend.SAME:
        return _("unverändert „%(now)s“") % {"now": word_of(now)}
    return _("von „%(before)s“ zu „%(now)s“") % {"before": word_of(before), "now": word_of(now)}


def trend_in_words(before: Views, now: Views) -> str:
    """One word per view that can be compared; the same word for both is said once."""
    words = {
        Trend.SAME: _("unverändert"),
        Trend.BETTER: _("besser"),
        Trend.WORSE: _("schlechter"),
    }
    told = [
        (words.get(trend(before.worker, now.worker), ""), _("Fachkraft")),
        (words.get(trend(before.client, now.client), ""), _("eigene Sicht")),
    ]
    said = [(word, whose) for word, whose in told if word]
    if len(said) == 2 and said[0][0] == said[1][0]:
        return said[0][0]
    return ", ".join(f"{word} ({whose})" for word, whose in said)
