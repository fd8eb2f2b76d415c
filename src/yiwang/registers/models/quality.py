"""How right a register is, day by day and by who recorded it, and defects that were sent back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class QualityRun(models.Model):
    """The last measurement of a register; ``wanted`` when entries were written since."""

    register = models.CharField(max_length=41, unique=True)
    wanted = models.BooleanField(default=False)
    last_at = models.DateTimeField()
    #: Digest of the rules, and how long the measurement took.
    rules = models.CharField(max_length=64)
    milliseconds = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"quality of {self.register}"


class QualityScore(models.Model):
    """One source's entries on one day. ``counts``: ``{rule: [checked, failed]}``; the score is 0 to 100."""

    register = models.CharField(max_length=41)
    source = models.CharField(max_length=60)
    day = models.DateField()
    entries = models.BigIntegerField()
    score = models.DecimalField(max_digits=5, decimal_places=2)
    counts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "day", "source"], name="register_quality_day")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.source} {self.day}: {self.score}"


class Defect(models.Model):
    """A rule that too many entries of a source break, open until they don't. ``sample`` are entry numbers.

    ``case_number`` is the case by which it was sent back; ``settled`` once that case was ended.
    """

    register = models.CharField(max_length=41)
    rule = models.CharField(max_length=40)
    source = models.CharField(max_length=60)
    found_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    checked = models.BigIntegerField()
    failed = models.BigIntegerField()
    worst = models.BigIntegerField()
    sample = models.JSONField(default=list)
    case_number = models.CharField(max_length=40, blank=True)
    settled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "rule", "source"],
                condition=Q(closed_at__isnull=True),
                name="register_defect_open",
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(settled=False), name="register_defect_unsettled"),
        ]

    def __str__(self) -> str:
        return f"{self.register}.{self.rule} of {self.source}"
