"""Who looked at what and why."""

from __future__ import annotations

from django.db import models


class TraceLine(models.Model):
    """One look at data. Append-only; the person concerned reads it. Never holds what was seen."""

    at = models.DateTimeField()
    organisation = models.CharField(max_length=60)
    account_id = models.BigIntegerField(null=True)
    #: Name of the machine that looked, if no person did.
    system = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=16)
    #: Blind reference of the person or firm; empty when the data concern nobody.
    subject = models.CharField(max_length=80, blank=True)
    resource = models.CharField(max_length=60)
    fields = models.JSONField()
    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, blank=True)
    #: The day for which was asked; null for the present.
    valid_on = models.DateField(null=True)
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
