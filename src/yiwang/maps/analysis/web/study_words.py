"""A study in words: its questions, the columns of its table, its file and its shapes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence

from yiwang.kernel.text import Language, Text
from yiwang.maps.analysis.contracts import Method, Study
from yiwang.maps.analysis.queries.studies import SUMS, measurable
from yiwang.maps.analysis.rules.hot_spots import LIKELY, SURE
from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.contracts import Json
from yiwang.platform.web import wording
from yiwang.platform.web.controls import Control, Option

METHOD_WORDS: Mapping[Method, Text] = {
    "near": Text("邻近：离另一图层若干米以内的", "Near: what lies within some metres of another layer"),
    "nearest": Text("最近：每一个离另一图层最近的是哪个", "Nearest: of another layer, to each"),
    "buffer": Text("缓冲区：周围若干米，相连的合并", "Buffer: the ground within some metres, joined"),
    "walk": Text(
        "步行范围：沿线图层（道路）走若干米能到", "On foot: what is reached within some metres of roads"
    ),
    "intersection": Text("叠加：与另一图层重合的部分", "Overlay: what it shares with another layer"),
    "difference": Text("叠加：另一图层以外的部分", "Overlay: what lies outside another layer"),
    "counts": Text(
        "分区统计：另一图层的每个面里有多少", "Statistics: how much in each area of another layer"
    ),
    "total": Text("汇总：画出的范围（或全部）里有多少", "Totals: how much in the drawn area, or in all"),
    "cells": Text("密度：方格里有多少", "Density: how many in each square cell"),
    "hot_spots": Text("热点：哪里显著地多或少", "Hot spots: where there is more or less than chance (Gi*)"),
    "section": Text("管线横剖面：画出的线切到哪些管", "Section across pipes: what a drawn line cuts"),
    "along": Text(
        "管线纵剖面：沿相连的管从线的起点到终点",
        "Profile along pipes: the run from one end of a line to the other",
    ),
}
FIGURE_WORDS: Mapping[str, Text] = {
    "distance": Text("距离（米）", "Distance (m)"),
    "length": Text("长度（米）", "Length (m)"),
    "square_metres": Text("面积（平方米）", "Area (m²)"),
    "count": Text("个数", "Number"),
    "z_score": Text("z值", "z-score"),
    "sum": Text("合计", "Sum"),
    "mean": Text("平均", "Mean"),
    "least": Text("最小", "Least"),
    "greatest": Text("最大", "Greatest"),
    "depth": Text("管顶埋深（米）", "Depth of the top (m)"),
    "depth_end": Text("终点埋深（米）", "Depth at its end (m)"),
    "elevation": Text("管顶高程（米）", "Top of the pipe (m)"),
    "diameter": Text("管径（毫米）", "Diameter (mm)"),
}
#: Digits after the point; one where nothing is said.
_DIGITS: Mapping[str, int] = {
    "count": 0,
    "diameter": 0,
    "z_score": 2,
    **dict.fromkeys(SUMS, 2),
    "depth": 2,
    "depth_end": 2,
    "elevation": 2,
}
#: Rows on the page; the map and the files have all.
MOST_LISTED = 100
#: Hot and cold, surely or likely; every other cell is pale.
_HOT, _WARM, _COOL, _COLD, _PALE = "#b10e1e", "#f47738", "#5694ca", "#003078", "#b1b4b6"


def controls(
    said: Mapping[str, str], faults: Mapping[str, Text], layers: Sequence[ReadLayer]
) -> list[Control]:
    """The questions; which of them count hangs on the first."""

    def errors(name: str) -> tuple[Text, ...]:
        return (faults[name],) if name in faults else ()

    numbers = [
        Option(
            value=f"{each.layer.code}.{name}",
            label=Text(
                f"{each.layer.title.zh}：{each.drawn.definition.get(name).title.zh}",
                f"{each.layer.title.en}: {each.drawn.definition.get(name).title.en}",
            ),
        )
        for each in layers
        for name in measurable(each)
    ]
    options = [Option(value=each.layer.code, label=each.layer.title) for each in layers]
    methods = [Option(value=key, label=words) for key, words in METHOD_WORDS.items()]
    none = Option(value="", label=Text("（无）", "(none)"))
    return [
        Control(
            kind="choice",
            name="method",
            label=Text("做什么", "What to do"),
            value=said["method"] or "near",
            options=methods,
            errors=errors("method"),
        ),
        Control(
            kind="choice",
            name="layer",
            label=Text("图层", "Layer"),
            value=said["layer"],
            options=[none, *options],
            errors=errors("layer"),
        ),
        Control(
            kind="choice",
            name="other",
            label=Text("另一图层", "Another layer"),
            hint=Text("缓冲区、密度、热点和剖面不用", "Not for buffers, density, hot spots and profiles"),
            value=said["other"],
            options=[none, *options],
            required=False,
            errors=errors("other"),
        ),
        Control(
            kind="choice",
            name="measured",
            label=Text("汇总哪个数值", "Number to sum up"),
            hint=Text(
                "用于统计、汇总和密度：另给出合计、平均、最小、最大",
                "For statistics, totals and density: its sum, mean, least and greatest too",
            ),
            value=said["measured"],
            options=[none, *numbers],
            required=False,
            errors=errors("measured"),
        ),
        *_bounds(said, errors),
    ]


def _bounds(said: Mapping[str, str], errors: Callable[[str], tuple[Text, ...]]) -> list[Control]:
    """How far, and where."""
    return [
        Control(
            kind="text",
            name="metres",
            label=Text("距离，或方格边长", "Distance, or side of the cells"),
            hint=Text(
                "用于邻近、缓冲区、步行（每分钟约80米）、密度和热点",
                "For near, buffer, on foot (about 80 m a minute), density and hot spots",
            ),
            value=said["metres"],
            unit=Text("米", "m"),
            width=8,
            required=False,
            errors=errors("metres"),
        ),
        Control(
            kind="long_text",
            name="line",
            label=Text("剖面线", "Line of the profile"),
            hint=Text(
                "用于管线剖面：每行一点，经度,纬度，也可粘贴WKT线",
                "For profiles of pipes: a place a line, longitude,latitude, or paste a WKT line",
            ),
            rows=3,
            value=said["line"],
            required=False,
            errors=errors("line"),
        ),
        Control(
            kind="long_text",
            name="area",
            label=Text("范围", "Within"),
            hint=Text(
                "每行一个角点：经度,纬度（CGCS2000，度），也可粘贴WKT面；留空为全部。可在地图页用“画图”画出",
                "A corner a line: longitude,latitude (CGCS2000, degrees), or paste a WKT polygon; empty for "
                "everything. The map page’s tool “Draw” gives them",
            ),
            rows=3,
            value=said["area"],
            required=False,
            errors=errors("area"),
        ),
    ]


def title_controls(said: Mapping[str, str], faults: Mapping[str, Text]) -> list[Control]:
    """What the layer is called under which a result is kept."""
    labels = {
        "title_zh": Text("图层名称（中文）", "Title of the layer (Chinese)"),
        "title_en": Text("图层名称（英文）", "Title of the layer (English)"),
    }
    return [
        Control(
            kind="text",
            name=name,
            label=label,
            value=said[name],
            max_length=60,
            errors=(faults[name],) if name in faults else (),
        )
        for name, label in labels.items()
    ]


def table(study: Study) -> dict[str, object]:
    """Columns and rows; only columns that say something."""
    named, others = any(each.name for each in study.rows), any(each.other for each in study.rows)
    columns: list[dict[str, object]] = [{"key": "place", "label": Text("序号", "No."), "head": not named}]
    if named:
        columns.append({"key": "name", "label": Text("名称", "Name"), "head": True})
    if others:
        columns.append({"key": "other", "label": _other_head(study)})
    columns += [{"key": key, "label": _head(study, key), "numeric": True} for key in study.figures]
    rows = [
        {"place": str(place), "name": row.name, "other": row.other}
        | {key: _figure(key, row.figures.get(key)) for key in study.figures}
        for place, row in enumerate(study.rows[:MOST_LISTED], start=1)
    ]
    return {"columns": columns, "rows": rows}


def printed(study: Study, language: Language) -> tuple[list[str], list[list[str]]]:
    """Heads and cells as paper has them, of all rows."""
    heads = [Text("序号", "No."), Text("名称", "Name"), _other_head(study)]
    heads += [_head(study, key) for key in study.figures]
    rows = [
        [str(place), row.name, row.other, *(_figure(key, row.figures.get(key)) for key in study.figures)]
        for place, row in enumerate(study.rows, start=1)
    ]
    return [head.in_(language) for head in heads], rows


def _head(study: Study, key: str) -> Text:
    """What a figure is, and of which field."""
    words = FIGURE_WORDS[key]
    if study.measured is None or key not in SUMS:
        return words
    return Text(f"{study.measured.zh}{words.zh}", f"{words.en}: {study.measured.en}")


def _other_head(study: Study) -> Text:
    return Text("类别", "Kind") if study.profile else Text("另一图层的", "Of the other layer")


def csv_text(study: Study, language: Language) -> str:
    """The same as a file, with a mark at its beginning by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    heads = [Text("名称", "Name"), _other_head(study)]
    heads += [_head(study, key) for key in study.figures] + [Text("图形（GeoJSON）", "Shape (GeoJSON)")]
    writer.writerow([head.in_(language) for head in heads])
    for row in study.rows:
        figures = [
            f"{row.figures[key]:g}" if key == "z_score" else row.figures.get(key, "") for key in study.figures
        ]
        writer.writerow([_harmless(row.name), _harmless(row.other), *figures, row.shape])
    return "\ufeff" + out.getvalue()


def geojson(study: Study) -> Json:
    """Shapes of a result, hot spots in their colours."""
    features: list[Json] = [
        {
            "type": "Feature",
            "geometry": json.loads(row.shape),
            "properties": {
                "name": row.name,
                **({"colour": colour} if (colour := _colour(study, place)) else {}),
            },
        }
        for place, row in enumerate(study.rows)
    ]
    return {"type": "FeatureCollection", "features": features}


def _colour(study: Study, place: int) -> str:
    if study.profile is not None:
        return study.profile.pieces[place].colour
    if study.asked.method != "hot_spots":
        return ""
    score = study.rows[place].figures["z_score"]
    if abs(score) < LIKELY:
        return _PALE
    if score > 0:
        return _HOT if score >= SURE else _WARM
    return _COLD if score <= -SURE else _COOL


def _figure(key: str, value: float | None) -> str:
    if value is None:
        return "—"
    digits = _DIGITS.get(key, 1)
    return wording.number(round(value)) if digits == 0 else f"{value:,.{digits}f}"


def _harmless(text: str) -> str:
    """A spreadsheet takes what begins so for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
