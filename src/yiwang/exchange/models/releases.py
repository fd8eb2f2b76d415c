"""Cuts of register data that are released to society after two people have looked."""

from __future__ import annotations

from django.db import models


class Release(models.Model):
    """A cut: how it was made, what was held back, and who answers for it."""

    code = models.CharField(max_length=40, unique=True)
    resource = models.CharField(max_length=40)
    owner = models.CharField(max_length=60)
    title = models.JSONField()
    summary = models.JSONField()
    licence = models.CharField(max_length=200)
    #: ``table`` (counts by fields) or ``rows`` (single entries).
    form = models.CharField(max_length=6)
    fields = models.JSONField()
    least = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    report = models.JSONField()
    file = models.ForeignKey("platform.StoredFile", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    prepared_by = models.BigIntegerField()
    signed_at = models.DateTimeField(null=True)
    signed_by = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code
