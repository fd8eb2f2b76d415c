"""Rain, water levels and what floods in the demonstration: a made-up rainy day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from yiwang.insight.growth.ground import (
    Ground,
    Row,
    beside,
    course,
    judged,
    point,
    random_of,
    somewhere,
    write,
)

_MOMENT = "2026-11-20T08:00:00+08:00"
_RAIN_MARKS = {"warning_h1": 20, "warning_h24": 45}
_RAIN = (38.5, 64.0, 22.5, 118.5, 47.0, 83.5, 12.0, 55.5, 6.5, 71.0, 31.0)
#: Metres of the level above the warning mark, station by station.
_ABOVE = (-0.62, -0.35, -1.1, 0.24, -0.8, 0.08, -0.5, -1.4, -0.9, -0.15, -0.7)
_KINDS = (
    ("underpass", "下凹立交", "underpass"),
    ("culvert", "涵洞", "culvert"),
    ("road", "路段", "low road"),
)
_STATES = (("dry", 0), ("wet", 18), ("dry", 0), ("closed", 55), ("dry", 0))
_PLAN = (
    ("none", "三防值班室", "日常值班，关注雨水情", "The duty room watches rain and levels as usual"),
    ("IV", "三防值班室", "加强值班，每3小时报雨水情", "The duty room reports rain and levels every 3 hours"),
    (
        "IV",
        "区水利部门",
        "巡查险段和在建涉水工程",
        "District water offices patrol reaches and works in the water",
    ),
    ("III", "市三防指挥部", "领导在岗，会商雨水情", "The headquarters are manned by their heads and confer"),
    ("III", "市政部门", "在内涝点派人值守，备好抽水设备", "Crews with pumps stand at low-lying points"),
    ("III", "水库管理单位", "超汛限水位的开闸预泄", "Reservoirs above their flood limit release water"),
    ("II", "市三防指挥部", "每天会商，抢险队集结", "The headquarters confer daily; rescue teams assemble"),
    ("II", "街镇", "转移低洼地、危房人员", "Towns move people out of low ground and unsafe houses"),
    ("II", "教育部门", "视情停课", "Schools close where needed"),
    (
        "I",
        "市政府",
        "全市动员，必要时停工停业停课",
        "The whole city acts; work, trade and schools stop where needed",
    ),
    ("I", "交通部门", "封闭被淹道路，停运受影响线路", "Flooded roads are closed and lines stopped"),
    ("I", "驻穗部队和消防", "投入抢险救援", "Troops and firemen rescue people"),
)


def grow(ground: Sequence[Ground], pack: Path, *, seed: int) -> None:
    """Write all files of the pack."""
    folder = pack / "data"
    values: list[Row] = []
    write(folder, "rain_gauges", _rain(ground, pack, seed, values))
    write(folder, "rain_values", values)
    values = []
    write(folder, "level_stations", _levels(ground, pack, seed, values))
    write(folder, "level_values", values)
    write(folder, "flood_reaches", _reaches(ground))
    values = []
    write(folder, "flood_reservoirs", _reservoirs(ground, seed, values))
    write(folder, "reservoir_values", values)
    write(folder, "low_points", _low_points(ground, seed))
    write(folder, "flood_plans", _plans())
    write(folder, "flood_responses", [_RESPONSE])


_RESPONSE: Row = {
    "number": "DEMO-XY-2026-001",
    "response": "IV",
    "opened_at": "2026-06-12T15:30:00+08:00",
    "closed_at": "2026-06-13T18:00:00+08:00",
    "state": "closed",
    "basis": "24小时雨量达到50毫米（演示）",
    "made_up": "true",
}


def _named(each: Ground, code: str, zh: str, en: str) -> Row:
    return {"code": code, "name": zh, "name_en": en, "division": each.code}


def _rain(ground: Sequence[Ground], pack: Path, seed: int, values: list[Row]) -> Iterator[Row]:
    for place, each in enumerate(ground):
        random, code = random_of(seed, each.code, "rain"), f"Y{each.code}01"
        day = _RAIN[place % len(_RAIN)]
        spans = (("h1", round(day * random.uniform(0.05, 0.25), 1)), ("h24", day))
        for span, amount in spans:
            values.append(
                {
                    "number": f"{code}-{span}-20261120",
                    "gauge": code,
                    "span": span,
                    "value": f"{amount:g}",
                    "unit": "mm",
                    "moment": _MOMENT,
                    "made_up": "true",
                }
            )
        answers = [
            judged(
                pack / "decisions" / "rain.dmn",
                "rain_grade",
                {"reading": {"quantity": span, "value": amount}, "station": _RAIN_MARKS},
            )
            for span, amount in spans
        ]
        yield _named(each, code, f"{each.name_zh}雨量站", f"{each.name_en} rain gauge") | {
            "place": point(somewhere(each, random)),
            **{name: f"{mark:g}" for name, mark in _RAIN_MARKS.items()},
            "rain": f"{day:g}",
            "level": max(str(answer["level"]) for answer in answers),
            "assessed_at": _MOMENT,
            "made_up": "true",
        }


def _levels(ground: Sequence[Ground], pack: Path, seed: int, values: list[Row]) -> Iterator[Row]:
    for place, each in enumerate(ground):
        random, code = random_of(seed, each.code, "levels"), f"L{each.code}01"
        warning = round(random.uniform(1.8, 6.5), 2)
        marks = {"warning_mark": warning, "guarantee_mark": round(warning + 0.8, 2)}
        stage = round(warning + _ABOVE[place % len(_ABOVE)], 2)
        values.append(
            {
                "number": f"{code}-stage-20261120",
                "station": code,
                "measured": "stage",
                "value": f"{stage:g}",
                "unit": "m",
                "moment": _MOMENT,
                "made_up": "true",
            }
        )
        asked = {"reading": {"quantity": "stage", "value": stage}, "station": marks}
        answer = judged(pack / "decisions" / "stage.dmn", "stage", asked)
        yield _named(each, code, f"{each.river_zh}水位站", f"{each.river_en} gauge") | {
            "place": point(beside(each, 0.5)),
            "river": each.river_zh,
            "warning_mark": f"{marks['warning_mark']:g}",
            "guarantee_mark": f"{marks['guarantee_mark']:g}",
            "stage": f"{stage:g}",
            "level": str(answer["level"]),
            "assessed_at": _MOMENT,
            "made_up": "true",
        }


def _reaches(ground: Sequence[Ground]) -> Iterator[Row]:
    for place, each in enumerate(ground):
        above = _ABOVE[place % len(_ABOVE)]
        middle = len(each.river) // 2
        reported, reason = ("", "")
        if above > 0.2:
            reported, reason = "danger", "堤脚渗水，正在抢护（演示）"
        elif above > -0.2:
            reported, reason = "watch", "水位接近或超过警戒（演示）"
        yield _named(each, f"X{each.code}01", f"{each.river_zh}险段", f"{each.river_en} reach") | {
            "course": course(each.river[max(middle - 4, 0) : middle + 4]),
            "gauge": f"L{each.code}01",
            "reported": reported,
            "state": reported or "safe",
            "reason": reason,
            "duty_phone": f"13800{each.code}",
            "made_up": "true",
        }


def _reservoirs(ground: Sequence[Ground], seed: int, values: list[Row]) -> Iterator[Row]:
    for each in ground[4:]:
        random = random_of(seed, each.code, "reservoir")
        limit = round(random.uniform(30, 90), 1)
        stage = round(limit + random.choice((-3.2, -1.4, -0.6, 0.3)), 1)
        values.append(
            {
                "number": f"K{each.code}01-stage-20261120",
                "reservoir": f"K{each.code}01",
                "measured": "stage",
                "value": f"{stage:g}",
                "unit": "m",
                "moment": _MOMENT,
                "made_up": "true",
            }
        )
        zh, en = f"{each.name_zh}演示水库", f"{each.name_en} reservoir"
        yield _named(each, f"K{each.code}01", zh, en) | {
            "place": point(somewhere(each, random, spread=7_000)),
            "flood_limit": f"{limit:g}",
            "normal_level": f"{limit + 2:g}",
            "stage": f"{stage:g}",
            "capacity": str(random.randrange(120, 4_000, 20)),
            "state": "above" if stage > limit else "within",
            "assessed_at": _MOMENT,
            "made_up": "true",
        }


def _low_points(ground: Sequence[Ground], seed: int) -> Iterator[Row]:
    for place, each in enumerate(ground):
        for serial in (1, 2):
            random = random_of(seed, each.code, "low", str(serial))
            kind, zh, en = random.choice(_KINDS)
            state, depth = _STATES[(place * 2 + serial) % len(_STATES)]
            name_zh, name_en = f"{each.name_zh}{serial}号{zh}", f"{each.name_en} {en} {serial}"
            yield _named(each, f"D{each.code}0{serial}", name_zh, name_en) | {
                "place": point(somewhere(each, random, spread=3_000)),
                "kind": kind,
                "state": state,
                "depth": str(depth),
                "made_up": "true",
            }


def _plans() -> Iterator[Row]:
    for place, (response, body, act, act_en) in enumerate(_PLAN, 1):
        yield {
            "number": f"DEMO-YA-{place:02d}",
            "response": response,
            "body": body,
            "act": act,
            "act_en": act_en,
            "made_up": "true",
        }
