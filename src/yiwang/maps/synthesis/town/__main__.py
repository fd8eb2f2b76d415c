"""Writes the made-up town into the packs."""

from __future__ import annotations

import argparse
from pathlib import Path

import structlog

from yiwang.maps.synthesis.town.files import Town

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m yiwang.maps.synthesis.town")
    parser.add_argument("city", type=Path)
    parser.add_argument("packs", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    for path in Town(given.city, seed=given.seed).write(given.packs):
        structlog.get_logger().info("written", file=path.name, bytes=path.stat().st_size)
