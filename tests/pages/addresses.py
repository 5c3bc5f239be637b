"""Every named address, and whose page it is."""

from typing import Any

from django.test import Client
from django.urls import get_resolver, reverse

from tests.cast import AMAL, ANTON, DILAN, DORA, KARIN, LENA
from tests.desk_client import signed_in

NOBODY, FRESH = "nobody", "Amal just after signing in, with a code app"
# URL name: (who may, {kwarg: key in what `world.plant` returns}).
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "impressum": (NOBODY, {}),
    "datenschutz": (NOBODY, {}),
    "barrierefreiheit": (NOBODY, {}),
    "account_login": (NOBODY, {}),
    "account_inactive": (NOBODY, {}),
    "account_signup": (NOBODY, {}),
    "account_reset_password": (NOBODY, {}),
    "account_reset_password_done": (NOBODY, {}),
    "account_reset_password_from_key_done": (NOBODY, {}),
    "invitation": (NOBODY, {"token": "token"}),
    "day": (AMAL.email, {}),
    "inquiries": (AMAL.email, {}),
    "inquiry-new": (AMAL.email, {}),
    "inquiry": (AMAL.email, {"inquiry_id": "inquiry"}),
    "codeword": (AMAL.email, {}),
    "codeword-new": (AMAL.email, {"inquiry_id": "inquiry"}),
    "matter": (AMAL.email, {"matter_id": "anonymous"}),
    "matter-inquiry-new": (AMAL.email, {"matter_id": "anonymous"}),
    "search": (AMAL.email, {}),
    "case-new": (AMAL.email, {}),
    "case-from-inquiry": (AMAL.email, {"inquiry_id": "inquiry"}),
    "case-from-matter": (AMAL.email, {"matter_id": "anonymous"}),
    "case-for-person": (AMAL.email, {"person_id": "person"}),
    "caseload": (AMAL.email, {}),
    "case": (AMAL.email, {"case_id": "case"}),
    "contact-new": (AMAL.email, {"case_id": "case"}),
    "contact": (AMAL.email, {"case_id": "case", "note_id": "contact"}),
    "working-note-new": (AMAL.email, {"case_id": "case"}),
    "working-note-transfer": (AMAL.email, {"case_id": "case", "note_id": "working_note"}),
    "task-new": (AMAL.email, {"case_id": "case"}),
    "task": (AMAL.email, {"case_id": "case", "task_id": "task"}),
    "appointment-new": (AMAL.email, {"case_id": "case"}),
    "appointment": (AMAL.email, {"case_id": "case", "appointment_id": "appointment"}),
    "phase": (AMAL.email, {"case_id": "case"}),
    "files": (AMAL.email, {"case_id": "case"}),
    "file-new": (AMAL.email, {"case_id": "case"}),
    "file": (AMAL.email, {"case_id": "case", "file_id": "file"}),
    "role": (AMAL.email, {}),
    "usersessions_list": (AMAL.email, {}),
    "account_logout": (AMAL.email, {}),
    "account_reauthenticate": (AMAL.email, {}),
    "account_change_password": (FRESH, {}),
    "mfa_index": (FRESH, {}),
    "mfa_deactivate_totp": (FRESH, {}),
    "mfa_view_recovery_codes": (FRESH, {}),
    "mfa_generate_recovery_codes": (FRESH, {}),
    "mfa_list_webauthn": (FRESH, {}),
    "mfa_add_webauthn": (FRESH, {}),
    "team-cases": (LENA.email, {}),
    "case-opening": (LENA.email, {"case_id": "case"}),
    "matters-to-confirm": (LENA.email, {}),
    "looks": (DILAN.email, {}),
    "deeds": (DILAN.email, {}),
    "matters": (DILAN.email, {}),
    "matter-new": (DILAN.email, {}),
    "oversight-matter": (DILAN.email, {"matter_id": "matter"}),
    "accounts": (ANTON.email, {}),
    "account": (ANTON.email, {"membership_id": "colleague"}),
    "account-invitation": (ANTON.email, {}),
    "overview": (KARIN.email, {}),
    "deliveries": (DORA.email, {}),
    "delivery": (DORA.email, {"delivery_id": "delivery"}),
}
# What takes only POST: (who may, kwargs, the fields it reads).
POSTS: dict[str, tuple[str, dict[str, str], list[str]]] = {
    "inquiry-result": (AMAL.email, {"inquiry_id": "inquiry"}, ["result"]),
    "search-find": (AMAL.email, {}, ["name", "born"]),
    "search-candidates": (AMAL.email, {}, ["family", "given", "native", "born", "phone", "email"]),
    "working-note-destroy": (AMAL.email, {"case_id": "case", "note_id": "working_note"}, []),
    "task-done": (AMAL.email, {"case_id": "case", "task_id": "task"}, []),
    "task-reopen": (AMAL.email, {"case_id": "case", "task_id": "task"}, []),
    "draft": (AMAL.email, {}, ["draft_name", "text"]),
    "draft-discard": (AMAL.email, {}, ["draft_name"]),
    "role-leaving": (AMAL.email, {}, []),
    "oversight-matter-end": (DILAN.email, {"matter_id": "matter"}, []),
    "matter-confirmation": (LENA.email, {"matter_id": "matter"}, []),
    "matter-refusal": (LENA.email, {"matter_id": "matter"}, []),
    "account-teams": (ANTON.email, {}, ["name"]),
    "account-team": (ANTON.email, {"membership_id": "colleague"}, ["team"]),
    "account-end": (ANTON.email, {"membership_id": "colleague"}, ["last_day"]),
    "account-invitation-withdrawal": (ANTON.email, {"invitation_id": "case"}, []),
    "delivery-filing": (DORA.email, {"delivery_id": "delivery"}, []),
}
# What takes only POST is told by its door; the rest is here with the reason why nobody looks at it.
NOT_LOOKED_AT = {
    "healthz": "text for machines",
    "readyz": "text for machines",
    "security-txt": "text for machines",
    "keepalive": "204 or 401, no page",
    "set_language": "POST",
    "theme": "POST",
    "start": "leads to the first page of the role",
    "mfa_download_recovery_codes": "a text file",
    "mfa_login_webauthn": "JSON for the passkey",
    "mfa_activate_totp": "not when there is one already, see test_the_page_of_a_new_code_app",
    "mfa_authenticate": "in the middle of signing in, see tests/accounts",
    "mfa_reauthenticate": "leads to account_reauthenticate or asks a code, see tests/accounts",
    "mfa_reauthenticate_webauthn": "needs a passkey",
    "mfa_edit_webauthn": "needs a passkey",
    "mfa_remove_webauthn": "needs a passkey",
    "account_set_password": "only for accounts without one, that came by single sign-on",
    "account_reset_password_from_key": "a link from a mail, see tests/accounts",
}  # fmt: skip


def address(name: str, planted: dict[str, Any]) -> str:
    """Where a page is in this planted service."""
    kwargs = PAGES[name][1] if name in PAGES else POSTS[name][1]
    return reverse(name, kwargs={kwarg: planted[key] for kwarg, key in kwargs.items()})


def owner(name: str) -> str:
    """Who may."""
    return (PAGES.get(name) or POSTS[name])[0]


def client_of(who: str) -> Client:
    """Somebody's browser, as the pages need it."""
    if who == NOBODY:
        return Client()
    if who != FRESH:
        return signed_in(who)
    from tests.accounts import signing

    client, _answer = signing.sign_in(AMAL.email)
    signing.set_up_totp(client)
    return client


def named(patterns: list[Any] | None = None) -> dict[str, Any]:
    """All names of the URLconf with their views."""
    found = {}
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        found |= named(entry.url_patterns) if hasattr(entry, "url_patterns") else {entry.name: entry.callback}
    return found


def only_takes(view: Any) -> bool:
    """POST and nothing else, as its door says."""
    door = getattr(view, "door", None)
    return bool(door) and door[2] == ("POST",)
