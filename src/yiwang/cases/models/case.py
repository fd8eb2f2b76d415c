"""A case, the version of the type it runs under, and its log."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yiwang.cases.contracts.words import ApplicantKind, Channel, Phase


class CaseTypeVersion(models.Model):
    """One applied version of a case type; it is never changed, and running cases stay on theirs."""

    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    definition = models.JSONField()
    #: None for an item that is a guide only.
    process = models.JSONField(null=True)
    #: DMN decisions and forms that the type uses, as they stood when it was applied.
    parts = models.JSONField(default=dict)
    active = models.BooleanField(default=True)
    applied_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="case_type_version"),
            models.UniqueConstraint(fields=["code"], condition=Q(active=True), name="case_type_active"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class NumberSeries(models.Model):
    """The last number given out of a series, such as ``TZ20261121``."""

    key = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.key} {self.last}"


class Case(models.Model):
    """A piece of work under a legal clock. Its row is the lock of everything that belongs to it."""

    number = models.CharField(max_length=40, unique=True)
    type_version = models.ForeignKey(CaseTypeVersion, on_delete=models.PROTECT)
    type_code = models.CharField(max_length=60)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    #: Parent, its parent and so on; the order in which an act locks them is by id, so parents first.
    ancestors = ArrayField(models.BigIntegerField(), default=list)
    #: Number of the parent's token that waits for this case.
    parent_token = models.PositiveIntegerField(null=True)
    applicant_kind = models.CharField(max_length=12, default=ApplicantKind.PERSON)
    person_id = models.BigIntegerField(null=True)
    entity_id = models.BigIntegerField(null=True)
    #: Who filled it in for the applicant: a mandatary, or the account at the counter.
    agent_person_id = models.BigIntegerField(null=True)
    applicant_name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=60)
    division_code = models.CharField(max_length=12)
    channel = models.CharField(max_length=8, default=Channel.ONLINE)
    title = models.CharField(max_length=300)
    urgent = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    phase = models.CharField(max_length=20, default=Phase.RECEIVED)
    outcome = models.CharField(max_length=40, blank=True)
    #: How it turned out in the words of its own law; one of the results that the item declares.
    result = models.CharField(max_length=60, blank=True, db_default="")
    tracking_code = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1)
    #: Number of the last token that was made; tokens are numbered within their case.
    last_token = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "phase", "id"], name="case_organisation"),
            models.Index(fields=["division_code", "phase", "id"], name="case_division"),
            models.Index(fields=["type_code", "phase", "id"], name="case_type"),
            models.Index(
                fields=["person_id", "id"], condition=Q(person_id__isnull=False), name="case_person"
            ),
            models.Index(
                fields=["entity_id", "id"], condition=Q(entity_id__isnull=False), name="case_entity"
            ),
            models.Index(fields=["parent"], condition=Q(parent__isnull=False), name="case_parent"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="case_closed"),
            models.Index(fields=["opened_at", "id"], name="case_opened"),
            # Boards count without touching the rows: 75 ms instead of 460 at 100,000 cases.
            models.Index(
                fields=["id"],
                include=["organisation", "type_code", "division_code", "parent"],
                condition=Q(closed_at__isnull=True),
                name="case_open",
            ),
            models.Index(fields=["id"], condition=Q(phase__in=["withdrawn", "lapsed"]), name="case_dropped"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseEvent(models.Model):
    """One line of the log of a case. ``detail`` holds codes and what was said, not personal data."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    at = models.DateTimeField()
    act = models.CharField(max_length=40)
    actor_kind = models.CharField(max_length=8)
    account_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=60, blank=True)
    delegated_by = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    #: Leaf of the ledger that holds the digest of this line.
    leaf = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="case_event_log")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.act}"
