"""A study in words: the columns of its table, its file and its shapes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from yiwang.kernel.text import Language, Text
from yiwang.maps.analysis.contracts import Method, Study
from yiwang.maps.analysis.queries.study_statements import SUMS
from yiwang.maps.analysis.rules.hot_spots import LIKELY, SURE
from yiwang.platform.contracts import Json
from yiwang.platform.spreadsheets import csv_file
from yiwang.platform.web import wording

METHOD_WORDS: Mapping[Method, Text] = {
    "near": Text("邻近：离另一图层若干米以内的", "Near: what lies within some metres of another layer"),
    "nearest": Text("最近：每一个离另一图层最近的是哪个", "Nearest: of another layer, to each"),
    "buffer": Text("缓冲区：周围若干米，相连的合并", "Buffer: the ground within some metres, joined"),
    "walk": Text(
        "步行范围：沿线图层（道路）若干分钟能走到", "On foot: what is reached along roads in some minutes"
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
    "recorded": Text("有记录的", "Recorded"),
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
    "recorded": 0,
    "depth": 2,
    "depth_end": 2,
    "elevation": 2,
}
#: Rows on the page; the map and the files have all.
MOST_LISTED = 100
#: Hot and cold, surely or likely; every other cell is pale.
_HOT, _WARM, _COOL, _COLD, _PALE = "#b10e1e", "#f47738", "#5694ca", "#003078", "#b1b4b6"


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


def csv_of(study: Study, language: Language) -> bytes:
    """The same as a file."""
    heads = [Text("名称", "Name"), _other_head(study)]
    heads += [_head(study, key) for key in study.figures] + [Text("图形（GeoJSON）", "Shape (GeoJSON)")]
    table: list[list[object]] = [[head.in_(language) for head in heads]]
    for row in study.rows:
        figures = [
            f"{row.figures[key]:g}" if key == "z_score" else row.figures.get(key, "") for key in study.figures
        ]
        table.append([row.name, row.other, *figures, row.shape])
    return csv_file(table)


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
