"""Organisations as a tree of codes, administrative divisions, and the mark that says when either changed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Division(models.Model):
    """An administrative division. Code: 6 digits (GB/T 2260), 9 or 12 (statistical code)."""

    code = models.CharField(max_length=12, primary_key=True)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    level = models.CharField(max_length=12)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    #: GeoJSON geometry in WGS 84 degrees, districts only; maps belong to another engine.
    boundary = models.JSONField(null=True)
    bounds = ArrayField(models.FloatField(), size=4, null=True)

    def __str__(self) -> str:
        return self.code


class Organisation(models.Model):
    """A body of the city. ``path`` is ``root/…/code/``, so a subtree is a prefix of it."""

    code = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=160)
    name_en = models.CharField(max_length=200)
    short_zh = models.CharField(max_length=80)
    aliases = ArrayField(models.CharField(max_length=80), default=list)
    kind = models.CharField(max_length=24)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=400)
    division_code = models.CharField(max_length=12, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["path"], name="organisation_path", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.code


class DirectoryState(models.Model):
    """One row; its mark changes with every change of organisations, roles or grants."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mark = models.UUIDField()

    def __str__(self) -> str:
        return str(self.mark)
