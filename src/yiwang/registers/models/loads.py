"""The reports of loads."""

from __future__ import annotations

from django.db import models


class FileLoad(models.Model):
    """One load of a file: how many rows came, how many were taken, and where the report lies."""

    register = models.CharField(max_length=41)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    #: The reference system that was declared; shapes of ``gcj02`` and ``bd09`` were converted.
    system = models.CharField(max_length=10, blank=True, default="")
    rows = models.BigIntegerField()
    loaded = models.BigIntegerField()
    bad_rows = models.BigIntegerField()
    noted = models.BigIntegerField(default=0, db_default=0)
    #: Rows placed by their addresses, by per cent of certainty.
    placed = models.JSONField(null=True)
    report = models.ForeignKey("platform.StoredFile", models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"load {self.pk} into {self.register}"
