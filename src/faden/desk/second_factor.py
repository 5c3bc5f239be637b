"""Zweiter Faktor: what there is, and what is still to do before one may work."""

from typing import Any

from allauth.mfa.base.views import IndexView
from django.conf import settings

from faden.doors import session


class SecondFactorView(IndexView):
    """allauth's overview, knowing whether a factor is compulsory and whether this session has shown it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds both."""
        return {
            **super().get_context_data(**kwargs),
            "is_compulsory": settings.FADEN_SECOND_FACTOR,
            "is_missing": session.lacks_second_factor(self.request),
        }


index = SecondFactorView.as_view()
