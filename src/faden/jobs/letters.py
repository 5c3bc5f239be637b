"""A letter to a colleague: that something waits for her here, and nothing else. A mailbox is no file."""

from django.conf import settings
from django.utils import translation

from faden.outside import mail


def send(subject: object, words: object, *, to: str) -> None:
    """Outside any transaction, in German: a job has no reader whose language could be asked. Without an address none."""
    if not to:
        return
    with translation.override("de"):
        subject, text = str(subject), str(words) % {"product": settings.FADEN.product}
    mail.send_plain(subject, text, to=to)
