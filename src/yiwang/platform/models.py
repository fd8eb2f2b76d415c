"""Storage of the footing: journal, outbox, files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class JournalEntry(models.Model):
    """One act or refusal. Identifiers only; the content stays with the engine that owns it."""

    DONE: ClassVar[str] = "done"
    REFUSED: ClassVar[str] = "refused"

    at = models.DateTimeField()
    operation = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=8)
    account_id = models.BigIntegerField(null=True)
    system = models.CharField(max_length=40, blank=True)
    organisation = models.CharField(max_length=60, blank=True)
    delegated_by = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=8)
    reason = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)
    correlation = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="journal_subject"),
            models.Index(fields=["account_id", "id"], name="journal_account"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.subject} {self.outcome}"


class OutboxEntry(models.Model):
    """A fact on its way to its consumers; the row goes when all have taken it."""

    at = models.DateTimeField()
    name = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    last_problem = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["try_at", "id"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"


class StoredFile(models.Model):
    """A file kept by the digest of its content under ``var/files``; the name is what the sender called it."""

    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    stored_at = models.DateTimeField()
    #: Who may open it, as the owning engine's subject (``case:12``); the engine answers for access.
    owner = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["owner"], name="file_owner")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.media_type}"
