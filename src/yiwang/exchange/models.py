"""Storage of the exchange: catalogue, grants, the day's use of quotas, traces."""

from __future__ import annotations

from django.db import models


class Resource(models.Model):
    """A resource as applied."""

    code = models.CharField(max_length=40, unique=True)
    owner = models.CharField(max_length=60)
    definition = models.JSONField()
    applied_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code


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
    issued_at = models.DateTimeField()
    issued_by = models.BigIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.BigIntegerField(null=True)
    revoked_because = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["resource", "grantee", "purpose"], name="grant_asked")]

    def __str__(self) -> str:
        return f"grant {self.pk}: {self.resource} to {self.grantee}"


class GrantDay(models.Model):
    """How often a grant was used on a day."""

    grant = models.ForeignKey(Grant, models.CASCADE)
    day = models.DateField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "day"], name="grant_day_once")]

    def __str__(self) -> str:
        return f"grant {self.grant_id} on {self.day}: {self.used}"


class TraceLine(models.Model):
    """One look at data. Append-only; the person concerned reads it. Never holds what was seen."""

    at = models.DateTimeField()
    organisation = models.CharField(max_length=60)
    account_id = models.BigIntegerField(null=True)
    #: Name of the machine that looked, if no person did.
    system = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10)
    #: Blind reference of the person or firm; empty when the data concern nobody.
    subject = models.CharField(max_length=80, blank=True)
    resource = models.CharField(max_length=60)
    fields = models.JSONField()
    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, blank=True)
    grant_id = models.BigIntegerField(null=True)
    #: Entries that were given: 0 when there was none.
    size = models.PositiveIntegerField()
    correlation = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-id"], name="trace_subject"),
            models.Index(fields=["organisation", "at"], name="trace_organisation"),
        ]

    def __str__(self) -> str:
        return f"trace {self.pk}: {self.organisation} at {self.resource}"
