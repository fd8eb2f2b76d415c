"""What a study needs before it is made: its layers as a reader sees them, and that it is not too much."""

from __future__ import annotations

import math
from dataclasses import dataclass

from psycopg import sql

from yiwang.kernel.degrees import ABOUT_A_DEGREE
from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import StudyAsked, StudyIsLong, StudyRefused
from yiwang.maps.analysis.queries.study_statements import FIGURES, IN_CELLS, SUMS, inside_of
from yiwang.maps.printing.rules.papers import zone_of
from yiwang.maps.queries.features import Box, extent_of
from yiwang.maps.queries.layers import ReadLayer, read_layers
from yiwang.platform.contracts import Actor
from yiwang.platform.sql import fetch_within
from yiwang.registers.definitions import NUMERIC, FieldKind

#: Entries that a study begins with in the background, and cells that it draws.
MOST_LONG, MOST_CELLS = 1_000_000, 2_500
#: What can be made of parts of a layer: the whole is put together of them.
IN_PARTS = frozenset(
    {"near", "nearest", "intersection", "difference", "counts", "total", "cells", "hot_spots"}
)
_MOST_MILLISECONDS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A study that can be made; ``box`` is None where the reader sees nothing of the layer."""

    asked: StudyAsked
    title: Text
    figures: tuple[str, ...]
    measured: Text | None
    studied: ReadLayer
    other: ReadLayer | None
    box: Box | None
    params: dict[str, object]

    @property
    def mark(self) -> str:
        """Under which definitions and rights it would be made."""
        return " ".join(each.mark for each in (self.studied, self.other) if each)


def read_for(actor: Actor | None, asked: StudyAsked) -> tuple[ReadLayer, ReadLayer | None]:
    """The layers of a study as a reader sees them.

    Raises:
        LayerNotFound: one is not there, or not for this reader.
    """
    codes = list(dict.fromkeys(each for each in (asked.layer, asked.other) if each))
    read = {each.layer.code: each for each in read_layers(actor, codes)}
    return read[asked.layer], read.get(asked.other)


def prepare(studied: ReadLayer, other: ReadLayer | None, asked: StudyAsked, *, most: int) -> Prepared:
    """See that a study can be made of at most so many entries.

    Raises:
        StudyRefused: too much, or shapes that the method does not fit.
        StudyIsLong: too much to wait for; it can be made in the background.
        TimeLimitReached
    """
    _fits(asked, studied, other)
    box = extent_of(studied)
    found = Prepared(
        asked=asked,
        title=Text(
            f"{studied.layer.title.zh}" + (f"与{other.layer.title.zh}" if other else ""),
            f"{studied.layer.title.en}" + (f" and {other.layer.title.en}" if other else ""),
        ),
        figures=FIGURES[asked.method] + (SUMS if asked.measured else ()),
        measured=studied.drawn.definition.get(asked.measured).title if asked.measured else None,
        studied=studied,
        other=other,
        box=box,
        params=_params(asked, box) if box else {},
    )
    if box is not None:
        _refuse_too_much(found, box, most)
    return found


def measurable(read: ReadLayer) -> tuple[str, ...]:
    """Number fields that a layer shows this reader as they are."""
    return tuple(
        field.name
        for field in read.drawn.definition.fields
        if field.kind in NUMERIC and field.name in read.drawn.clear and field.name in read.seen
    )


def _fits(asked: StudyAsked, studied: ReadLayer, other: ReadLayer | None) -> None:
    method = asked.method
    if asked.measured and asked.measured not in measurable(studied):
        raise StudyRefused(
            reason="该图层没有您能查看的这个数值字段",
            reason_en="the layer has no such number that you may see",
            field="measured",
        )
    if method == "counts" and other is not None and other.drawn.shape.kind is not FieldKind.AREA:
        raise StudyRefused(
            reason="分区统计的分区须是面图层",
            reason_en="zones are areas: choose a layer of areas",
            field="other",
        )
    if method == "walk" and other is not None and other.drawn.shape.kind is not FieldKind.PATH:
        raise StudyRefused(
            reason="步行沿线图层，请选道路", reason_en="one walks along lines: choose roads", field="other"
        )
    if method == "difference" and studied.drawn.shape.kind is FieldKind.POINT:
        raise StudyRefused(
            reason="点没有可以减去的部分，请选线或面图层",
            reason_en="nothing can be taken from a point: choose a layer of lines or areas",
        )


def _params(asked: StudyAsked, box: Box) -> dict[str, object]:
    return {
        "epsg": zone_of((box[0] + box[2]) / 2)[1],
        "metres": asked.metres,
        "area": asked.area or None,
    }


def refuse_crossed(area: str) -> None:
    """See that a drawn area is one; an empty text is everything.

    Raises:
        StudyRefused: its border crosses itself.
    """
    judged = "SELECT coalesce(ST_IsValid(ST_GeomFromText(%(area)s, 4490)), true)"
    ((valid,),) = fetch_within(_MOST_MILLISECONDS, [(judged, {"area": area or None})])[0]
    if not valid:
        raise StudyRefused(
            reason="画出的范围自相交", reason_en="the border of the drawn area crosses itself", field="area"
        )


def _refuse_too_much(found: Prepared, box: Box, most: int) -> None:
    """Before the statement itself: whether the drawn area is one, how many cells, how many entries."""
    asked, drawn = found.asked, found.studied.drawn
    refuse_crossed(asked.area)
    if asked.method in IN_CELLS and asked.metres and _cells_in(asked, box) > MOST_CELLS:
        raise StudyRefused(
            reason=f"格网超过{MOST_CELLS:,}格，请加大边长或缩小范围",
            reason_en=f"more than {MOST_CELLS:,} cells; make them larger or draw a smaller area",
            field="metres",
        )
    bound = MOST_LONG if asked.method in IN_PARTS else most
    counted = sql.SQL(
        "SELECT count(*) FROM (SELECT 1 FROM {relation} WHERE {condition}{inside} LIMIT {most}) f"
    ).format(
        relation=drawn.relation,
        condition=drawn.condition,
        inside=inside_of(found.studied, asked),
        most=sql.Literal(bound + 1),
    )
    ((many,),) = fetch_within(_MOST_MILLISECONDS, [(counted.as_string(), found.params)])[0]
    if int(str(many)) > bound:
        raise StudyRefused(
            reason=f"图层的登记项超过{bound:,}个，请画出较小的范围",
            reason_en=f"the layer has more than {bound:,} entries there; draw a smaller area",
            field="area",
        )
    if int(str(many)) > most:
        raise StudyIsLong(
            reason=f"图层在此有{many:,}个登记项，超过{most:,}个，请转为后台分析",
            reason_en=f"the layer has {many:,} entries there, more than {most:,}: "
            "have it made in the background",
            field="area",
        )


def _cells_in(asked: StudyAsked, box: Box) -> float:
    """At most so many squares cover the box, or the box of what was drawn."""
    west, south, east, north = _box_of(asked.area) if asked.area else box
    across = (east - west) * ABOUT_A_DEGREE * math.cos(math.radians(min(abs(south), abs(north))))
    side = asked.metres or 1
    return (across / side + 1) * ((north - south) * ABOUT_A_DEGREE / side + 1)


def _box_of(area: str) -> Box:
    places = [pair.split() for pair in area.removeprefix("POLYGON((").removesuffix("))").split(", ")]
    easts, norths = [float(east) for east, _ in places], [float(north) for _, north in places]
    return min(easts), min(norths), max(easts), max(norths)
