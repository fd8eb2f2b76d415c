"""What follows of what lies in the ground: how close a pipe is, whom to ask, what is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import Owner, Part, PipeFound, Verdict

#: Metres beside the ground within which a pipe counts as near.
NEAR = 5.0
#: How many of each part are listed.
MOST_PIPES, MOST_OPENINGS, MOST_OWNERS = 300, 50, 1_000
#: Metres that a recorded depth may err (CJJ 61: detected depths err by a tenth and more).
_DOUBT = 0.5

_CUT: dict[Part, Text] = {
    "pipes": Text(
        f"管线太多，只列出最近的{MOST_PIPES}段，请缩小范围再查。",
        f"Too many pipes: the nearest {MOST_PIPES} are listed; check less ground.",
    ),
    "openings": Text(
        f"附近的道路开挖太多，只列出{MOST_OPENINGS}处：先列工期重叠的，再由近及远。请缩小范围再查。",
        f"Too many openings of roads near by: {MOST_OPENINGS} are listed, those that overlap in time first, "
        "then the nearest; check less ground.",
    ),
    "owners": Text(
        f"权属单位太多，只查阅了{MOST_OWNERS}家，其余的未列入应征询的单位。",
        f"Too many owners: {MOST_OWNERS} were read; others are not among those to ask.",
    ),
}


def judge(inside: float, depths: Sequence[float | None], dug: Decimal) -> Verdict:
    """How a pipe stands to a dig of some depth; the shallower known end counts, and a doubt beside it."""
    known = [each for each in depths if each is not None]
    if inside <= 0:
        return "near"
    if not known:
        return "unknown"
    return "hit" if min(known) - _DOUBT <= float(dug) else "below"


def to_ask(pipes: Sequence[PipeFound], owners: Sequence[Owner]) -> tuple[Owner, ...]:
    """Owners of what was found, and those whose pipes are not all known; each once, found ones first."""
    found = {pipe.owner for pipe in pipes}
    first = [owner for owner in owners if owner.code in found]
    return (*first, *(owner for owner in owners if owner.code not in found and owner.sharing != "full"))


def unknown(
    pipes: Sequence[PipeFound],
    owners: Sequence[Owner],
    *,
    is_whole: bool,
    all_openings: bool,
    cut: Collection[Part],
) -> Iterator[Text]:
    """What the check can't tell, in words."""
    yield from (_CUT[part] for part in _CUT if part in cut)
    if not is_whole:
        yield Text(
            "您所在单位只能查阅本单位提供的管线，其他单位的管线未列入本次核查。",
            "Your organisation reads only the pipes that it brought itself; others are not in this check.",
        )
    if not all_openings:
        yield Text(
            "有的道路开挖计划您所在单位不能全部查阅，可能还有未列出的开挖。",
            "Your organisation doesn't read all plans of road openings; there may be more than are listed.",
        )
    for owner in owners:
        if owner.sharing == "none":
            yield Text(
                f"{owner.name.zh}未共享数据：其管线在何处，平台不掌握，须书面征询。",
                f"{owner.name.en} shares nothing: where its pipes lie is not known here; ask in writing.",
            )
        if owner.sharing == "partial":
            yield Text(
                f"{owner.name.zh}只共享了部分管线，此处可能还有未登记的管线。",
                f"{owner.name.en} shares some of its pipes only; there may be more here than are recorded.",
            )
    missing = sum(1 for pipe in pipes if pipe.depth_from is None and pipe.depth_to is None)
    if missing:
        yield Text(f"有{missing}段管线没有埋深记录。", f"{missing} pieces of pipe have no recorded depth.")
    yield Text(
        "登记的位置和埋深有误差，动土前须现场探测并请权属单位到场交底。",
        "Recorded places and depths err: detect them on site, with the owners present, before digging.",
    )
