"""Mail to people with an account, or invited to one: a link, nothing about anybody."""

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

log = structlog.get_logger("faden.letters")


def send(template: str, address: str, context: dict[str, object]) -> None:
    """Send one after the transaction; a mail server that is down is logged, not shown."""
    words = {**context, "product": settings.FADEN.product}
    subject, _blank, body = render_to_string(f"desk/letters/{template}.txt", words).strip().partition("\n")
    try:
        EmailMessage(subject.strip(), body.strip() + "\n", to=[address]).send()
    except OSError as problem:
        log.error("mail.not_sent", template=template, problem=type(problem).__name__)
