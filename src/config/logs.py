"""JSON logs without personal data: no query strings, no bodies, no values."""

import structlog

# Keys that libraries add and that name a person or what she typed.
_FORBIDDEN = ("user_agent", "ip", "query", "email", "username", "params", "sql")


def _impersonal(_logger: object, _name: str, event: dict[str, object]) -> dict[str, object]:
    request = str(event.get("request", ""))
    if "?" in request:
        event["request"] = request.split("?")[0]
    return {key: value for key, value in event.items() if key not in _FORBIDDEN}


_SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    _impersonal,
]

structlog.configure(
    processors=[
        *_SHARED,
        structlog.processors.format_exc_info,
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
