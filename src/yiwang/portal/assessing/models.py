"""Remarks to assessments; the scores themselves are computed from what happened."""

from __future__ import annotations

from django.db import models


class Remark(models.Model):
    """What the assessed department or the assessing office said to an assessment."""

    organisation = models.CharField(max_length=60)
    period = models.CharField(max_length=7)
    body = models.CharField(max_length=1000)
    #: Whose officer wrote it.
    by_organisation = models.CharField(max_length=60)
    by = models.BigIntegerField()
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "period", "at"], name="assessment_remark")]

    def __str__(self) -> str:
        return f"remark {self.pk} on {self.organisation} {self.period}"
