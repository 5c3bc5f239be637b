"""A letter to a colleague: that something waits for her here, and nothing else. A mailbox is no file."""

import procrastinate
from django.conf import settings
from django.utils import translation

from faden.outside import mail

# Waits 4, 16, 64 … seconds: ten attempts are more than three days.
AGAIN = procrastinate.RetryStrategy(max_attempts=10, exponential_wait=4)


def send(subject: object, words: object, *, to: str) -> None:
    """Outside any transaction, in German: a job has no reader whose language could be asked. Without an address none."""
    if not to:
        return
    with translation.override("de"):
        subject, text = str(subject), str(words) % {"product": settings.FADEN.product}
    mail.send_plain(subject, text, to=to)
