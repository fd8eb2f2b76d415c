"""``python -m yiwang.insight.growth CITY PACKS --seed 7`` writes the data of the packs that show stations."""

from __future__ import annotations

import argparse
from pathlib import Path

from yiwang.insight.growth import environment, flood, municipal, water
from yiwang.insight.growth.ground import read_ground

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("city", type=Path)
parser.add_argument("packs", type=Path)
parser.add_argument("--seed", type=int, default=7)
given = parser.parse_args()
grown = read_ground(given.city, given.packs, seed=given.seed)
environment.grow(grown, given.packs / "environment", seed=given.seed)
flood.grow(grown, given.packs / "flood_control", seed=given.seed)
water.grow(grown, given.packs / "water", seed=given.seed)
municipal.grow(grown, given.packs, seed=given.seed)
