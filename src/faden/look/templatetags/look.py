import re

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def own_languages() -> list[tuple[str, str]]:
    """Each language by its own name; Django's tag would turn "English" into "Englisch"."""
    return list(settings.LANGUAGES)


@register.filter
def laws(words: object) -> str:
    """No line ends between § or Abs. and its number."""
    return re.sub(r"(§§?|Abs\.|Satz|Nr\.) ", "\\1\N{NO-BREAK SPACE}", str(words))
