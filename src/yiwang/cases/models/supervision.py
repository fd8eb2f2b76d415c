"""Supervision: cards of late clocks, notices with their replies, ratings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.cases.contracts.words import NoticeState
from yiwang.cases.models.case import Case
from yiwang.cases.models.clock import Clock
from yiwang.cases.models.process import Task


class Card(models.Model):
    """A yellow or red card: the ladder was reached on a running clock. One of each a clock."""

    level = models.CharField(max_length=6)
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="cards")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="cards")
    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="cards")
    organisation = models.CharField(max_length=60)
    officer_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "level"], name="card_once")]
        indexes = [
            models.Index(fields=["organisation", "level", "at"], name="card_organisation"),
            models.Index(fields=["at", "id"], name="card_at"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.case_id}"


class Notice(models.Model):
    """督办: the supervision office asks an organisation about a case, until it closes the matter."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    card = models.ForeignKey(Card, null=True, on_delete=models.PROTECT, related_name="notices")
    organisation = models.CharField(max_length=60)
    opened_by = models.BigIntegerField(null=True)
    opened_by_organisation = models.CharField(max_length=60)
    body = models.TextField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, default=NoticeState.OPEN)
    closed_at = models.DateTimeField(null=True)
    closing = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "due_at"], condition=~Q(state="closed"), name="notice_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class NoticeReply(models.Model):
    """What the organisation answers."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="replies")
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    organisation = models.CharField(max_length=60)
    body = models.TextField()

    def __str__(self) -> str:
        return f"{self.notice_id} {self.at:%F %R}"


class Rating(models.Model):
    """好差评: five levels, one a handling; a bad one must be answered."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="rating")
    organisation = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    at = models.DateTimeField()
    answer_until = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="rating_five_levels"),
        ]
        indexes = [models.Index(fields=["organisation", "at"], name="rating_organisation")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.level}"
