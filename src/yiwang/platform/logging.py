"""Log lines: JSON, one event a line, without anything that a person typed.

Personal fields are dropped by name. An exception is told by its kind and the places it came through: its
message and the values around it quote what was typed, and a database quotes whole rows. Django's lines
about a request name the route instead of the address, in which case numbers and codes of licences stand.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from types import TracebackType
from typing import Any

import structlog

from yiwang.kernel.errors import YiwangError

#: Keys that must never reach a log, whatever a caller passes.
PERSONAL_KEYS = frozenset(
    {"name", "person", "id_number", "phone", "email", "address", "answers", "password", "token", "body"}
)
_MOST_PLACES = 30
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def drop_personal(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Structlog processor: remove personal keys."""
    for key in PERSONAL_KEYS & event.keys():
        event[key] = "[dropped]"
    return event


def told(exc_info: ExcInfo) -> list[dict[str, Any]]:
    """An exception and what led to it, the last first: kind, code, and ``file:line function`` inside out."""
    return [_told(error) for error in _chain(exc_info[1])]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> dict[str, Any]:
    kind = type(error)
    places = traceback.extract_tb(error.__traceback__)[-_MOST_PLACES:]
    found: dict[str, Any] = {
        "kind": f"{kind.__module__}.{kind.__qualname__}",
        "at": [f"{place.filename}:{place.lineno} {place.name}" for place in reversed(places)],
    }
    if isinstance(error, YiwangError):
        found["code"] = error.code
    if isinstance(error, OSError) and error.errno is not None:
        found["errno"] = error.errno
    sqlstate = getattr(error, "sqlstate", None)
    if isinstance(sqlstate, str):
        found["sqlstate"] = sqlstate
        found["constraint"] = getattr(getattr(error, "diag", None), "constraint_name", None)
    return found


class WithoutAddress(logging.Filter):
    """Django's lines about a request: what happened and the route, never the address or its query."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; nothing is left out."""
        request = getattr(record, "request", None)
        if request is not None or record.name.startswith("django.security"):
            match = getattr(request, "resolver_match", None)
            status = getattr(record, "status_code", "-")
            record.msg = f"{status} on {match.route if match else '-'}"
            record.args = None
        return True


def configure() -> None:
    """Set structlog up: JSON on standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            drop_personal,
            structlog.processors.ExceptionRenderer(told),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def django_logging() -> dict[str, Any]:
    """The setting LOGGING: lines of Django and of libraries in the same form."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_address": {"()": WithoutAddress}},
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.ExceptionRenderer(told),
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
                "foreign_pre_chain": [
                    structlog.contextvars.merge_contextvars,
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                    structlog.processors.TimeStamper(fmt="iso", utc=True),
                ],
            }
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "filters": ["without_address"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
    }
