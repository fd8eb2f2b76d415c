"""Log lines: JSON, one event a line, with names of personal fields dropped before they are written."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

#: Keys that must never reach a log, whatever a caller passes.
PERSONAL_KEYS = frozenset(
    {"name", "person", "id_number", "phone", "email", "address", "answers", "password", "token", "body"}
)


def drop_personal(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Structlog processor: remove personal keys."""
    for key in PERSONAL_KEYS & event.keys():
        event[key] = "[dropped]"
    return event


def configure() -> None:
    """Set structlog up: JSON on standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            drop_personal,
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
