"""Two registers with rights, layers over them, and made-up plots and trees, for ``bench maps``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.progress import told
from django.db import connection
from django.utils import timezone

from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.platform.contracts import Actor

#: West, south, east, north in degrees: about 46 by 50 km.
BOX = (113.20, 22.95, 113.65, 23.40)
_PACK = """
name = "bench_ground"
version = "0.1.0"
title = { zh = "测量", en = "Bench" }
summary = { zh = "测量", en = "Bench" }
owner = "planning"
requires = []
"""
_REGISTER = """
code: {code}
title: {{zh: 测量, en: Bench}}
summary: {{zh: 测量, en: Bench}}
owner: planning
sources: [parks]
key: number
fields:
  - {{id: 1, name: number, kind: text, title: {{zh: 号, en: No.}}, required: true, unique: true}}
  - {{id: 2, name: shape, kind: {kind}, title: {{zh: 图形, en: Shape}}, searchable: true}}
  - {{id: 3, name: price, kind: integer, title: {{zh: 价, en: Price}}}}
  - {{id: 4, name: use, kind: text, title: {{zh: 用途, en: Use}}}}
  - {{id: 5, name: holder, kind: text, title: {{zh: 权利人, en: Holder}}, secrecy: personal}}
"""
_LAYER = """
code: {code}
title: {{zh: 测量, en: Bench}}
summary: {{zh: 测量, en: Bench}}
group: {{zh: 测量, en: Bench}}
register: {code}
fields: [{{name: number}}, {{name: price}}, {{name: use}}]
style: {{draw: plain, colour: "#1d70b8"}}
generalise: [{rule}]
"""
_LAYERS = {
    "bench_plots": ("area", "{rule: drop_smallest, to_zoom: 12, pixels: 3}"),
    "bench_trees": ("point", "{rule: cluster, to_zoom: 14, pixels: 32}"),
}
_ROWS = """
INSERT INTO reg.{code} (_version, _source, _valid_from, _known_from, number, shape, price, "use", holder)
SELECT 1, CASE WHEN n % 10 = 0 THEN 'parks' ELSE 'planning' END, '2026-01-01', now(), 'N' || n, {shape},
  n % 1000, (ARRAY['housing', 'trade', 'green', 'school'])[1 + n % 4], '陈大文'
FROM (SELECT n, {west} + random() * ({east} - {west}) AS x, {south} + random() * ({north} - {south}) AS y
  FROM generate_series(1, {count}) n) p
"""
_PLOT = "ST_Multi(ST_Buffer(ST_SetSRID(ST_MakePoint(x, y), 4490), 0.00005 + random() * 0.00025, 2))"
_TREE = "ST_SetSRID(ST_MakePoint(x, y), 4490)"


@dataclass(frozen=True)
class MapSize:
    """Areas, points, how often all is measured, and about how many seconds each takes."""

    plots: int
    trees: int
    rounds: int
    seconds: float


def asked_size(arguments: list[str]) -> MapSize:
    """``--tiny``, or two hundred thousand areas and a million points."""
    return MapSize(5_000, 10_000, 1, 0.2) if "--tiny" in arguments else MapSize(200_000, 1_000_000, 3, 1.5)


def prepare(size: MapSize) -> None:
    """Apply the registers and layers, and fill them."""
    told("Applying registers and layers")
    with TemporaryDirectory() as folder:
        pack = Path(folder) / "bench_ground"
        for kind in ("registers", "layers"):
            (pack / kind).mkdir(parents=True)
        (pack / "pack.toml").write_text(_PACK)
        for code, (kind, rule) in _LAYERS.items():
            (pack / "registers" / f"{code}.yaml").write_text(_REGISTER.format(code=code, kind=kind))
            (pack / "layers" / f"{code}.yaml").write_text(_LAYER.format(code=code, rule=rule))
        loaded = load(Path(folder), ["bench_ground"]).or_refuse()
        apply_plan(actor=Actor.system("bench"), at=timezone.now(), loaded=loaded, plan=make_plan(loaded))
    west, south, east, north = BOX
    box = {"west": west, "south": south, "east": east, "north": north}
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        for code, shape, count in (
            ("bench_plots", _PLOT, size.plots),
            ("bench_trees", _TREE, size.trees),
        ):
            told(f"Making {count:,} rows of {code}")
            cursor.execute(_ROWS.format(code=code, shape=shape, count=count, **box))
        told("Vacuum")
        cursor.execute("VACUUM ANALYZE")
