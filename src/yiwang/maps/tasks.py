"""The jobs of maps: they run at least once, so each looks first whether its work is done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.maps.analysis import api as analysis
from yiwang.maps.making.files import api as files
from yiwang.maps.rasters.arriving import api as arriving
from yiwang.platform.retrying import UntilDone


@app.task(name="yiwang.maps.make_long_study", retry=UntilDone())
def make_long_study(*, study: int) -> None:
    """Make a study of a layer that its asker doesn't wait for."""
    analysis.make_long_study(study=study, at=timezone.now())


@app.task(name="yiwang.maps.lay_file", retry=UntilDone())
def lay_file(*, file: int) -> None:
    """Lay a file on the map; what a killed worker began is undone, and done anew."""
    files.lay_layer_file(file=file, at=timezone.now())


@app.task(name="yiwang.maps.read_raster", retry=UntilDone())
def read_raster(*, upload: int) -> None:
    """Read imagery that has arrived; what a killed worker began is undone, and done anew."""
    arriving.read_raster(upload=upload, at=timezone.now())
