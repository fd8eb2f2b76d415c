"""The demonstration's imagery, painted by a seed at a first start; only what is declared made up."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from yiwang.maps.models import RasterEdition
from yiwang.maps.rasters.commands.load_raster import load_raster
from yiwang.maps.rasters.contracts import MadeRaster
from yiwang.maps.rasters.converted import QUIET
from yiwang.maps.rasters.queries.editions import declared, folder_of
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT

_CODES = ("orthophotos", "ground_heights")
_SEED = 7
_MODULE = "yiwang.maps.rasters.synthesis"
_MOST_SECONDS = 120


def ensure_imagery(*, actor: Actor, at: datetime) -> int:
    """Paint and load what is declared made up and has no edition; gives how many files were loaded."""
    wanted = [code for code in _CODES if _is_wanted(code)]
    if not wanted:
        return 0
    with TemporaryDirectory(prefix=".painting-", dir=folder_of(wanted[0]).parent) as name:
        words = [str(ROOT / "packs"), name, str(_SEED)]
        said = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-P", "-W", "ignore", "-m", _MODULE, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_MOST_SECONDS,
            check=True,
            env=QUIET,
            cwd="/",
        ).stdout
        told = [json.loads(line) for line in said.splitlines()]
        sheets = [each for each in told if each["raster"] in wanted]
        for each in sheets:
            west, south, east, north = each["made"].pop("bounds")
            file = Path(name) / each["file"]
            load_raster(
                actor=actor,
                at=at,
                raster=each["raster"],
                year=int(each["year"]),
                made=MadeRaster(bounds=(west, south, east, north), **each["made"]),
                file=file,
                sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
            )
        return len(sheets)


def _is_wanted(code: str) -> bool:
    raster = declared(code)
    return raster is not None and raster.is_made_up and not RasterEdition.objects.filter(raster=code).exists()
