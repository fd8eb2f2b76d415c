"""Form controls: what a page needs to know to ask one question, and how its answer comes back.

A ``Control`` is rendered by ``{% question control %}``; ``raw_answer`` reads the same control's answer from
a submitted form, unparsed, so that a wrong answer can be shown again as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

from django.http import QueryDict

from yiwang.kernel.text import Text

Words = Text | Mapping[str, str] | str
#: What a form sent for a field, as it was typed.
Typed = str | Sequence[str] | Mapping[str, str] | None
RADIO_LIMIT = 7

KINDS = (
    "text",
    "long_text",
    "integer",
    "decimal",
    "money",
    "date",
    "yes_no",
    "choice",
    "choices",
    "id_number",
    "credit_code",
    "phone",
    "email",
    "address",
    "area",
    "division",
    "industry",
    "postcode",
    "file",
    "group",
)
DATE_PARTS = ("year", "month", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to choose; ``group`` heads a block of a long list (a district over its streets)."""

    value: str
    label: Words
    hint: Words = ""
    group: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that was sent before; ``key`` comes back in ``<name>-remove`` when it is to go."""

    key: str
    name: str
    size: int = 0
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One question as it is asked.

    value: words as typed; a date or ``{year, month, day}``; a list for ``choices``; ``{division, detail}``
    for ``address``; a list of StoredFile for ``file``; unused for ``group``, whose ``children`` carry theirs.
    suggest: of an address, where lines for the typed come from. places: the standard addresses of which
    ``place`` is chosen for ``places_for``, the text that was typed.
    ground: of an ``area``, HTML of the map on which it can be drawn.
    width: rough number of characters (4, 8, 16, 24, 40). heading: the label is the page's first heading.
    compact: short options stand in columns, each with its hint on the same line.
    """

    kind: str
    name: str
    label: Words
    hint: Words = ""
    value: object = None
    errors: Sequence[Words] = ()
    options: Sequence[Option | Mapping[str, object]] = ()
    unit: Words = ""
    autocomplete: str = ""
    required: bool = True
    readonly: bool = False
    heading: bool = False
    compact: bool = False
    width: int = 0
    rows: int = 5
    max_length: int = 0
    accept: Sequence[str] = ()
    max_bytes: int = 0
    multiple: bool = False
    source: Words = ""
    suggest: str = ""
    ground: str = ""
    places: Sequence[Option] = ()
    places_for: str = ""
    place: str = ""
    children: Sequence[Control | Mapping[str, object]] = field(default=())

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: {self.kind!r} is no kind of question; known: {', '.join(KINDS)}")

    @property
    def anchor(self) -> str:
        """The id of what an error summary links to: the first field of this question."""
        stem = "q-" + self.name.replace(".", "-")
        if self.kind == "date":
            return f"{stem}-year"
        if self.kind == "address":
            if self.places and not self.errors:
                return f"{stem}-place-1"
            return f"{stem}-division" if self.options else f"{stem}-detail"
        if self.kind in {"choices", "yes_no"} or (self.kind == "choice" and len(self.options) <= RADIO_LIMIT):
            return f"{stem}-1"
        return stem


def control_from(source: Control | Mapping[str, object]) -> Control:
    """Give a Control, also from a dictionary with the same keys; an unknown key is refused."""
    if isinstance(source, Control):
        return source
    known = {part.name for part in fields(Control)}
    unknown = set(source) - known
    if unknown:
        raise ValueError(f"a control has no {', '.join(sorted(unknown))}")
    return Control(**source)  # type: ignore[arg-type]  # the dataclass checks its kind, the page its words


def anchors_of(controls: Iterable[Control | Mapping[str, object]]) -> dict[str, str]:
    """What an error summary links to, by the name of each control and of those within groups."""
    found: dict[str, str] = {}
    for control in map(control_from, controls):
        found[control.name] = f"#{control.anchor}"
        found |= anchors_of(control.children)
    return found


def option_from(source: Option | Mapping[str, object]) -> Option:
    """Give an Option, also from a dictionary with the same keys."""
    if isinstance(source, Option):
        return source
    return Option(**source)  # type: ignore[arg-type]


def date_parts(value: object) -> dict[str, str]:
    """Give year, month and day as three texts: from a date, an ISO text, or the parts as typed."""
    if isinstance(value, date):
        return {"year": str(value.year), "month": str(value.month), "day": str(value.day)}
    if isinstance(value, Mapping):
        return {part: str(value.get(part, "")) for part in DATE_PARTS}
    if isinstance(value, str) and value.count("-") == 2:
        year, month, day = value.split("-")
        return {"year": year, "month": month.lstrip("0"), "day": day.lstrip("0")}
    return dict.fromkeys(DATE_PARTS, "")


def sent_date(data: Mapping[str, object], name: str) -> dict[str, str]:
    """Year, month and day of a question as a form sent them."""
    return {part: str(data.get(f"{name}-{part}", "")).strip() for part in DATE_PARTS}


def typed_date(parts: Mapping[str, str]) -> str | None:
    """Year, month and day as typed, in ISO form; what is no date stays no date."""
    year, month, day = (parts[name] for name in DATE_PARTS)
    return f"{year:0>4}-{month:0>2}-{day:0>2}" if year or month or day else None


def sent_day(data: Mapping[str, object], name: str) -> date | None:
    """The day that a form sent for a question; None where there is no such day."""
    try:
        year, month, day = (int(part) for part in sent_date(data, name).values())
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def picked_place(name: str, data: QueryDict) -> tuple[str, str]:
    """Which standard address was chosen for an address question, and for which text; empty for none."""
    return data.get(f"{name}-place", ""), data.get(f"{name}-place-for", "").strip()


def raw_answer(kind: str, name: str, data: QueryDict) -> str | list[str] | dict[str, str]:
    """Read what a form sent for a question, as typed, without white space at the ends.

    Text for most kinds, a list for ``choices``, ``{year, month, day}`` for ``date``,
    ``{division, detail}`` for ``address``. Files come in ``request.FILES.getlist(name)``.
    """
    if kind == "choices":
        return data.getlist(name)
    if kind == "date":
        return sent_date(data, name)
    if kind == "address":
        return {part: data.get(f"{name}-{part}", "").strip() for part in ("division", "detail")}
    return data.get(name, "").strip()
