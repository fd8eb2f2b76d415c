"""Values of FEEL as JSON: what cases keep in their rows."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from yiwang.kernel.feel.values import Function, Run, Value
from yiwang.kernel.feel.written import write

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def as_json(value: Value) -> Json:
    """A value that ``evaluate`` gave: whole numbers int, others float, dates and durations ISO 8601."""
    match value:
        case None | bool() | str():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case list():
            return [as_json(member) for member in value]
        case dict():
            return {key: as_json(member) for key, member in value.items()}
        case Function():
            return None
        case _:
            return write(value, Run(None))
