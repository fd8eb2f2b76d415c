"""Underground pipes: what the generator grows is what the pack brings, and it hangs together."""

from __future__ import annotations

import csv

import yaml

from yiwang.maps.synthesis import pipes as grown
from yiwang.platform.environment import ROOT

PACK = ROOT / "packs" / "underground_pipes"
ROADS = ROOT / "packs" / "base_map" / "data" / "roads.csv"
#: What CJJ 61 draws each kind in: blue, brown, pink, orange, red, green, black.
KINDS = ["JS", "YS", "WS", "RQ", "RL", "DL", "TX", "GY"]


def _rows(name: str) -> list[dict[str, str]]:
    found = []
    for path in sorted((PACK / "data").glob(f"{name}*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


def test_the_same_seed_grows_the_same_pipes(tmp_path) -> None:
    grown.write(ROADS, tmp_path, seed=7)
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == sorted(p.name for p in (PACK / "data").iterdir() if p.name != "pipe_owners.csv")
    assert [n for n in written if (tmp_path / n).read_bytes() != (PACK / "data" / n).read_bytes()] == []


def test_pipes_have_owners_and_all_is_marked_made_up() -> None:
    owners = {row["code"]: row["kind"] for row in _rows("pipe_owners")}
    pipes, points, openings = _rows("pipes"), _rows("pipe_points"), _rows("road_openings")
    assert (len(pipes), len(points), len(openings)) == (3312, 1104, 20)
    assert [row["code"] for row in pipes if owners[row["owner"]] != row["kind"]] == []
    assert {row["pipe"] for row in points} <= {row["code"] for row in pipes}
    assert {row["made_up"] for row in [*pipes, *points, *openings]} == {"true"}


def test_each_kind_has_its_colour() -> None:
    layer = yaml.safe_load((PACK / "layers" / "pipes.yaml").read_text(encoding="utf-8"))
    assert [each["value"] for each in layer["style"]["values"]] == KINDS
    assert sorted({row["kind"] for row in _rows("pipes")}) == sorted(KINDS)
