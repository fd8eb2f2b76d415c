"""``python -m yiwang.maps.grid.synthesis CITY PACKS --seed 7`` writes the data of the pack ``city_grid``."""

from __future__ import annotations

import argparse
from pathlib import Path

from yiwang.maps.grid.synthesis.writing import write

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("city", type=Path)
parser.add_argument("packs", type=Path)
parser.add_argument("--seed", type=int, default=7)
given = parser.parse_args()
write(given.city, given.packs, seed=given.seed)
