"""What a layer of cases begins as: open cases or all, coloured by phase, time limit or item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yiwang.kernel.text import Text
from yiwang.maps.making.rules.palettes import apart
from yiwang.platform.contracts import Json
from yiwang.registers.definitions import FieldDefinition, RegisterDefinition

#: Fields by which cases are coloured at first; any other with a code list can be chosen on the draft.
COLOURED_BY = ("phase", "light", "item")
_FIELDS = ("number", "phase", "light", "opened_on", "due", "organisation")
#: Colours that mean the same on every layer of cases; lights keep apart for who sees colours badly.
_SHADES: Mapping[str, Mapping[str, str]] = {
    "phase": {
        "received": "#ffbf47",
        "accepted": "#5694ca",
        "in_review": "#1d70b8",
        "supplement": "#f47738",
        "stopped": "#912b88",
        "decided": "#00703c",
        "closed": "#505a5f",
        "withdrawn": "#b1b4b6",
        "refused_acceptance": "#942514",
        "lapsed": "#6f4a1b",
    },
    "light": {
        "none": "#b1b4b6",
        "green": "#009e73",
        "warned": "#56b4e9",
        "yellow": "#f0c000",
        "red": "#b10e1e",
        "stopped": "#912b88",
    },
}
_OVER = frozenset({"closed", "withdrawn", "refused_acceptance", "lapsed"})


def beginning_of_cases(
    code: str,
    items: Sequence[str],
    described: RegisterDefinition,
    *,
    coloured_by: str,
    only_open: bool,
    title: Text,
    summary: Text,
    group: Text,
) -> dict[str, Json]:
    """A whole definition; ``described`` are the fields of cases, ``coloured_by`` one of ``COLOURED_BY``."""
    by = described.get(coloured_by)
    shown = [*_FIELDS[:1], *(["item"] if len(items) > 1 or coloured_by == "item" else []), *_FIELDS[1:]]
    return {
        "code": code,
        "title": {**title.as_dict()},
        "summary": {**summary.as_dict()},
        "group": {**group.as_dict()},
        "cases": [*items],
        "audience": {"kind": "officers"},
        "only": [{"field": "open", "values": ["true"]}] if only_open else [],
        "fields": [{"name": name} for name in shown],
        "style": {
            "draw": "categories",
            "field": by.name,
            "values": [
                each
                for each in shades_of(by)
                if not (only_open and by.name == "phase" and each["value"] in _OVER)
            ],
            "line_colour": "#ffffff",
            "width": 6,
            "opacity": 0.9,
        },
        "labels": {"field": "number", "from_zoom": 15, "size": 12},
    }


def shades_of(field: FieldDefinition) -> list[dict[str, Json]]:
    """A colour for each code of a field of cases: what it always has there, else proposed ones."""
    codes = [each.code for each in field.codes]
    known = _SHADES.get(field.name) or dict(zip(codes, apart(len(codes)), strict=True))
    return [{"value": code, "colour": known[code]} for code in codes]
