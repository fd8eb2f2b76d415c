"""A study in words: its questions, the columns of its table, its file and its shapes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence

from yiwang.kernel.text import Language, Text
from yiwang.maps.analysis.contracts import Method, Study, StudyRow
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
    "cells": Text("密度：方格里有多少", "Density: how many in each square cell"),
    "hot_spots": Text("热点：哪里显著地多或少", "Hot spots: where there is more or less than chance (Gi*)"),
}
FIGURE_WORDS: Mapping[str, Text] = {
    "distance": Text("距离（米）", "Distance (m)"),
    "length": Text("长度（米）", "Length (m)"),
    "square_metres": Text("面积（平方米）", "Area (m²)"),
    "count": Text("个数", "Number"),
    "z_score": Text("z值", "z-score"),
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
            hint=Text("缓冲区、密度和热点不用", "Not for buffers, density and hot spots"),
            value=said["other"],
            options=[none, *options],
            required=False,
            errors=errors("other"),
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
        columns.append({"key": "other", "label": Text("另一图层的", "Of the other layer")})
    columns += [{"key": key, "label": FIGURE_WORDS[key], "numeric": True} for key in study.figures]
    rows = [
        {"place": str(place), "name": row.name, "other": row.other}
        | {key: _figure(key, row.figures[key]) for key in study.figures}
        for place, row in enumerate(study.rows[:MOST_LISTED], start=1)
    ]
    return {"columns": columns, "rows": rows}


def csv_text(study: Study, language: Language) -> str:
    """The same as a file, with a mark at its beginning by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    heads = [Text("名称", "Name"), Text("另一图层的", "Of the other layer")]
    heads += [FIGURE_WORDS[key] for key in study.figures] + [Text("图形（GeoJSON）", "Shape (GeoJSON)")]
    writer.writerow([head.in_(language) for head in heads])
    for row in study.rows:
        figures = [f"{row.figures[key]:g}" if key == "z_score" else row.figures[key] for key in study.figures]
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
                **({"colour": colour} if (colour := _colour(study, row)) else {}),
            },
        }
        for row in study.rows
    ]
    return {"type": "FeatureCollection", "features": features}


def _colour(study: Study, row: StudyRow) -> str:
    if study.asked.method != "hot_spots":
        return ""
    score = row.figures["z_score"]
    if abs(score) < LIKELY:
        return _PALE
    if score > 0:
        return _HOT if score >= SURE else _WARM
    return _COLD if score <= -SURE else _COOL


def _figure(key: str, value: float) -> str:
    if key == "z_score":
        return f"{value:.2f}"
    return wording.number(round(value)) if key == "count" else f"{value:,.1f}"


def _harmless(text: str) -> str:
    """A spreadsheet takes what begins so for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
