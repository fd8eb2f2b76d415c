"""A check on paper: its findings, and the map with what lies around."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from yiwang.kernel.days import day_text
from yiwang.kernel.text import Language, Text
from yiwang.maps.analysis.presenting import Told, told
from yiwang.maps.analysis.queries.checks import Check
from yiwang.maps.analysis.queries.declared import underground
from yiwang.maps.printing.api import draw_map, map_data, turn
from yiwang.maps.printing.contracts import MapAsked, Overlay
from yiwang.maps.printing.rules.papers import frame_of
from yiwang.maps.queries.layers import list_layers
from yiwang.platform.contracts import Actor, Json
from yiwang.trust.api import Template, render

_REPORT = Template(Path(__file__).parents[1] / "printing" / "templates" / "dig.typ")
#: Below what is declared to lie there.
_GROUND = ("districts", "roads")
#: Millimetres of the map on an A4 sheet, and degrees of ground shown around the dig.
_WIDTH, _HEIGHT, _AROUND = 180.0, 150.0, 0.0006
_PLACE = re.compile(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)")
_AREA = Text("核查范围", "Ground that was checked")
_WORDS: dict[str, Text] = {
    "title": Text("动土核查报告", "Check before digging"),
    "summary": Text("结论", "In short"),
    "pipes": Text("范围内和附近的管线", "Pipes in the ground and near it"),
    "owners": Text("应征询的权属单位", "Whom to ask"),
    "openings": Text("附近的道路开挖", "Openings of roads near by"),
    "together": Text("同一道路、工期相近的开挖：一次开挖", "One road, the same weeks: open it once"),
    "unknown": Text("不能确定的事项", "What is not known"),
    "basis": Text("依据", "Basis"),
    "map": Text("管线图", "Map of the pipes"),
    "none": Text("无", "None"),
    "legend": Text("图例", "Legend"),
    "north": Text("北", "N"),
}


def report_pdf(
    check: Check, *, actor: Actor, language: Language, city: Text, made_by: Text, at: datetime
) -> bytes:
    """Set the report; its map shows what this reader may see today.

    Raises:
        PrinterBusy, TimeLimitReached
    """
    said = told(check)
    data: dict[str, Json] = {
        "language": language,
        "words": {key: text.in_(language) for key, text in _WORDS.items()},
        "number": check.number,
        "city": city.in_(language),
        "facts": _facts(check, language, made_by, at),
        "summary": said.summary.in_(language),
        "pipes": _pipes(said, language),
        "owners": _owners(said, language),
        "openings": _openings(said, language),
        "together": _together(said, language),
        "unknown": [each.in_(language) for each in said.unknown],
        "basis": [each.in_(language) for each in said.basis],
    }
    with turn():
        return render(_REPORT, data | {"map": _map(check, actor, language, at)}).content


def _map(check: Check, actor: Actor, language: Language, at: datetime) -> Json:
    places = [(float(east), float(north)) for east, north in _PLACE.findall(check.outline)]
    easts, norths = [east for east, _ in places], [north for _, north in places]
    box = (min(easts) - _AROUND, min(norths) - _AROUND, max(easts) + _AROUND, max(norths) + _AROUND)
    seen = {each.layer.code for each in list_layers(actor)}
    asked = MapAsked(
        layers=tuple(code for code in _layers() if code in seen),
        frame=frame_of(box, _WIDTH, _HEIGHT, None),
        language=language,
        overlays=(Overlay(wkt=check.outline, title=_AREA),),
    )
    return map_data(draw_map(actor=actor, asked=asked, at=at), language)


def _layers() -> tuple[str, ...]:
    declared = underground()
    works = [code for each in declared if each.openings for code in each.layers]
    pipes = [code for each in declared if each.pipes for code in each.layers]
    return tuple(dict.fromkeys([*_GROUND, *works, *pipes]))


def _facts(check: Check, language: Language, made_by: Text, at: datetime) -> Json:
    facts = [
        (Text("核查编号", "Number"), check.number),
        (Text("核查单位", "Checked by"), made_by.in_(language)),
        (Text("核查时间", "Checked on"), _moment(check.checked_at, language)),
        (Text("事由", "Reason"), check.reason),
        (Text("开挖面积", "Ground"), f"{check.found.size:,.1f} {Text('平方米', 'm²').in_(language)}"),
        (Text("开挖深度", "Depth"), f"{check.depth.normalize():f} {Text('米', 'm').in_(language)}"),
        (Text("计划工期", "Works"), _days(check, language)),
        (Text("打印日期", "Printed on"), day_text(timezone.localtime(at)).in_(language)),
    ]
    return [{"label": label.in_(language), "value": value} for label, value in facts]


def _moment(moment: datetime, language: Language) -> str:
    local = timezone.localtime(moment)
    return f"{day_text(local).in_(language)}{Text(' ', ', ').in_(language)}{local:%H:%M}"


def _days(check: Check, language: Language) -> str:
    begins, ends = day_text(check.begins).in_(language), day_text(check.ends).in_(language)
    return f"{begins}{Text('至', ' to ').in_(language)}{ends}"


def _pipes(said: Told, language: Language) -> Json:
    heads = [
        Text("类别", "Kind"),
        Text("权属单位", "Owner"),
        Text("材质", "Material"),
        Text("管径(毫米)", "Diameter (mm)"),
        Text("埋深", "Depth"),
        Text("位置", "Where"),
        Text("判定", "Verdict"),
    ]
    rows: Json = [
        [
            line.kind.in_(language),
            line.owner.in_(language),
            line.material.in_(language),
            str(line.pipe.diameter or "—"),
            line.depth.in_(language),
            line.where.in_(language),
            line.verdict.in_(language),
        ]
        for line in said.pipes
    ]
    return {"heads": [head.in_(language) for head in heads], "rows": rows}


def _owners(said: Told, language: Language) -> Json:
    heads = [
        Text("权属单位", "Owner"),
        Text("类别", "Kind"),
        Text("联系部门", "Office"),
        Text("主管部门", "Authority"),
        Text("数据共享", "Sharing"),
        Text("为何征询", "Why"),
    ]
    rows: Json = [
        [
            line.owner.name.in_(language),
            line.kind.in_(language),
            line.owner.contact.in_(language),
            line.authority.in_(language),
            line.sharing.in_(language),
            line.why.in_(language),
        ]
        for line in said.owners
    ]
    return {"heads": [head.in_(language) for head in heads], "rows": rows}


def _openings(said: Told, language: Language) -> Json:
    heads = [
        Text("建设单位", "Builder"),
        Text("事由", "Purpose"),
        Text("工期", "Days"),
        Text("统筹", "Together"),
    ]
    rows: Json = [
        [
            line.opening.builder,
            line.opening.purpose,
            line.days.in_(language),
            (line.advice if line.advice.zh else line.overlap).in_(language),
        ]
        for line in said.openings
    ]
    return {"heads": [head.in_(language) for head in heads], "rows": rows}


def _together(said: Told, language: Language) -> Json:
    heads = [
        Text("道路", "Road"),
        Text("建设单位", "Builder"),
        Text("工期", "Days"),
        Text("联系部门", "Office to ask"),
    ]
    rows: Json = [
        [
            group.road.in_(language),
            line.opening.builder,
            line.days.in_(language),
            line.contact.in_(language),
        ]
        for group in said.together
        for line in group.lines
    ]
    return {"heads": [head.in_(language) for head in heads], "rows": rows}
