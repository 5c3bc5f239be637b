"""Every named address, and whose page it is."""

from typing import Any

from django.test import Client
from django.urls import get_resolver, reverse

from tests.cast import AMAL, ANTON, DILAN, DORA, KARIN, LENA
from tests.desk_client import signed_in

NOBODY, FRESH = "nobody", "Amal just after signing in, with a code app"
FAMILY = {"case_id": "family_case"}
MEMBER, RELATIVE = {**FAMILY, "person_id": "member"}, {**FAMILY, "person_id": "relative"}
GROUP = {**FAMILY, "group_id": "group"}
GOAL = {**MEMBER, "goal_id": "goal"}
GOAL_STEP = {**GOAL, "step_id": "goal_step"}
CHAIN, STEP = {**FAMILY, "chain_id": "chain"}, {**FAMILY, "step_id": "chain_step"}
FACT = {**MEMBER, "kind": "kind_residence", "fact_id": "fact_residence"}
HIDDEN = {"case_id": "hidden_case", "person_id": "hidden_person"}
KINDS = ("benefit", "address", "speaking", "german", "occupation", "qualification", "limit")
# URL name: (who may, {kwarg: key in what `world.plant` returns}). "name:more" is the same page with other kwargs.
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
    "deadlines": (AMAL.email, {}),
    "case-deadlines": (AMAL.email, {"case_id": "case"}),
    "person-deadlines": (AMAL.email, {"case_id": "case", "person_id": "person"}),
    "deadline": (AMAL.email, {"case_id": "case", "deadline_id": "deadline"}),
    "deadline:ended": (AMAL.email, {"case_id": "case", "deadline_id": "ended_deadline"}),
    "keyboard": (AMAL.email, {}),
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
    "assessment": (AMAL.email, MEMBER),
    "assessment:not-agreed": (AMAL.email, RELATIVE),
    "assessment-area": (AMAL.email, {**MEMBER, "area": "area"}),
    "assessment-course": (AMAL.email, MEMBER),
    "family-assessment": (AMAL.email, FAMILY),
    "assessment-also": (AMAL.email, {**FAMILY, "view_id": "view"}),
    "family-plan": (AMAL.email, FAMILY),
    "family-plan:one": (AMAL.email, {"case_id": "case"}),
    "plan": (AMAL.email, MEMBER),
    "plan:empty": (AMAL.email, RELATIVE),
    "plan-confidential": (AMAL.email, MEMBER),
    "plan-frame": (AMAL.email, MEMBER),
    "plan-agree": (AMAL.email, MEMBER),
    "plan-agree-confidential": (AMAL.email, MEMBER),
    "plan-versions": (AMAL.email, MEMBER),
    "plan-versions-confidential": (AMAL.email, MEMBER),
    "plan-paper": (AMAL.email, MEMBER),
    "plan-paper:protected": (AMAL.email, HIDDEN),
    "goal-new": (AMAL.email, MEMBER),
    "goal": (AMAL.email, GOAL),
    "goal-rating": (AMAL.email, GOAL),
    "goal-step-new": (AMAL.email, GOAL),
    "goal-step": (AMAL.email, GOAL_STEP),
    "network": (AMAL.email, MEMBER),
    "network:empty": (AMAL.email, RELATIVE),
    "network-tie-new": (AMAL.email, MEMBER),
    "network-tie": (AMAL.email, {**MEMBER, "tie_id": "network_tie"}),
    "chains": (AMAL.email, FAMILY),
    "chains:none": (AMAL.email, {"case_id": "case"}),
    "person-chains": (AMAL.email, MEMBER),
    "person-chains-confidential": (AMAL.email, MEMBER),
    "chain": (AMAL.email, CHAIN),
    "chain:ended": (AMAL.email, {**FAMILY, "chain_id": "ended_chain"}),
    "chain:confidential": (AMAL.email, {**FAMILY, "chain_id": "hidden_chain"}),
    "chain-new": (AMAL.email, FAMILY),
    "chain-free": (AMAL.email, FAMILY),
    "chain-start": (AMAL.email, {**FAMILY, "code": "template"}),
    "chain-end": (AMAL.email, CHAIN),
    "chain-step": (AMAL.email, STEP),
    "chain-step:waiting": (AMAL.email, {**FAMILY, "step_id": "waiting_step"}),
    "chain-step-agree": (AMAL.email, STEP),
    "chain-step-holder": (AMAL.email, STEP),
    "chain-step-drop": (AMAL.email, STEP),
    "chain-step-order": (AMAL.email, STEP),
    "chain-step-suspend": (AMAL.email, STEP),
    "chain-step-add": (AMAL.email, CHAIN),
    "chain-suspend": (AMAL.email, CHAIN),
    "chain-templates": (LENA.email, {}),
    "chain-template-new": (LENA.email, {}),
    "chain-template": (LENA.email, {"code": "own_template"}),
    "chain-template:shipped": (AMAL.email, {"code": "template"}),
    "chain-template-version": (AMAL.email, {"code": "template", "version": "one"}),
    "chain-template-withdrawal": (LENA.email, {"code": "own_template"}),
    "life-areas": (LENA.email, {}),
    "life-area-new": (LENA.email, {}),
    "life-area": (LENA.email, {"area": "area"}),
    "life-area-end": (LENA.email, {"area": "area"}),
    "person": (AMAL.email, {"case_id": "case", "person_id": "person"}),
    "person-confidential": (AMAL.email, {"case_id": "case", "person_id": "person"}),
    "sheet": (AMAL.email, {"case_id": "case", "person_id": "person"}),
    "person-change": (AMAL.email, MEMBER),
    "facts": (AMAL.email, MEMBER),
    "fact-history": (AMAL.email, {**MEMBER, "kind": "kind_residence"}),
    "fact-new": (AMAL.email, {**MEMBER, "kind": "kind_residence"}),
    **{f"fact-new:{kind}": (AMAL.email, {**MEMBER, "kind": f"kind_{kind}"}) for kind in KINDS},
    "fact": (AMAL.email, FACT),
    "fact-end": (AMAL.email, FACT),
    "arrival": (AMAL.email, MEMBER),
    "contact-person-new": (AMAL.email, MEMBER),
    "entry": (AMAL.email, MEMBER),
    "family": (AMAL.email, FAMILY),
    "member-new": (AMAL.email, FAMILY),
    "member-agreement": (AMAL.email, RELATIVE),
    "member-leaving": (AMAL.email, RELATIVE),
    "kinship-new": (AMAL.email, FAMILY),
    "kinship-end": (AMAL.email, {**FAMILY, "tie_id": "tie"}),
    "group-new": (AMAL.email, FAMILY),
    "group-join": (AMAL.email, GROUP),
    "group-leave": (AMAL.email, GROUP),
    "group-split": (AMAL.email, GROUP),
    "group-merge": (AMAL.email, GROUP),
    "contact-new": (AMAL.email, {"case_id": "case"}),
    "contact": (AMAL.email, {"case_id": "case", "note_id": "contact"}),
    "working-note-new": (AMAL.email, {"case_id": "case"}),
    "working-note-transfer": (AMAL.email, {"case_id": "case", "note_id": "working_note"}),
    "task-new": (AMAL.email, {"case_id": "case"}),
    "task": (AMAL.email, {"case_id": "case", "task_id": "task"}),
    "appointment-new": (AMAL.email, {"case_id": "case"}),
    "appointment": (AMAL.email, {"case_id": "case", "appointment_id": "appointment"}),
    "phase": (AMAL.email, {"case_id": "case"}),
    "criterion": (AMAL.email, {"case_id": "case", "criterion": "criterion"}),
    "clarification": (AMAL.email, {"case_id": "case"}),
    "closing": (AMAL.email, {"case_id": "ending_case"}),
    "reopening": (AMAL.email, {"case_id": "closed_case"}),
    "lead": (AMAL.email, {"case_id": "ending_case"}),
    "findings": (AMAL.email, {}),
    "finding-new": (AMAL.email, {}),
    "substitutions": (LENA.email, {}),
    "substitution-new": (LENA.email, {}),
    "substitution": (AMAL.email, {"substitution_id": "substitution"}),
    "workload": (LENA.email, {}),
    "post": (LENA.email, {"membership_id": "colleague"}),
    "takeover": (LENA.email, {}),
    "takeover-of": (LENA.email, {"membership_id": "absent"}),
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
    "protection": (AMAL.email, HIDDEN),
    "protection-end": (AMAL.email, {**HIDDEN, "mark_id": "mark"}),
    "protected-address-change": (AMAL.email, {**HIDDEN, "fact_id": "hidden_address"}),
    "person:protected": (AMAL.email, HIDDEN),
    "sheet:protected": (AMAL.email, HIDDEN),
    "facts:protected": (AMAL.email, HIDDEN),
    "duplicates": (AMAL.email, {}),
    "pair": (AMAL.email, {"pair_id": "pair"}),
    "pair:linked": (AMAL.email, {"pair_id": "linked_pair"}),
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
    "several-cases": (AMAL.email, {}, ["fall", "alle", "filter", "was"]),
    "several-cases-preview": (AMAL.email, {}, ["fall", "was", "weight", "title", "due_on", "assignee", "about", "to", "reason"]),
    "several-cases-run": (AMAL.email, {}, ["fall", "was", "weight", "title", "due_on", "assignee", "about", "to", "reason"]),
    "fact-strike": (AMAL.email, FACT, []),
    "contact-person-end": (AMAL.email, {**MEMBER, "contact_id": "contact_person"}, []),
    "search-find": (AMAL.email, {}, ["name", "born"]),
    "search-candidates": (AMAL.email, {}, ["family", "given", "native", "born", "phone", "email"]),
    "working-note-destroy": (AMAL.email, {"case_id": "case", "note_id": "working_note"}, []),
    "chain-step-done": (AMAL.email, STEP, ["version"]),
    "chain-step-release": (AMAL.email, STEP, ["version"]),
    "chain-step-undo": (AMAL.email, STEP, ["version"]),
    "chain-step-resume": (AMAL.email, STEP, ["version"]),
    "chain-resume": (AMAL.email, CHAIN, ["version"]),
    "chain-reopen": (AMAL.email, {**FAMILY, "chain_id": "ended_chain"}, []),
    "assessment-begin": (AMAL.email, MEMBER, []),
    "assessment-finish": (AMAL.email, MEMBER, []),
    "assessment-reopen": (AMAL.email, MEMBER, []),
    "goal-move": (AMAL.email, GOAL, ["wohin"]),
    "goal-open": (AMAL.email, GOAL, []),
    "goal-step-done": (AMAL.email, GOAL_STEP, []),
    "goal-step-open": (AMAL.email, GOAL_STEP, []),
    "goal-step-drop": (AMAL.email, GOAL_STEP, ["because"]),
    "goal-step-move": (AMAL.email, GOAL_STEP, ["wohin"]),
    "deadline-reopen": (AMAL.email, {"case_id": "case", "deadline_id": "ended_deadline"}, []),
    "task-done": (AMAL.email, {"case_id": "case", "task_id": "task"}, []),
    "weight": (AMAL.email, {"case_id": "case"}, ["weight"]),
    "substitution-end": (AMAL.email, {"substitution_id": "substitution"}, []),
    "chain-template-preview": (LENA.email, {}, ["source"]),
    "takeover-preview": (LENA.email, {"membership_id": "absent"}, ["bulk", "reason"]),
    "takeover-confirmation": (LENA.email, {"membership_id": "absent"}, ["bulk", "reason"]),
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
    "protected-address": (AMAL.email, HIDDEN, []),
    "pair-link": (AMAL.email, {"pair_id": "pair"}, []),
    "pair-different": (AMAL.email, {"pair_id": "pair"}, []),
    "pair-unlink": (AMAL.email, {"pair_id": "linked_pair"}, []),
    "delivery-filing": (DORA.email, {"delivery_id": "delivery"}, []),
}
# What takes only POST is told by its door; the rest is here with the reason why nobody looks at it.
NOT_LOOKED_AT = {
    "healthz": "text for machines",
    "readyz": "text for machines",
    "chain-template-file": "a text file, see tests/chains/test_templates.py",
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
    return reverse(name.partition(":")[0], kwargs={kwarg: planted[key] for kwarg, key in kwargs.items()})


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
