"""The text of an item as blocks, and how officers write them: ``# `` begins a heading, ``|`` parts cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

BlockKind = Literal["heading", "paragraph", "point", "table"]
_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
MOST_BLOCKS = 5_000
MOST_TEXT = 400_000
_HEADING, _POINT, _CELL = "# ", "- ", "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block; a table is a line a row, cells parted by ``|``."""

    kind: BlockKind
    text: str


def blocks_of(written: str) -> tuple[Block, ...]:
    """Read what was written; an empty line ends a paragraph or a table."""
    found: list[Block] = []
    fresh = True
    for raw in written.replace("\r\n", "\n").split("\n"):
        line = raw.strip()
        if not line:
            fresh = True
            continue
        kind, text = _kind_of(line)
        last = found[-1] if found and not fresh else None
        if kind in {"paragraph", "table"} and last is not None and last.kind == kind:
            found[-1] = Block(kind=kind, text=f"{last.text}\n{text}")
        else:
            found.append(Block(kind=kind, text=text))
        fresh = False
    return tuple(found)


def written(blocks: Iterable[Block]) -> str:
    """The text from which ``blocks_of`` reads these blocks."""
    marks = {"heading": _HEADING, "point": _POINT}
    return "\n\n".join(f"{marks.get(block.kind, '')}{block.text}" for block in blocks)


def stored(blocks: Iterable[Block]) -> list[dict[str, str]]:
    """Blocks as the database keeps them."""
    return [{"kind": block.kind, "text": block.text} for block in blocks]


def from_stored(kept: Iterable[object]) -> tuple[Block, ...]:
    """Blocks as they were kept; what is of no known kind is left out."""
    return tuple(
        Block(kind=kind, text=str(one.get("text", "")))
        for one in kept
        if isinstance(one, dict)
        for kind in _KINDS
        if one.get("kind") == kind
    )


def plain(blocks: Iterable[Block]) -> str:
    """The words alone, a block a line."""
    return "\n".join(block.text for block in blocks)


def cells(text: str) -> list[list[str]]:
    """The rows of a table, all of the same number of cells."""
    rows = [[cell.strip() for cell in line.strip(" |").split(_CELL)] for line in text.splitlines()]
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def too_much(blocks: Sequence[Block]) -> bool:
    """Whether it is more than an item holds."""
    return len(blocks) > MOST_BLOCKS or sum(len(block.text) for block in blocks) > MOST_TEXT


def _kind_of(line: str) -> tuple[BlockKind, str]:
    if line.startswith(_HEADING):
        return "heading", line[len(_HEADING) :].strip()
    if line.startswith(_POINT):
        return "point", line[len(_POINT) :].strip()
    return ("table" if line.startswith(_CELL) else "paragraph"), line
