"""Catalogues of others that are read from time to time, and every time that was done."""

from __future__ import annotations

from django.db import models


class HarvestSource(models.Model):
    """A catalogue elsewhere."""

    key = models.CharField(max_length=40, unique=True)
    title = models.JSONField()
    protocol = models.CharField(max_length=10)
    url = models.CharField(max_length=500)
    every_hours = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key


class HarvestRun(models.Model):
    """One reading of a source: what came of it; ``fault`` says why it failed, as a pair of languages."""

    source = models.ForeignKey(HarvestSource, on_delete=models.CASCADE, related_name="runs")
    at = models.DateTimeField()
    seen = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    #: Entries that were left out: identifier and reason.
    left_out = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, blank=True)
    fault = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.source_id} {self.at}"
