"""Participatory budgets: projects, who voted, and ballots that bear nobody's name."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from yiwang.portal.talking.models.drafts import Draft


class Budget(Draft):
    """Money to spend, in yuan, and what bounds a choice; ``counted_at`` when papers came in and it ended."""

    amount = models.BigIntegerField()
    way = models.CharField(max_length=8)
    most = models.PositiveSmallIntegerField(default=0)
    #: As ``rules.budgeting.projects_of`` read them.
    projects = models.JSONField()
    void_papers = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="budget_days"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="budget_amount"),
        ]
        indexes = [models.Index(fields=["-closes_on", "-id"], name="budget_closes")]


class BudgetTurnout(models.Model):
    """That a person voted, online or on paper; one person, one ballot."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="turnout")
    person_id = models.BigIntegerField()
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["budget", "person_id"], name="budget_turnout_once")]

    def __str__(self) -> str:
        return f"turnout of {self.budget_id}"


class BudgetBallot(models.Model):
    """The numbers of the projects that somebody chose; from which channel it came is not told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="ballots")
    chosen = models.JSONField()

    def __str__(self) -> str:
        return f"ballot of {self.budget_id}"
