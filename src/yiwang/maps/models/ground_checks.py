"""Checks of what lies under a piece of ground."""

from __future__ import annotations

from django.db import models


class GroundCheck(models.Model):
    """A check as it was made: by whom, why, of what, and what was found then. It is never changed."""

    organisation = models.CharField(max_length=40)
    account_id = models.BigIntegerField(null=True)
    checked_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    #: Well-known text in degrees (CGCS2000), as it will be dug.
    outline = models.TextField()
    depth = models.DecimalField(max_digits=5, decimal_places=2)
    begins = models.DateField()
    ends = models.DateField()
    found = models.JSONField()

    class Meta:
        indexes = (models.Index(fields=["organisation", "-checked_at"], name="maps_check_by_organisation"),)

    def __str__(self) -> str:
        return f"ground check {self.pk}"
