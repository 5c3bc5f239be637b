"""Every desk page in its frame: navigation by role, breadcrumbs, form key."""

from collections.abc import Mapping
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from faden.cases import policies as case_policies
from faden.cases.queries.case_page import CaseHead
from faden.cases.queries.next_step import NextStep, next_step_of
from faden.cases.queries.timeline import Of
from faden.desk.door import DeskRequest
from faden.desk.forms import kept_draft
from faden.doors.once import key_shown
from faden.organisations.policies import may
from faden.organisations.vocabulary import ROLES, Permission
from faden.referrals.queries.received import waiting

Crumb = tuple[str, str]

# In the order of the day's work: (permission, label, URL name, screens it is current for).
_NAVIGATION = (
    (Permission.SEE_DAY, gettext_noop("Mein Tag"), "day", ("day",)),
    (Permission.SEE_DAY, gettext_noop("Termine"), "calendar", ("calendar",)),
    (Permission.SEE_DAY, gettext_noop("Fristen"), "deadlines", ("deadlines",)),
    (Permission.WORK_ON_CASES, gettext_noop("Fristen und Chancen"), "outlook", ("outlook",)),
    (Permission.TAKE_INQUIRIES, gettext_noop("Eingang"), "received", ("received",)),
    (Permission.TAKE_INQUIRIES, gettext_noop("Anfragen"), "inquiries", ("inquiries", "codeword")),
    (Permission.WORK_ON_CASES, gettext_noop("Meine Fälle"), "caseload", ("caseload", "case")),
    (
        Permission.OPEN_CASES_WITH_REASON,
        gettext_noop("Fälle des Teams"),
        "team-cases",
        ("team_cases", "case"),
    ),
    (Permission.WORK_ON_CASES, gettext_noop("Vermittlungen"), "referral-list", ("referral_list",)),
    (Permission.TAKE_INQUIRIES, gettext_noop("Adressbuch"), "agencies", ("agencies",)),
    (Permission.KEEP_OFFERS, gettext_noop("Angebote"), "directory", ("directory",)),
    (Permission.TAKE_INQUIRIES, gettext_noop("Suche"), "search", ("search",)),
    (Permission.TAKE_INQUIRIES, gettext_noop("Doppelte Einträge"), "duplicates", ("duplicates",)),
    (Permission.SEE_DAY, gettext_noop("Vertretungen"), "substitutions", ("substitutions",)),
    (Permission.PLAN_WORK, gettext_noop("Auslastung"), "workload", ("workload",)),
    (Permission.NOTE_FINDINGS, gettext_noop("Strukturhinweise"), "findings", ("findings",)),
    (Permission.READ_RULES, gettext_noop("Andere Lesarten"), "rule-readings", ("readings",)),
    (Permission.READ_RULES, gettext_noop("Vorprüfung ohne Speichern"), "residence-tool", ("residence_tool",)),
    (Permission.SEE_DEMAND, gettext_noop("Überblick"), "overview", ("overview",)),
    (Permission.SEE_DEMAND, gettext_noop("Fallvorstellungen"), "presented", ("presented",)),
    (Permission.MANAGE_LISTS, gettext_noop("Lebensbereiche"), "life-areas", ("life_areas",)),
    (Permission.MANAGE_LISTS, gettext_noop("Kettenvorlagen"), "chain-templates", ("chain_templates",)),
    (Permission.MANAGE_LISTS, gettext_noop("Briefvorlagen"), "letter-templates", ("letter_templates",)),
    (Permission.OPEN_CASES_WITH_REASON, gettext_noop("Weitergaben"), "release-register", ("release_register", "letter_register")),
    (Permission.MANAGE_LISTS, gettext_noop("Texte zum Unterschreiben"), "form-texts", ("form_texts",)),
    (Permission.OPEN_CASES_WITH_REASON, gettext_noop("Gesetzliche Grundlagen"), "lawful-waiting", ("lawful",)),
    (Permission.REVIEW_EMERGENCIES, gettext_noop("Notzugriffe"), "emergencies", ("emergencies",)),
    (Permission.SEE_LOOKS, gettext_noop("Eingang"), "received-counts", ("received",)),
    (Permission.SEE_LOOKS, gettext_noop("Zugriffe"), "looks", ("looks",)),
    (Permission.SEE_LOOKS, gettext_noop("Weitergaben"), "release-register", ("release_register", "letter_register")),
    (Permission.SEE_LOOKS, gettext_noop("Auswertungen"), "matters", ("matters",)),
    (
        Permission.CONFIRM_OVERSIGHT,
        gettext_noop("Auswertungen bestätigen"),
        "matters-to-confirm",
        ("matters_to_confirm",),
    ),
    (Permission.MANAGE_ACCOUNTS, gettext_noop("Konten"), "accounts", ("accounts",)),
)

