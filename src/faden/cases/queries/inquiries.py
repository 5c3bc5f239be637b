"""Inquiries: the list, one of them, the contacts under a Kennwort."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from faden.cases.models import AnonymousMatter, Case, Inquiry
from faden.cases.queries.life_areas import worded
from faden.cases.queries.masking import masked_cases, masked_inquiries
from faden.kernel.errors import NotFound

PAGE = 50


@dataclass(frozen=True)
class InquiryPage:
    """Fifty inquiries and whether there are more."""

    rows: list[Inquiry]
    number: int
    has_more: bool


def inquiries(*, page: int = 1, result: str = "") -> InquiryPage:
    """Newest first, without those that became the case of a protected person; three statements, or four."""
    found = Inquiry.objects.select_related("municipality", "matter").order_by("-asked_at", "id")
    if result:
        found = found.filter(result=result)
    rows = list(found[(page - 1) * PAGE : page * PAGE + 1])
    masked = masked_inquiries(row.id for row in rows)
    more, rows = len(rows) > PAGE, [row for row in rows[:PAGE] if row.id not in masked]
    return InquiryPage(rows, page, has_more=more)


def inquiry(inquiry_id: UUID) -> Inquiry:
    """One inquiry of this service, with the words of its life areas; three statements, or four."""
    found = Inquiry.objects.select_related("municipality", "matter").filter(id=inquiry_id).first()
    if found is None or masked_inquiries([inquiry_id]):
        raise NotFound(_("Diese Anfrage gibt es hier nicht."))
    return worded([found])[0]


def matter(matter_id: UUID) -> AnonymousMatter:
    """One anonymous matter of this service; three statements."""
    found = AnonymousMatter.objects.filter(id=matter_id).first()
    if found is None or not is_shown(found):
        raise NotFound(_("Diese anonyme Beratung gibt es hier nicht."))
    return found


def is_shown(matter_: AnonymousMatter) -> bool:
    """Nobody is protected in the case it became; two statements."""
    return not masked_cases(Case.objects.filter(matter=matter_).values_list("id", flat=True))


def contacts_under(matter_: AnonymousMatter) -> list[Inquiry]:
    """All contacts under one Kennwort, oldest first."""
    return list(Inquiry.objects.filter(matter=matter_).select_related("municipality").order_by("asked_at"))


def case_of(matter_: AnonymousMatter) -> Case | None:
    """The case the matter became, if it did."""
    return Case.objects.filter(matter=matter_).first()


def count_between(first: date, last: date) -> dict[str, int]:
    """Inquiries by result; deleted texts do not change the count."""
    start = datetime.combine(first, datetime.min.time()).astimezone()
    end = datetime.combine(last + timedelta(days=1), datetime.min.time()).astimezone()
    found = Inquiry.objects.filter(asked_at__gte=start, asked_at__lt=end).order_by()
    return dict(found.values_list("result").annotate(Count("id")))
