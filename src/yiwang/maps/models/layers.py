"""Layers as applied."""

from __future__ import annotations

from django.db import models


class Layer(models.Model):
    """A layer that a pack declares, as last applied. Its changes renew the exchange's mark of the law."""

    code = models.CharField(max_length=41, primary_key=True)
    revision = models.IntegerField()
    definition = models.JSONField()
    applied_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"layer {self.code}"
