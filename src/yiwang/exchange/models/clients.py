"""Machines of departments: their credentials, their short-lived tokens, and the mark of the law."""

from __future__ import annotations

from django.db import models


class Client(models.Model):
    """A system of an organisation that asks by itself. Holds a keyed hash of its secret, never the secret."""

    client_id = models.CharField(max_length=32, unique=True)
    secret_hash = models.BinaryField(max_length=32)
    organisation = models.CharField(max_length=60)
    title = models.JSONField()
    #: Purposes that it may name; empty: those of its organisation's grants.
    purposes = models.JSONField(default=list)
    #: The only grant that it may use; null: every grant of its organisation.
    grant_id = models.BigIntegerField(null=True)
    per_second = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.BigIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.BigIntegerField(null=True)
    revoked_because = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation"], name="client_organisation")]

    def __str__(self) -> str:
        return f"client {self.client_id} of {self.organisation}"


class ClientToken(models.Model):
    """A bearer token in use, by its keyed hash; revoking its client removes it."""

    token_hash = models.BinaryField(max_length=32, unique=True)
    client = models.ForeignKey(Client, models.CASCADE)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="client_token_expiry")]

    def __str__(self) -> str:
        return f"token {self.pk} of client {self.client_id}"


class LawMark(models.Model):
    """One row whose mark is new whenever a grant, a resource, a client or a register changes.

    Triggers renew it, so that nobody who writes to those tables can forget. Who remembers a decision asks in
    the statement that acts on it whether the mark is still the same.
    """

    mark = models.UUIDField()

    def __str__(self) -> str:
        return f"mark {self.mark}"
