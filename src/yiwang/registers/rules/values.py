"""Values as they come from a form or from JSON, as the text that the database checks and casts."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

from yiwang.platform.contracts import Json

Value = Json | Decimal | date | datetime


def as_text(value: Value) -> str | None:
    """Give the text form; None for nothing.

    >>> as_text(True), as_text(" 440103 "), as_text({"lon": 113.26, "lat": 23.13}), as_text("")
    ('true', '440103', '113.26 23.13', None)
    """
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case str():
            text = value.strip().replace("\x00", "\ufffd")
        case date():
            text = value.isoformat()
        case float() | Decimal():
            text = format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
        case {"lon": int() | float() as longitude, "lat": int() | float() as latitude, **rest} if not rest:
            text = f"{as_text(longitude)} {as_text(latitude)}"
        case dict() | list():
            text = json.dumps(value, ensure_ascii=False)
        case _:
            text = str(value)
    return text or None
