"""Editions of rasters: a file each, as it was loaded last; what became of them, and files on their way."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


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
    #: Since when nobody is shown it; its file stays.
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["raster", "edition"], name="raster_edition_once")]

    def __str__(self) -> str:
        return f"raster {self.raster} {self.edition}"


class RasterChange(models.Model):
    """An edition loaded, taken back or put back; rows are only added, and outlive the file."""

    raster = models.CharField(max_length=41)
    edition = models.CharField(max_length=10)
    revision = models.PositiveIntegerField()
    #: ``loaded``, ``taken_back`` or ``put_back``.
    act = models.CharField(max_length=10)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    #: Why it was taken back or put back, as it was typed.
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["raster", "edition", "-id"], name="raster_change_edition")]

    def __str__(self) -> str:
        return f"{self.act} {self.raster} {self.edition}"


class RasterUpload(models.Model):
    """A file that an officer sends as an edition; it lies under ``var/loads`` until it is read."""

    account_id = models.BigIntegerField()
    organisation = models.CharField(max_length=60)
    post = models.CharField(max_length=60, blank=True)
    roles = models.JSONField(default=list)
    raster = models.CharField(max_length=41)
    year = models.PositiveSmallIntegerField()
    #: The revision that stood there when it was announced; 0 where none did. Over another it is not loaded.
    over = models.PositiveIntegerField()
    #: What the sender called it.
    name = models.CharField(max_length=200)
    #: Name of the file on the disk, which nobody can guess.
    file = models.CharField(max_length=60)
    size = models.BigIntegerField()
    state = models.CharField(max_length=10)
    #: How much of it is read, 0 to 1.
    share = models.FloatField(default=0)
    #: Why it was refused, or what it waits for, in both languages.
    refusal = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["raster", "year"], condition=Q(state="waiting"), name="raster_upload_one_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="raster_upload_organisation")]

    def __str__(self) -> str:
        return f"upload {self.pk} of {self.raster} {self.year}"
