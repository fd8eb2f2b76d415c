"""Terminals in public places."""

from __future__ import annotations

from django.db import models


class Terminal(models.Model):
    """A terminal and where it stands; of its secret only the digest is kept."""

    organisation = models.CharField(max_length=60)
    place = models.JSONField()
    address = models.CharField(max_length=120)
    secret_digest = models.CharField(max_length=64)
    registered_by = models.BigIntegerField()
    registered_at = models.DateTimeField()
    last_contact_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.BigIntegerField(null=True)
    retired_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["retired_at", "last_contact_at"], name="terminal_contact")]

    def __str__(self) -> str:
        return f"terminal {self.pk}"
