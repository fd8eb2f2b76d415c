"""Notices of communities and streets."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class LocalNotice(models.Model):
    """Shown until its last day or until it is withdrawn; the fields of a job are empty for other kinds."""

    kind = models.CharField(max_length=10)
    organisation = models.CharField(max_length=60)
    title = models.CharField(max_length=60)
    body = models.TextField()
    contact = models.CharField(max_length=60)
    phone = models.CharField(max_length=30)
    valid_until = models.DateField()
    place = models.CharField(max_length=100, blank=True)
    hours = models.CharField(max_length=10, blank=True)
    openings = models.PositiveIntegerField(null=True)
    wage_from = models.PositiveIntegerField(null=True)
    wage_to = models.PositiveIntegerField(null=True)
    wage_per = models.CharField(max_length=10, blank=True)
    posted_by = models.BigIntegerField()
    posted_at = models.DateTimeField()
    withdrawn_by = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="notice", hours="", openings__isnull=True)
                | (Q(kind="job", openings__gte=1) & ~Q(hours="")),
                name="local_notice_job_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "-posted_at", "-id"],
                condition=Q(withdrawn_at__isnull=True),
                name="local_notice_shown",
            ),
            models.Index(fields=["organisation", "-id"], name="local_notice_of"),
        ]

    def __str__(self) -> str:
        return f"local notice {self.pk}"
