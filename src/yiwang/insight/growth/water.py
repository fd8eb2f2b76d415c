"""Who takes water, who answers for rivers, and what comes out of the tap in the demonstration."""

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
_HOLDERS = (
    ("自来水厂", "supply", "surface", 2_000, 9_000),
    ("纸业", "industry", "surface", 40, 400),
    ("灌区管理所", "irrigation", "surface", 200, 900),
    ("饮品厂", "industry", "ground", 5, 40),
)
_FINDINGS = ("none", "rubbish", "none", "none", "outfall", "encroachment")
_ITEMS = (("turbidity", "ntu"), ("chlorine", "mg_l"), ("ph", "none"), ("codmn", "mg_l"))
_UNCLEAR = 13


def grow(ground: Sequence[Ground], pack: Path, *, seed: int) -> None:
    """Write all files of the pack."""
    folder = pack / "data"
    use: list[Row] = []
    write(folder, "abstraction_permits", _permits(ground, seed, use))
    write(folder, "abstraction_use", use)
    visits: list[Row] = []
    write(folder, "river_reaches", _reaches(ground, seed, visits))
    write(folder, "river_visits", visits)
    values: list[Row] = []
    write(folder, "supply_points", _points(ground, pack, seed, values))
    write(folder, "supply_values", values)


def _permits(ground: Sequence[Ground], seed: int, use: list[Row]) -> Iterator[Row]:
    for place, each in enumerate(ground):
        for serial, (word, purpose, origin, least, most) in enumerate(_HOLDERS, 1):
            random = random_of(seed, each.code, "permits", str(serial))
            number = f"DEMO-QS-{each.code}-{serial:02d}"
            quota, since = random.randrange(least, most), random.choice((2022, 2023, 2024))
            share = 104.5 if (place + serial) % 13 == 0 else round(random.uniform(45, 97), 1)
            use.append(
                {
                    "number": f"{number}-2025",
                    "permit": number,
                    "year": "2025",
                    "volume": f"{quota * share / 100:.2f}",
                    "made_up": "true",
                }
            )
            surface = origin == "surface"
            yield {
                "number": number,
                "holder": f"{each.name_zh}演示{word}",
                "holder_kind": "entity",
                "purpose": purpose,
                "origin": origin,
                "division": each.code,
                "place": point(beside(each, 0.15 + serial * 0.2) if surface else somewhere(each, random)),
                "quota": str(quota),
                "valid_from": f"{since}-05-01",
                "valid_to": f"{since + 5}-04-30",
                "status": "valid",
                "phone": f"138000{random.randrange(10_000, 99_999)}",
                "made_up": "true",
            }


def _reaches(ground: Sequence[Ground], seed: int, visits: list[Row]) -> Iterator[Row]:
    for place, each in enumerate(ground):
        half = len(each.river) // 2
        for serial, line in ((1, each.river[: half + 1]), (2, each.river[half:])):
            random, code = random_of(seed, each.code, "reach", str(serial)), f"H{each.code}0{serial}"
            finding = _FINDINGS[(place + serial) % len(_FINDINGS)]
            is_open = finding in {"outfall", "encroachment"}
            for month, found in ((10, random.choice(("none", "rubbish"))), (11, finding)):
                waits = is_open and month == 11
                visits.append(
                    {
                        "number": f"{code}-2026{month}",
                        "reach": code,
                        "visited_on": f"2026-{month}-{random.randrange(3, 19):02d}",
                        "finding": found,
                        "state": "open" if waits else "clear",
                        "due_on": "2026-12-10" if waits else "",
                        "made_up": "true",
                    }
                )
            part, part_en = (("上段", "upper"), ("下段", "lower"))[serial - 1]
            level = ("district", "street")[serial - 1]
            yield {
                "code": code,
                "name": f"{each.river_zh}{part}",
                "name_en": f"{each.river_en}, {part_en} reach",
                "division": each.code,
                "course": course(line),
                "chief_level": level,
                "chief": f"{each.name_zh}{'区' if level == 'district' else '镇街'}级河长（演示）",
                "hotline": "12345",
                "target": ("III", "IV")[serial - 1],
                "state": "open" if is_open else "clear",
                "made_up": "true",
            }


def _points(ground: Sequence[Ground], pack: Path, seed: int, values: list[Row]) -> Iterator[Row]:
    pairs = [(each, kind) for each in ground for kind in ("works", "network")]
    for place, (each, kind) in enumerate(pairs):
        random, code = random_of(seed, each.code, "supply", kind), f"G{each.code}{kind[0].upper()}"
        found = {
            "turbidity": 1.3 if place == _UNCLEAR else round(random.uniform(0.1, 0.7), 2),
            "chlorine": round(random.uniform(0.5, 0.9) if kind == "works" else random.uniform(0.1, 0.4), 2),
            "ph": round(random.uniform(6.9, 7.8), 1),
            "codmn": round(random.uniform(0.8, 2.1), 1),
        }
        levels = []
        for item, unit in _ITEMS:
            values.append(
                {
                    "number": f"{code}-{item}-20261120",
                    "point": code,
                    "item": item,
                    "value": f"{found[item]:g}",
                    "unit": unit,
                    "moment": _MOMENT,
                    "made_up": "true",
                }
            )
            asked = {"reading": {"quantity": item, "value": found[item]}, "station": {"kind": kind}}
            answer = judged(pack / "decisions" / "tap_water.dmn", "tap_water", asked)
            levels.append(str(answer["level"]))
        word, word_en = ("水厂出厂水", "works") if kind == "works" else ("管网末梢水", "network")
        yield {
            "code": code,
            "name": f"{each.name_zh}{word}",
            "name_en": f"{each.name_en} {word_en}",
            "division": each.code,
            "place": point(somewhere(each, random, spread=3_500)),
            "kind": kind,
            "level": max(levels),
            "assessed_at": _MOMENT,
            "made_up": "true",
        }
