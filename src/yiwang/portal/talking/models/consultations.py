"""Drafts put out for comment, their sections, the comments and what became of each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.portal.talking.models.drafts import Draft


class Consultation(Draft):
    """A draft and the days of comment; its row is the lock of all that belongs to it."""

    kind = models.CharField(max_length=10)
    reported_at = models.DateTimeField(null=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")), name="consultation_days"
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True) | Q(put_out_at__isnull=False),
                name="consultation_reported_once_out",
            ),
        ]
        indexes = [models.Index(fields=["-closes_on", "-id"], name="consultation_closes")]


class Section(models.Model):
    """A section of a draft, numbered from 1."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="section_number")]

    def __str__(self) -> str:
        return f"{self.consultation_id} §{self.number}"


class Comment(models.Model):
    """What somebody said to a section (0: the whole), and the answer; ``shown`` is what the report prints."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="comments")
    section = models.PositiveSmallIntegerField(default=0)
    person_id = models.BigIntegerField(null=True)
    entity_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    body = models.TextField()
    shown = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", reason="")
                | (Q(outcome__in=["adopted", "partly", "not_adopted"]) & ~Q(reason="") & ~Q(shown="")),
                name="comment_answered_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "section", "id"], name="comment_section"),
            models.Index(fields=["person_id", "consultation"], name="comment_person"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"
