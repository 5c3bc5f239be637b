"""Mail out of the house: the address of the server comes as one URL."""

from collections.abc import Sequence
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage


class ConfiguredBackend(BaseEmailBackend):
    """Chooses by FADEN_MAIL_URL: console://, memory://, file:///folder, smtp://user:pass@host:587."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hand the messages to the configured way; returns how many were sent."""
        return connection_for(settings.FADEN.mail_url).send_messages(email_messages) or 0


def connection_for(url: str) -> BaseEmailBackend:
    """The backend for one mail URL; ?tls=1 and ?ssl=1 are understood for smtp."""
    parts = urlsplit(url)
    base = "django.core.mail.backends"
    if parts.scheme == "memory":
        return get_connection(f"{base}.locmem.EmailBackend")
    if parts.scheme == "file":
        return get_connection(f"{base}.filebased.EmailBackend", file_path=unquote(parts.path))
    if parts.scheme != "smtp":
        return get_connection(f"{base}.console.EmailBackend")
    options = parse_qs(parts.query)
    return get_connection(
        f"{base}.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or 25,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls="tls" in options,
        use_ssl="ssl" in options,
        timeout=20,
    )


def send_plain(subject: str, words: str, *, to: str) -> None:
    """One letter in plain words, without an attachment; raises when the server does not take it."""
    EmailMessage(subject, f"{words}\n", to=[to]).send()
