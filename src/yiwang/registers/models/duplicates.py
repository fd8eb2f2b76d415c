"""Pairs of entries that may be the same, what was decided about them, and merges that can be undone."""

from __future__ import annotations

from django.db import models

from yiwang.registers.contracts import PairState


class DuplicateRun(models.Model):
    """How far a register was looked through. ``wanted_since``: entries known from then on wait for a look."""

    register = models.CharField(max_length=41, unique=True)
    #: Digest of the declared sets; another one means to look through the whole register.
    rules = models.CharField(max_length=64, blank=True)
    wanted_since = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    #: New pairs of the last run, and blocks that it left out because too many entries agreed.
    found = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"duplicates of {self.register}"


class DuplicatePair(models.Model):
    """Two entries; ``low`` is the smaller number. A pair has one row for ever: decisions are remembered.

    ``explanation`` gives each compared field's agreement, no values.
    """

    register = models.CharField(max_length=41)
    low = models.BigIntegerField()
    high = models.BigIntegerField()
    found_by = models.CharField(max_length=40)
    score = models.DecimalField(max_digits=4, decimal_places=3)
    explanation = models.JSONField()
    state = models.CharField(max_length=12, default=PairState.OPEN)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "low", "high"], name="register_pair"),
            models.CheckConstraint(condition=models.Q(low__lt=models.F("high")), name="register_pair_order"),
        ]
        indexes = [
            models.Index(fields=["register", "state", "-score", "id"], name="register_pair_queue"),
            models.Index(fields=["register", "high"], name="register_pair_high"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.low}/{self.high}"


class Merge(models.Model):
    """``retired`` was merged into ``survivor``: which versions came of it and what was re-pointed.

    ``fields`` were taken from the retired entry. ``links``: ``[{"register", "entry", "field"}]``.
    """

    pair = models.ForeignKey(DuplicatePair, on_delete=models.PROTECT, related_name="merges")
    register = models.CharField(max_length=41)
    survivor = models.BigIntegerField()
    survivor_before = models.PositiveIntegerField()
    survivor_after = models.PositiveIntegerField()
    retired = models.BigIntegerField()
    retired_version = models.PositiveIntegerField()
    fields = models.JSONField(default=list)
    links = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["register", "retired"], name="register_merge_retired")]

    def __str__(self) -> str:
        return f"{self.register} {self.retired} into {self.survivor}"
