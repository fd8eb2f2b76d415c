"""Proposals of people, and who supports them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Proposal(models.Model):
    """As it was written, and as it may be read: ``title`` and ``body`` are empty until it is published."""

    organisation = models.CharField(max_length=60)
    person_id = models.BigIntegerField()
    given_title = models.CharField(max_length=60)
    given_body = models.TextField()
    given_at = models.DateTimeField()
    title = models.CharField(max_length=60, blank=True)
    body = models.TextField(blank=True)
    judged_by = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_reason = models.CharField(max_length=500, blank=True)
    closes_on = models.DateField(null=True)
    needed = models.PositiveIntegerField(null=True)
    reached_at = models.DateTimeField(null=True)
    answer_due_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(declined_at__isnull=True),
                name="proposal_one_verdict",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="", answer="")
                | (Q(answered_at__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
                name="proposal_answered_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="proposal_public"),
            models.Index(fields=["organisation", "-id"], name="proposal_organisation"),
            models.Index(fields=["person_id"], name="proposal_person"),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class Support(models.Model):
    """That a person supports a proposal: once, and without the time."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="supports")
    person_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "person_id"], name="support_once")]

    def __str__(self) -> str:
        return f"support of {self.proposal_id}"
