"""Answers that are files: attachments, and the pages that we drew; never a page of the browser's own."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# A file is data, not a page of ours: nothing in it may run, load or be framed, whatever it is.
FILE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def attachment(content: bytes, *, kind: str, name: str) -> HttpResponse:
    """Bytes to be kept, never shown in the browser."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=kind, headers={**FILE_HEADERS, "Content-Disposition": disposition})


def picture(jpeg: bytes) -> HttpResponse:
    """A page as we drew it."""
    return HttpResponse(jpeg, content_type="image/jpeg", headers=FILE_HEADERS)
