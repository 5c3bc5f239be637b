"""What every page knows without asking the database."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from faden.kernel import drafts
from faden.look.theme import theme_of


def product(request: HttpRequest) -> dict[str, object]:
    """Product name, demo mark, theme, and who is acting (set by the door)."""
    actor = getattr(request, "actor", None)
    copy_owner, copy_key = drafts.browser_key(actor) if actor else ("", "")
    return {
        "actor": actor,
        "faden": {
            "product": settings.FADEN.product,
            "demo": settings.FADEN.demo,
            "theme": theme_of(request),
            "signed_in": hasattr(request, "user") and request.user.is_authenticated,
            "idle_seconds": settings.FADEN_IDLE_SECONDS,
            "keepalive_url": reverse("keepalive"),
            "switch_url": reverse("role"),
            "sign_in_url": reverse("account_login"),
            "sign_out_url": reverse("account_logout"),
            "copy_owner": copy_owner,
            "copy_key": copy_key,
        },
    }
