"""The body of a page as parts: from what a form or a file says to what is stored, and its faults.

Pure. What is stored is Wagtail's stream: ``[{"type": "paragraph", "value": "…"}, …]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

PartKind = Literal["heading", "paragraph", "picture", "table", "attachment"]
KINDS: tuple[PartKind, ...] = get_args(PartKind)
#: Characters that each may have.
LIMITS = {"heading": 100, "paragraph": 20_000, "table": 20_000, "alt": 200, "caption": 200}
MOST_PARTS = 200
_EMPTY = Text("请填写内容，或者移除这一段", "Write something, or take this part out")
_NO_FILE = Text("请选择一个文件", "Choose a file")
_TOO_LONG = Text("最多 {n} 字", "At most {n} characters")
_TOO_MANY = Text("一页最多 {n} 段", "A page has {n} parts at most")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: ``text`` of a heading, a paragraph, a table (a line a row, cells parted by ``|``)."""

    kind: PartKind
    text: str = ""
    file: int = 0
    alt: str = ""
    caption: str = ""


def as_stream(parts: Iterable[Part]) -> list[Json]:
    """Parts as they are stored."""
    return [{"type": part.kind, "value": _value(part)} for part in parts]


def from_stream(stream: Iterable[object]) -> tuple[Part, ...]:
    """Stored parts; what is of no known kind is left out."""
    return tuple(part for one in stream if (part := _part(one)) is not None)


def files_of(parts: Iterable[Part]) -> frozenset[int]:
    """The files that parts name."""
    return frozenset(part.file for part in parts if part.kind in {"picture", "attachment"} and part.file)


def rows_of(text: str) -> list[list[str]]:
    """The rows of a table, all of the same number of cells."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def faults(parts: Sequence[Part], path: str) -> Iterator[FieldProblem]:
    """What is too long to be kept, also in a draft."""
    if len(parts) > MOST_PARTS:
        yield FieldProblem(path, _TOO_MANY.fill(n=MOST_PARTS))
    for at, part in enumerate(parts):
        texts = {"text": part.text, "alt": part.alt, "caption": part.caption}
        for name, text in texts.items():
            limit = LIMITS.get(part.kind if name == "text" else name, LIMITS["paragraph"])
            if len(text) > limit:
                yield FieldProblem(f"{path}.{at}.{name}", _TOO_LONG.fill(n=limit))


def gaps(parts: Sequence[Part], path: str) -> Iterator[FieldProblem]:
    """What a body lacks to be published."""
    for at, part in enumerate(parts):
        if part.kind in {"heading", "paragraph", "table"} and not part.text.strip():
            yield FieldProblem(f"{path}.{at}.text", _EMPTY)
        if part.kind in {"picture", "attachment"} and not part.file:
            yield FieldProblem(f"{path}.{at}.file", _NO_FILE)


_ACT = re.compile(r"(add|up|down|drop):([a-z]+|\d{1,3})(?::(\d{1,3}))?")


def rearranged(parts: Sequence[Part], act: str) -> tuple[Part, ...]:
    """Parts after one act of the form: ``add:picture`` (at the end), ``up:2``, ``down:2``, ``drop:2``.

    An act that fits nothing changes nothing.
    """
    found, now = _ACT.fullmatch(act), list(parts)
    if found is None:
        return tuple(now)
    verb, what = found[1], found[2]
    if verb == "add":
        return (*now, *(Part(kind=kind) for kind in KINDS if kind == what))
    at = int(what) if what.isdigit() else len(now)
    if at >= len(now):
        return tuple(now)
    part = now.pop(at)
    if verb != "drop":
        now.insert(max(0, at - 1) if verb == "up" else at + 1, part)
    return tuple(now)


def trimmed(part: Part) -> Part:
    """A part without white space at its ends, with one kind of line end."""
    return replace(
        part,
        text=part.text.replace("\r\n", "\n").replace("\r", "\n").strip(),
        alt=part.alt.strip(),
        caption=part.caption.strip(),
    )


def _value(part: Part) -> Json:
    match part.kind:
        case "picture":
            return {"file": part.file or None, "alt": part.alt, "caption": part.caption}
        case "table":
            return {"caption": part.caption, "rows": part.text}
        case "attachment":
            return {"file": part.file or None, "caption": part.caption}
    return part.text


def _part(one: object) -> Part | None:
    if not isinstance(one, dict):
        return None
    value = one.get("value")
    for kind in KINDS:
        if one.get("type") == kind and isinstance(value, str):
            return Part(kind=kind, text=value)
        if one.get("type") == kind and isinstance(value, dict):
            file = value.get("file")
            return Part(
                kind=kind,
                text=str(value.get("rows") or ""),
                file=file if isinstance(file, int) else 0,
                alt=str(value.get("alt") or ""),
                caption=str(value.get("caption") or ""),
            )
    return None
