from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def own_languages() -> list[tuple[str, str]]:
    """Each language by its own name; Django's tag would turn "English" into "Englisch"."""
    return list(settings.LANGUAGES)
