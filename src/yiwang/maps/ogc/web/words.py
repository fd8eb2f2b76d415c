"""Values of a feature as people read them, on the pages that stand beside the files for programs."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import JsonValue

from yiwang.identity.api import division_names
from yiwang.kernel.text import Text
from yiwang.platform.web import wording
from yiwang.registers.api import worded
from yiwang.registers.definitions import NUMERIC, FieldKind, RegisterDefinition


def value_in_words(definition: RegisterDefinition, name: str, value: JsonValue) -> object:
    """Days and moments as people write them, divisions by name, numbers with separators, codes in words."""
    kind = definition.get(name).kind
    if not isinstance(value, str):
        return (
            wording.number(value)
            if kind in NUMERIC and value is not None
            else worded(definition, name, value)
        )
    match kind:
        case FieldKind.DATE:
            return wording.day_pair(date.fromisoformat(value))
        case FieldKind.MOMENT:
            return wording.moment(datetime.fromisoformat(value))
        case FieldKind.DIVISION if value in division_names():
            found = division_names()[value]
            return Text(f"{found.zh}（{value}）", f"{found.en} ({value})")
        case _ if kind in NUMERIC:
            return wording.number(value)
        case _:
            return worded(definition, name, value)
