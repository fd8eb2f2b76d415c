"""Registers that are being drawn up, and what became of each draft."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class RegisterDraft(models.Model):
    """A register, its next revision, or its end, as its owner is drawing it up.

    ``text`` is the whole definition in YAML, also while it is no valid one yet; ``version`` grows with each
    save, so that of two who edit at once neither overwrites the other.
    """

    DEFINE, RETIRE = "define", "retire"
    DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"

    code = models.CharField(max_length=41)
    owner = models.CharField(max_length=60)
    aim = models.CharField(max_length=10, default=DEFINE)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default=DRAFT)
    begun_at = models.DateTimeField()
    begun_by = models.BigIntegerField()
    saved_at = models.DateTimeField()
    saved_by = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(state="draft"), name="register_draft_one_a_code"
            )
        ]
        indexes = [models.Index(fields=["owner", "state"], name="register_draft_owner")]

    def __str__(self) -> str:
        return f"draft {self.pk} of {self.code}"