_COUNTED = ("day", "received")

# Where each role comes from when it stands in a case.
_CASES_OF = (
    (Permission.WORK_ON_CASES, "caseload"),
    (Permission.OPEN_CASES_WITH_REASON, "team-cases"),
    (Permission.SEE_LOOKS, "matters"),
)


def page(
    request: DeskRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    here: str,
    crumbs: tuple[Crumb, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a page now, inside the transaction; `here` names the screen for the navigation."""
    frame = {
        "navigation": navigation(request, here),
        "search_url": reverse("search-find") if may(request.actor, Permission.TAKE_INQUIRIES) else "",
        "breadcrumbs": crumbs,
        "form_key": key_shown(request),
        # Each small form of a page gets one of its own: Django calls it at every use.
        "fresh_key": uuid4,
        # Asked for by the forms that offer it (look/parts/draft.html), and by no other page.
        "kept": SimpleLazyObject(lambda: kept_draft(request)),
        "draft_url": reverse("draft"),
        "draft_discard_url": reverse("draft-discard"),
    }
    return render(request, template, {**frame, **(context or {})}, status=status)


def navigation(request: DeskRequest, here: str) -> list[tuple[str, str, bool, int | None]]:
    """Entries this role may open, as (label, address, is current, how many wait)."""
    role = request.actor.role
    allowed = ROLES[role].permissions if role in ROLES else frozenset()
    # One statement, on the two pages where the day's work is shared out; elsewhere the entry stands without a number.
    counts = {"received": waiting(request.actor)} if here in _COUNTED and Permission.TAKE_INQUIRIES in allowed else {}
    return [
        (_(label), reverse(name), here in screens, counts.get(name))
        for permission, label, name, screens in _NAVIGATION
        if permission in allowed
    ]


def _emergency(request: DeskRequest) -> dict[str, object] | None:
    """On each page of a case in Notzugriff: until when, and how long that still is."""
    if request.access.until_at is None:
        return None
    hours, minutes = divmod(max(0, int((request.access.until_at - request.at).total_seconds())) // 60, 60)
    return {
        "until_at": request.access.until_at,
        "left": _("%(hours)s:%(minutes)s Stunden") % {"hours": hours, "minutes": f"{minutes:02}"},
        "may_note": bool(case_policies.may_note(request.access)),
    }


def _next_step(
    request: DeskRequest, head: CaseHead, context: Mapping[str, object]
) -> dict[str, NextStep | None]:
    """What comes next in the case, unless the page knows; about one person nothing that concerns only others."""
    if "next_step" in context or head.is_closed:
        return {"next_step": None}
    person = request.resolver_match.kwargs.get("person_id") if request.resolver_match else None
    return {"next_step": next_step_of(head.case_id, of=Of(person=person), now=request.at)}


def page_number(request: DeskRequest) -> int:
    """Which page of a list (?seite=); anything that is no number is the first."""
    typed = request.GET.get("seite", "")
    return min(int(typed), 9999) if typed.isascii() and typed.isdecimal() and typed.strip("0") else 1


def case_page(
    request: DeskRequest,
    template: str,
    context: Mapping[str, object],
    *,
    head: CaseHead,
    title: str,
    status: int = 200,
) -> HttpResponse:
    """A page below a case: banner with the next step, and breadcrumbs of that case."""
    allowed = ROLES[request.actor.role].permissions
    above = next(name for permission, name in _CASES_OF if permission in allowed)
    crumbs = (
        (_("Fälle"), reverse(above)),
        (head.number, reverse("case", args=[head.case_id])),
        *(((title, ""),) if title else ()),
    )
    return page(
        request,
        template,
        {
            "head": head,
            "title": title,
            "today": request.today,
            "why": case_policies.why(request.access, request.part),
            "emergency": _emergency(request),
            **_next_step(request, head, context),
            **context,
        },
        here="case",
        crumbs=crumbs,
        status=status,
    )
