"""What the watch over looks has seen and found."""

from __future__ import annotations

from django.db import models


class WatchMark(models.Model):
    """How far the watch has read the trace; one row."""

    key = models.CharField(max_length=20, unique=True)
    last_trace = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}: {self.last_trace}"


class OfficerHour(models.Model):
    """How much an officer looked in an hour, by purpose: the history that later hours are compared with."""

    account_id = models.BigIntegerField()
    organisation = models.CharField(max_length=60)
    purpose = models.CharField(max_length=40)
    hour = models.DateTimeField()
    looks = models.PositiveIntegerField()
    subjects = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "organisation", "purpose", "hour"], name="officer_hour_once"
            )
        ]
        indexes = [models.Index(fields=["organisation", "purpose", "hour"], name="officer_hour_peers")]

    def __str__(self) -> str:
        return f"{self.account_id} at {self.hour}: {self.looks}"


class Finding(models.Model):
    """Something about an officer's looks that a person must explain; figures, never what was seen."""

    rule = models.CharField(max_length=24)
    account_id = models.BigIntegerField()
    organisation = models.CharField(max_length=60)
    purpose = models.CharField(max_length=40)
    #: The hour or day that it is about.
    since = models.DateTimeField()
    #: What the rule compared: {"found": 41, "usual": 3.2, "limit": 20}.
    figures = models.JSONField()
    first_trace = models.BigIntegerField()
    last_trace = models.BigIntegerField()
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    verdict = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "account_id", "organisation", "purpose", "since"], name="finding_once"
            )
        ]
        indexes = [
            models.Index(fields=["-id"], condition=models.Q(decided_at=None), name="finding_open"),
        ]

    def __str__(self) -> str:
        return f"finding {self.pk}: {self.rule}"
