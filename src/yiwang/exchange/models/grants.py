"""Who may look, for which purpose, until when, and how often it was used."""

from __future__ import annotations

from django.db import models


class Grant(models.Model):
    """Who may look at which fields of a resource, for which purpose, until when."""

    resource = models.CharField(max_length=40)
    grantee = models.CharField(max_length=60)
    fields = models.JSONField()
    purpose = models.CharField(max_length=40)
    legal_basis = models.JSONField()
    #: Field to the values that a row must have to be given: {"residence_division": ["440103"]}.
    row_filter = models.JSONField(default=dict)
    valid_from = models.DateField()
    valid_until = models.DateField()
    quota_per_day = models.PositiveIntegerField(null=True)
    #: Whether the person concerned must have consented (PIPL, article 13, paragraph 1, item 1).
    needs_consent = models.BooleanField(default=False)
    #: The case in which it was asked for and approved; empty when the owner gave it unasked.
    case_number = models.CharField(max_length=40, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.BigIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.BigIntegerField(null=True)
    revoked_because = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["resource", "grantee", "purpose"], name="grant_asked"),
            models.Index(fields=["case_number"], condition=~models.Q(case_number=""), name="grant_case"),
        ]

    def __str__(self) -> str:
        return f"grant {self.pk}: {self.resource} to {self.grantee}"


class GrantDay(models.Model):
    """How often a grant was used on a day: the sum of its slots, whose locks looks side by side don't share.

    Each slot may use its share of the quota (``rules.quotas``), so together they never use more.
    """

    grant = models.ForeignKey(Grant, models.CASCADE)
    day = models.DateField()
    slot = models.PositiveSmallIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "day", "slot"], name="grant_day_once")]

    def __str__(self) -> str:
        return f"grant {self.grant_id} on {self.day}: {self.used}"
