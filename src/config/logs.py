"""JSON logs without personal data: no query strings, no bodies, no values."""

import re
import sys
import traceback
from pathlib import Path

import structlog
from structlog.typing import EventDict, Processor

# Keys that libraries add and that name a person or what she typed.
# What opens something when it is known: tokens of invitations and resets, but not the ids of rows.
_SECRET_SEGMENT = re.compile(r"/(?![0-9a-f]{8}-[0-9a-f]{4}-)[\w:.=-]{20,}")
_FORBIDDEN = ("user_agent", "ip", "query", "email", "username", "params", "sql")


def _impersonal(_logger: object, _name: str, event: EventDict) -> EventDict:
    for name in ("request", "event"):
        if name in event:
            event[name] = _SECRET_SEGMENT.sub("/…", str(event[name]).split("?")[0])
    return {key: value for key, value in event.items() if key not in _FORBIDDEN}


def _frames_only(_logger: object, _name: str, event: EventDict) -> EventDict:
    """Type and places of an exception, never its message: a failed INSERT quotes what it would have written."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        frames = traceback.extract_tb(error.__traceback__)[-8:]
        event["frames"] = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
    return event


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    _impersonal,
    _frames_only,
]

structlog.configure(
    processors=[
        *_SHARED,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": _SHARED,
        }
    },
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {
        "faden": {"level": "INFO"},
        "django_structlog": {"level": "INFO"},
        # Its messages carry the failing SQL's values.
        "django.db.backends": {"level": "CRITICAL"},
        "procrastinate": {"level": "WARNING"},
    },
}
