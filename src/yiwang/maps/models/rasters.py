"""Editions of rasters: a file each, as it was loaded last."""

from __future__ import annotations

from django.db import models


class RasterEdition(models.Model):
    """One year's file of a raster. A file is written once under a name of its own, and never changed."""

    raster = models.CharField(max_length=41)
    edition = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    #: Grows with each load, so that nobody takes a kept tile of the file before for one of this.
    revision = models.PositiveIntegerField(default=1)
    #: Below ``var/rasters/<raster>/``.
    file = models.CharField(max_length=80)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    #: The zoom whose pixels the file has.
    zoom = models.PositiveSmallIntegerField()
    source_system = models.CharField(max_length=40)
    loaded_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["raster", "edition"], name="raster_edition_once")]

    def __str__(self) -> str:
        return f"raster {self.raster} {self.edition}"
