"""What registers are applied. The entries lie in schema ``reg``."""

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
