"""After signing out the back button must not show a client, a search or a recovery code."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def not_kept(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tells browsers to keep no page, whoever answered: a door, the sign-in, a refusal.

    Only the directory as data is nobody's: its door says itself how long it may be kept.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "no-store" not in response.headers.get("Cache-Control", "") and not getattr(response, "is_open_data", False):
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return answered
