"""Values in the form in which FEEL would write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from yiwang.kernel.feel import temporal
from yiwang.kernel.feel.values import Function, Range, Run, Value, YearsMonths, adapt

_PLAIN_KEY = re.compile(r"[^\W\d]\w*")


def write_number(number: Decimal) -> str:
    """Digits without an exponent and without needless zeros: 1.50 is 1.5."""
    plain = f"{number:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain


def quote(text: str) -> str:
    """A text as a string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def key(name: str) -> str:
    """A context's key, quoted where it must be."""
    return name if _PLAIN_KEY.fullmatch(name) else quote(name)


def write(value: Value, run: Run) -> str:
    """Any value as text; a text within a list or context is quoted."""
    run.spend(1)
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return write_number(value)
        case str():
            return quote(value)
        case datetime():
            return temporal.write_moment(value)
        case date():
            return value.isoformat()
        case time():
            return temporal.write_time(value)
        case timedelta() | YearsMonths():
            return temporal.write_duration(value)
        case _:
            return _write_composed(value, run)


def _write_composed(value: Value, run: Run) -> str:
    match value:
        case list():
            return run.text(f"[{', '.join(write(adapt(member, run), run) for member in value)}]")
        case dict():
            entries = (f"{key(name)}: {write(adapt(member, run), run)}" for name, member in value.items())
            return run.text(f"{{{', '.join(entries)}}}")
        case Range():
            opening = "[" if value.includes_start else "("
            closing = "]" if value.includes_end else ")"
            return f"{opening}{write(value.start, run)}..{write(value.end, run)}{closing}"
        case Function():
            return f"function({', '.join(value.parameters)})"
        case _:
            raise AssertionError(type(value))
