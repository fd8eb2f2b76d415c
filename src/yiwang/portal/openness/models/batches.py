"""Catalogues of earlier years that are taken over: a package with a table and the documents."""

from __future__ import annotations

from django.db import models

from yiwang.portal.openness.models.items import Item


class Batch(models.Model):
    """One package, as far as it was read; ``state`` is waiting, reading, done or refused."""

    organisation = models.CharField(max_length=60)
    file = models.ForeignKey("platform.StoredFile", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8)
    #: Why nothing of it was taken over, in both languages; empty else.
    reason = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    #: Who sent it, with the post and the roles of then; what they still allow is asked anew for each line.
    account_id = models.BigIntegerField()
    post = models.CharField(max_length=200)
    roles = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="batch_organisation")]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class BatchRow(models.Model):
    """What became of a line; it is there once the line is done, together with its item."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    #: ``imported``, ``duplicate`` or ``refused``.
    outcome = models.CharField(max_length=10)
    reasons = models.JSONField(default=list)
    title = models.CharField(max_length=200, blank=True)
    #: What was made of it, or what it is a duplicate of.
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="batch_row_once")]
        indexes = [models.Index(fields=["batch", "outcome", "line"], name="batch_row_outcome")]

    def __str__(self) -> str:
        return f"line {self.line} of {self.batch_id}: {self.outcome}"
