"""What organisations share."""

from __future__ import annotations

from django.db import models


class Resource(models.Model):
    """A resource as applied."""

    code = models.CharField(max_length=40, unique=True)
    owner = models.CharField(max_length=60)
    definition = models.JSONField()
    applied_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code
