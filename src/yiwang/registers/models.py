"""What registers are applied, and the reports of loads. The entries lie in schema ``reg``."""

from __future__ import annotations

from django.db import models


class Register(models.Model):
    """A register as its tables are now; ``revision`` grows with each apply."""

    code = models.CharField(max_length=41, unique=True)
    revision = models.PositiveIntegerField(default=1)
    owner = models.CharField(max_length=60)
    definition = models.JSONField()
    applied_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.code} r{self.revision}"


class FileLoad(models.Model):
    """One load of a file: how many rows came, how many were taken, and where the report lies."""

    register = models.CharField(max_length=41)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    rows = models.BigIntegerField()
    loaded = models.BigIntegerField()
    bad_rows = models.BigIntegerField()
    report = models.ForeignKey("platform.StoredFile", models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"load {self.pk} into {self.register}"
