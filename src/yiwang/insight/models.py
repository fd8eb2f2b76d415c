"""Storage of supervision: the scoring scheme in force, who was told of cards, the monthly reports."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.insight.contracts import ReportState


class Scheme(models.Model):
    """A scoring scheme as a pack declares it; the one that is not closed counts."""

    code = models.CharField(max_length=61, unique=True)
    definition = models.JSONField()
    applied_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code


class Alert(models.Model):
    """An officer is told of a card, once: the case, the step and the office are read from the card itself."""

    account_id = models.BigIntegerField()
    card_id = models.BigIntegerField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card_id", "account_id"], name="alert_once")]
        indexes = [
            models.Index(fields=["account_id", "-id"], name="alert_account"),
            models.Index(fields=["account_id"], condition=Q(seen_at=None), name="alert_unseen"),
        ]

    def __str__(self) -> str:
        return f"card {self.card_id} to account {self.account_id}"


class Report(models.Model):
    """A monthly report: asked for in an act, made once by a job. Rights are those of who asked for it."""

    month = models.CharField(max_length=7)
    #: Whose subtree it covers; empty for the whole city.
    organisation = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, default=ReportState.WAITING)
    steps_done = models.PositiveSmallIntegerField(default=0)
    asked_by = models.BigIntegerField()
    asked_from = models.CharField(max_length=60)
    roles = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    xlsx_id = models.BigIntegerField(null=True)
    pdf_id = models.BigIntegerField(null=True)
    #: Organisation whose seal the document bears; empty for an extract without a seal.
    sealed_by = models.CharField(max_length=60, blank=True)
    failure = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "organisation"],
                condition=Q(state__in=["waiting", "making"]),
                name="report_once_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["organisation", "-asked_at"], name="report_organisation")]

    def __str__(self) -> str:
        return f"{self.month} {self.organisation or 'city'} {self.state}"
