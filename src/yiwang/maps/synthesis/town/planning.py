"""What is planned for the plots: indices, control lines, planning conditions, projects."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from random import Random

from yiwang.maps.synthesis.town import geometry
from yiwang.maps.synthesis.town.geometry import Line
from yiwang.maps.synthesis.town.plots import DISTRICTS, HALF, Centre, Plot, Road

Row = dict[str, str]
#: Floor area ratio, density and greening in per cent, height in metres: least and most of each by land use.
INDICES: Mapping[str, tuple[tuple[float, float], tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    "R2": ((1.8, 3.6), (22, 32), (30, 35), (54, 100)),
    "B1": ((2.0, 4.5), (40, 50), (15, 25), (24, 60)),
    "B2": ((4.0, 8.0), (35, 45), (20, 30), (80, 200)),
    "A1": ((1.5, 2.5), (25, 35), (30, 35), (24, 50)),
    "A2": ((1.0, 2.0), (30, 40), (30, 35), (18, 30)),
    "A3": ((0.8, 1.2), (20, 28), (35, 40), (18, 24)),
    "A5": ((1.5, 2.8), (25, 32), (35, 40), (36, 70)),
    "M1": ((1.2, 2.5), (35, 50), (10, 20), (24, 40)),
    "W1": ((0.8, 1.8), (40, 55), (10, 15), (15, 24)),
    "S4": ((0.3, 1.0), (20, 35), (15, 20), (12, 18)),
    "U1": ((0.4, 1.0), (25, 35), (25, 30), (12, 18)),
    "G1": ((0.0, 0.1), (0, 3), (75, 90), (6, 10)),
}
_PROJECTS = {
    "R2": ("花园住宅小区", "保障性住房"), "B1": ("商业中心", "社区商场"), "B2": ("总部大厦", "商务中心"),
    "A1": ("政务服务站",), "A2": ("文化馆", "图书馆分馆"), "A3": ("小学", "中学", "幼儿园"),
    "A5": ("社区医院", "门诊楼"), "M1": ("产业园厂房",), "W1": ("物流仓库",),
    "S4": ("公交首末站", "公共停车场"), "U1": ("变电站", "垃圾压缩站"), "G1": ("社区公园",),
}  # fmt: skip
#: The day on which the made-up ground stands; what is planned lies around it.
TODAY = date(2026, 9, 1)
#: Stages in their order: the permits of the Urban and Rural Planning Law, then building.
STAGES = ("proposed", "land_permit", "works_permit", "building", "accepted")
_VALID = timedelta(days=365)


def plan_rows(centre: Centre, random: Random) -> Iterator[tuple[Plot, Row]]:
    """Rows of ``planning_plots``; ``conditions`` bears the number of those that were given."""
    for plot in centre.plots:
        far, density, greening, height = INDICES[plot.use]
        given = _given_on(plot)
        number = f"穗规条〔{given.year}〕{plot.code}号" if given else ""
        unit = plot.code.partition("-")[0]
        approved = _approved_on(unit)
        yield (
            plot,
            {
                "code": plot.code,
                "unit": unit,
                "plan": f"{unit[:2]}{unit[2:4]}规划管理单元控制性详细规划",
                "plan_number": f"穗规控〔{approved.year}〕{unit}号",
                "approved_on": approved.isoformat(),
                "division": plot.parcels[0].community,
                "location": door(plot.parcels[0].road, plot.parcels[0].number),
                "use": plot.use,
                "land_area": f"{plot.square_metres:.0f}",
                "far": f"{random.uniform(*far):.1f}",
                "density": str(random.randint(*density)),
                "greening": str(random.randint(*greening)),
                "height": str(random.randint(height[0] // 2, height[1] // 2) * 2),
                "state": plot.state,
                "conditions": number,
                "border": centre.frame.area_text(plot.area),
                "made_up": "true",
            },
        )


def _approved_on(unit: str) -> date:
    """One plan covers a unit, so all its plots have one number and one day."""
    drawn = Random(f"{unit}/plan")  # noqa: S311 - made-up data, not secrets
    return date(drawn.randint(2019, 2025), drawn.randint(1, 12), 15)


def _given_on(plot: Plot) -> date | None:
    """When its planning conditions were given; most empty plots have them, and some have run out."""
    drawn = Random(f"{plot.code}/conditions")  # noqa: S311 - made-up data, not secrets
    if plot.state != "vacant" or plot.use == "G1" or drawn.random() >= 0.72:
        return None
    return TODAY - timedelta(days=drawn.randint(20, 420))


def door(road: Road, number: int) -> str:
    """Road and number, as they stand on a plate."""
    return f"{road.name}{number}号"


def condition_rows(planned: list[tuple[Plot, Row]], random: Random) -> Iterator[Row]:
    """Rows of ``planning_conditions``, one for each number that a plot bears."""
    for plot, row in planned:
        if given := _given_on(plot):
            yield {
                "number": row["conditions"],
                "plot": row["code"],
                "division": row["division"],
                "issued_on": given.isoformat(),
                "valid_until": (given + _VALID).isoformat(),
                **{name: row[name] for name in ("use", "land_area", "far", "density", "greening", "height")},
                "setback": str(random.choice((5, 8, 10, 12))),
                "parking": f"{random.choice((0.8, 1.0, 1.2))}",
                "facilities": random.choice(("社区服务站", "公共厕所", "垃圾收集点", "幼儿园", "无")),
                "made_up": "true",
            }


def project_rows(centre: Centre, planned: list[tuple[Plot, Row]], random: Random) -> Iterator[Row]:
    """Rows of ``planned_projects``: on plots that are being built on, and on some that are empty still."""
    for plot, row in planned:
        if plot.use == "G1" and random.random() < 0.75:
            continue
        stage = _stage(plot, random)
        if stage is None:
            continue
        begun = TODAY - timedelta(days=60 + 170 * STAGES.index(stage) + random.randint(0, 90))
        floor = float(row["far"]) * plot.square_metres
        yield {
            "code": f"XM{plot.code.replace('-', '')}",
            "name": plot.parcels[0].road.name[:2] + random.choice(_PROJECTS[plot.use]),
            "plot": plot.code,
            "division": row["division"],
            "location": row["location"],
            "builder": f"广州{plot.parcels[0].road.name[:2]}建设有限公司",
            "use": plot.use,
            "stage": stage,
            "permit": "" if stage == "proposed" else f"穗规地证〔{begun.year}〕{plot.code}号",
            "floor_area": f"{floor:.0f}",
            "height": row["height"],
            "published_on": begun.isoformat(),
            "objections_until": (begun + timedelta(days=30)).isoformat(),
            "finished_on": (begun + timedelta(days=900)).isoformat(),
            "site": centre.frame.area_text(plot.area),
            "made_up": "true",
        }


def _stage(plot: Plot, random: Random) -> str | None:
    if plot.state == "building":
        return random.choice(STAGES[2:4])
    if plot.state == "vacant":
        return random.choice(STAGES[:2]) if random.random() < 0.3 else None
    return "proposed" if plot.use == "G1" else "accepted" if random.random() < 0.02 else None


def line_rows(centre: Centre, random: Random) -> Iterator[Row]:
    """Rows of ``control_lines`` of a district: each a band or area within which building is restricted."""
    serial = 0

    def row(kind: str, name: str, basis: str, text: str) -> Row:
        nonlocal serial
        serial += 1
        return {
            "code": f"{DISTRICTS[centre.district]}-{kind[0].upper()}{serial:03}",
            "kind": kind,
            "name": name,
            "division": centre.district,
            "basis": basis,
            "approved_on": date(random.randint(2015, 2025), random.randint(1, 12), 1).isoformat(),
            "border": text,
            "made_up": "true",
        }

    area_text = centre.frame.area_text
    for road in centre.roads:
        # the planned width: some roads are to be wider than they are
        wider = random.choice((0.0, 0.0, 4.0, 7.0)) if road.kind in ("main", "secondary") else 0.0
        if course := _within(road):
            band = geometry.strip(course, HALF[road.kind] - 0.5 + wider)
            words = "（规划拓宽）" if wider else ""
            yield row("red", f"{road.name}道路红线{words}", "《城乡规划法》第四十条", area_text(band))
    for nth, shore in enumerate(centre.waters):
        around = geometry.middle(shore)
        wide = tuple(Line.between(around, each).beside(math.dist(around, each) + 15, 0) for each in shore)
        yield row("blue", f"第{nth + 1}水体城市蓝线", "《城市蓝线管理办法》", area_text(wide))
    for plot in centre.plots:
        if plot.use == "G1":
            yield row("green", f"{plot.code}公园绿地绿线", "《城市绿线管理办法》", area_text(plot.area))
    yield from _areas(centre, random, row)


def _areas(centre: Centre, random: Random, row: Callable[[str, str, str, str], Row]) -> Iterator[Row]:
    for nth in range(3):
        spot = random.uniform(-700, 700), random.uniform(-700, 700)
        wide = random.uniform(45, 90)
        ring = tuple(
            (spot[0] + wide * math.cos(turn / 12 * math.tau), spot[1] + wide * math.sin(turn / 12 * math.tau))
            for turn in range(12)
        )
        yield row(
            "purple", f"第{nth + 1}处历史建筑保护范围", "《城市紫线管理办法》", centre.frame.area_text(ring)
        )
    aside = random.uniform(-400, 400)
    ends = [centre.grain.beside(forward, aside) for forward in (-1_000.0, 1_000.0)]
    band = geometry.strip(ends, 12.0)
    yield row("yellow", "高压输电走廊控制范围", "《城市黄线管理办法》", centre.frame.area_text(band))


def _within(road: Road) -> list[geometry.Point]:
    """The longest run of a road's course near the centre."""
    best: list[geometry.Point] = []
    run: list[geometry.Point] = []
    for point in (*road.course, None):
        if point is not None and max(abs(point[0]), abs(point[1])) < 1_700:
            run.append(point)
            continue
        best = max(best, run, key=len)
        run = []
    return best if len(best) > 1 else []
