"""Looks without a grant in an emergency, and their review."""

from __future__ import annotations

from django.db import models


class Emergency(models.Model):
    """An officer looks without a grant because of an incident; somebody else must review it in time."""

    account_id = models.BigIntegerField()
    organisation = models.CharField(max_length=60)
    resource = models.CharField(max_length=40)
    owner = models.CharField(max_length=60)
    incident = models.CharField(max_length=60)
    reason = models.CharField(max_length=500)
    opened_at = models.DateTimeField()
    #: Until then the same officer may look at more entries because of the same incident.
    ends_at = models.DateTimeField()
    looks = models.PositiveIntegerField(default=0)
    review_due_at = models.DateTimeField()
    #: 0 none, 1 yellow card, 2 red card.
    rung = models.PositiveSmallIntegerField(default=0)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.BigIntegerField(null=True)
    verdict = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["review_due_at"], condition=models.Q(reviewed_at=None), name="emergency_waiting"
            ),
            models.Index(fields=["account_id", "-id"], name="emergency_officer"),
        ]

    def __str__(self) -> str:
        return f"emergency {self.pk}: {self.organisation} at {self.resource}"
