"""Air, surface water and noise of the demonstration, and who may discharge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from yiwang.insight.growth.ground import (
    Ground,
    Row,
    beside,
    judged,
    point,
    random_of,
    somewhere,
    write,
)
from yiwang.kernel.feel import Json

#: Eight in the morning of a made-up day.
_MOMENT = "2026-11-20T08:00:00+08:00"
#: Means of a clean day, unit, decimals; a station's burden multiplies them.
_AIR = (
    ("pm25", 22.0, "ug_m3", 0),
    ("pm10", 38.0, "ug_m3", 0),
    ("so2", 7.0, "ug_m3", 0),
    ("no2", 27.0, "ug_m3", 0),
    ("co", 0.6, "mg_m3", 1),
    ("o3_8h", 78.0, "ug_m3", 0),
)
_BURDENS = (1.0, 1.6, 1.1, 2.1, 2.7, 3.9, 1.2, 1.9, 0.9, 0.8, 1.5)
#: The class of water that a section shall turn out to have, and a value of each class by item.
_CLASSES = (3, 2, 4, 2, 3, 5, 2, 3, 4, 2, 6, 3, 1, 2, 4, 3)
_WATER: Mapping[str, Sequence[float]] = {
    "do": (8.1, 6.7, 5.4, 3.8, 2.6, 1.4),
    "codmn": (1.6, 3.1, 4.7, 7.4, 12.1, 17.5),
    "nh3n": (0.11, 0.36, 0.78, 1.21, 1.74, 2.6),
    "tp_river": (0.015, 0.07, 0.16, 0.26, 0.36, 0.52),
    "tp_lake": (0.008, 0.019, 0.04, 0.08, 0.15, 0.27),
}
_AREAS = ("1", "2", "3", "4a")
_DAYTIME = {"1": 53.0, "2": 57.5, "3": 62.0, "4a": 68.5}
_WORKS = (
    ("电镀厂", "air", "颗粒物、氮氧化物"),
    ("印染厂", "water", "化学需氧量、氨氮、总磷"),
    ("水泥厂", "air", "颗粒物、二氧化硫、氮氧化物"),
    ("食品厂", "water", "化学需氧量、氨氮"),
)


#: Made-up limits of permits, and their unit, by the word of the pollutant.
_PERMITTED: Mapping[str, tuple[str, int, str]] = {
    "化学需氧量": ("cod", 80, "mg_l"),
    "氨氮": ("nh3n", 15, "mg_l"),
    "总磷": ("tp", 1, "mg_l"),
    "颗粒物": ("pm", 30, "mg_m3"),
    "二氧化硫": ("so2", 100, "mg_m3"),
    "氮氧化物": ("nox", 200, "mg_m3"),
}


def grow(ground: Sequence[Ground], pack: Path, *, seed: int) -> None:
    """Write all files of the pack."""
    folder = pack / "data"
    readings: list[Row] = []
    write(folder, "air_stations", _air(ground, pack, seed, readings))
    write(folder, "air_values", readings)
    readings = []
    write(folder, "water_sections", _water(ground, pack, seed, readings))
    write(folder, "water_values", readings)
    readings = []
    write(folder, "noise_points", _noise(ground, pack, seed, readings))
    write(folder, "noise_values", readings)
    sources = list(_sources(ground, seed))
    write(folder, "pollution_sources", sources)
    readings = []
    write(folder, "pollution_outlets", _outlets(ground, sources, pack, seed, readings))
    write(folder, "pollution_values", readings)


def _worst(answers: Sequence[Mapping[str, Json]]) -> str:
    return max(str(each["level"]) for each in answers)


def _reading(said: Row, value: str) -> Row:
    return {
        "number": f"{'-'.join([*said.values()][:2])}-20261120",
        **{name: each for name, each in said.items() if name != "unit"},
        "value": value,
        "unit": said["unit"],
        "moment": _MOMENT,
        "made_up": "true",
    }


def _air(ground: Sequence[Ground], pack: Path, seed: int, readings: list[Row]) -> Iterator[Row]:
    for place, each in enumerate(ground):
        random, code = random_of(seed, each.code, "air"), f"A{each.code}01"
        zone, answers = ("1" if place == 8 else "2"), []
        for pollutant, mean, unit, decimals in _AIR:
            value = f"{mean * _BURDENS[place % len(_BURDENS)] * random.uniform(0.7, 1.15):.{decimals}f}"
            readings.append(_reading({"station": code, "pollutant": pollutant, "unit": unit}, value))
            asked = {"reading": {"quantity": pollutant, "value": float(value)}, "station": {"zone": zone}}
            answers.append(judged(pack / "decisions" / "air.dmn", "air_quality", asked))
        yield {
            "code": code,
            "name": f"{each.name_zh}空气监测点",
            "name_en": f"{each.name_en} air station",
            "division": each.code,
            "place": point(somewhere(each, random, spread=2_500)),
            "zone": zone,
            "aqi": str(max(int(str(answer["index"])) for answer in answers)),
            "level": _worst(answers),
            "assessed_at": _MOMENT,
            "made_up": "true",
        }


def _water(ground: Sequence[Ground], pack: Path, seed: int, readings: list[Row]) -> Iterator[Row]:
    for place, (each, serial) in enumerate((each, serial) for each in ground for serial in (1, 2)):
        random, code = random_of(seed, each.code, "water", str(serial)), f"S{each.code}0{serial}"
        meant = _CLASSES[place % len(_CLASSES)]
        said = {"kind": "river", "target": ("III", "II", "IV")[place % 3]}
        worst, answers = random.choice(("do", "codmn", "nh3n", "tp")), []
        for item in ("do", "codmn", "nh3n", "tp"):
            found = meant if item == worst else max(1, meant - random.choice((0, 1, 1)))
            row = _WATER.get(item) or _WATER[f"tp_{said['kind']}"]
            value = f"{row[found - 1]:g}"
            readings.append(_reading({"section": code, "item": item, "unit": "mg_l"}, value))
            asked = {"reading": {"quantity": item, "value": float(value)}, "station": said}
            answers.append(judged(pack / "decisions" / "water.dmn", "water_quality", asked))
        side, side_en = (("上游", "upper"), ("下游", "lower"))[serial - 1]
        yield {
            "code": code,
            "name": f"{each.river_zh}{side}断面",
            "name_en": f"{each.river_en}, {side_en} section",
            "division": each.code,
            "place": point(beside(each, 0.2 if serial == 1 else 0.8)),
            **said,
            "level": _worst(answers),
            "assessed_at": _MOMENT,
            "made_up": "true",
        }


def _noise(ground: Sequence[Ground], pack: Path, seed: int, readings: list[Row]) -> Iterator[Row]:
    for place, each in enumerate(ground):
        random, code = random_of(seed, each.code, "noise"), f"N{each.code}01"
        area, answers = _AREAS[place % len(_AREAS)], []
        for period, less in (("day", 0.0), ("night", 11.0)):
            value = f"{_DAYTIME[area] - less + random.uniform(-3, 3):.1f}"
            readings.append(_reading({"point": code, "period": period, "unit": "dba"}, value))
            asked = {"reading": {"quantity": period, "value": float(value)}, "station": {"area": area}}
            answers.append(judged(pack / "decisions" / "noise.dmn", "noise", asked))
        yield {
            "code": code,
            "name": f"{each.name_zh}噪声监测点",
            "name_en": f"{each.name_en} noise point",
            "division": each.code,
            "place": point(somewhere(each, random, spread=2_000)),
            "area": area,
            "level": _worst(answers),
            "assessed_at": _MOMENT,
            "made_up": "true",
        }


def _sources(ground: Sequence[Ground], seed: int) -> Iterator[Row]:
    for each in ground:
        random = random_of(seed, each.code, "sources")
        for serial in range(1, random.choice((3, 4, 5))):
            word, medium, pollutants = random.choice(_WORKS)
            since = random.choice((2023, 2024, 2025))
            yield {
                "permit": f"DEMO-PW-{each.code}-{serial:03d}",
                "name": f"{each.name_zh}演示{serial}号{word}",
                "division": each.code,
                "place": point(somewhere(each, random)),
                "medium": medium,
                "pollutants": pollutants,
                "managed": random.choice(("key", "simple")),
                "valid_from": f"{since}-03-01",
                "valid_to": f"{since + 5}-02-28",
                "contact": "演示联系人",
                "contact_phone": f"138000{random.randrange(10_000, 99_999)}",
                "made_up": "true",
            }


def _outlets(
    ground: Sequence[Ground], sources: Sequence[Row], pack: Path, seed: int, readings: list[Row]
) -> Iterator[Row]:
    names = {each.code: each.name_en for each in ground}
    for place, source in enumerate(sources):
        code = f"{source['permit']}-1"
        random = random_of(seed, code, "outlet")
        permitted = [_PERMITTED[word] for word in source["pollutants"].split("、")]
        limits = {f"limit_{pollutant}": limit for pollutant, limit, _ in permitted}
        answers = []
        for pollutant, limit, unit in permitted:
            share = 1.24 if place == 4 else random.uniform(0.2, 0.9)
            value = f"{limit * share:.2f}"
            readings.append(_reading({"outlet": code, "pollutant": pollutant, "unit": unit}, value))
            asked = {"reading": {"quantity": pollutant, "value": float(value)}, "station": limits}
            answers.append(judged(pack / "decisions" / "discharge.dmn", "discharge", asked))
        yield {
            "code": code,
            "name": f"{source['name']}排放口",
            "name_en": f"{names[source['division']]} outlet {source['permit'][-3:]}",
            "permit": source["permit"],
            "division": source["division"],
            "place": source["place"],
            "level": _worst(answers),
            "assessed_at": _MOMENT,
            **{f"limit_{key}": str(limits.get(f"limit_{key}", "")) for key, _, _ in _PERMITTED.values()},
            "made_up": "true",
        }
