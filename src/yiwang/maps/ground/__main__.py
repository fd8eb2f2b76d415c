"""Writes the made-up ground into the packs."""

from __future__ import annotations

import argparse
from pathlib import Path

import structlog

from yiwang.maps.ground.files import Ground

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m yiwang.maps.ground")
    parser.add_argument("city", type=Path)
    parser.add_argument("packs", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    for path in Ground(given.city, seed=given.seed).write(given.packs):
        structlog.get_logger().info("written", file=path.name, bytes=path.stat().st_size)
