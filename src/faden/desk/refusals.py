"""The refusals of all audiences, under the name the settings know."""

from faden.doors.refusals import bad_request, csrf_failed, forbidden, not_found

__all__ = ["bad_request", "csrf_failed", "forbidden", "not_found"]
