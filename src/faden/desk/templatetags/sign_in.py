import json
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

register = template.Library()

_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrom", "Chrome"), ("Safari/", "Safari"))
_DEVICES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


@register.filter
def as_json(value: Any) -> str:
    """For a hidden element that a script reads; escaped like any other text."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def browser(user_agent: str) -> str:
    """A browser's long signature as people would say it."""
    name = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    device = next((name for mark, name in _DEVICES if mark in user_agent), "")
    if name and device:
        return _("%(browser)s auf %(device)s") % {"browser": name, "device": device}
    return name or device or _("unbekannter Browser")


@register.simple_tag(takes_context=True)
def sign_on_ways(context: template.Context) -> list[tuple[str, str]]:
    """(name, address) of the configured identity providers."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        return []
    request = context["request"]
    target = {"next": target} if (target := request.GET.get("next")) else {}
    providers = get_adapter().list_providers(request)
    return [(provider.name, provider.get_login_url(request, **target)) for provider in providers]
