"""Letters and their replies as they may be read by anybody."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.portal.talking.contracts import LetterState


class Letter(models.Model):
    """What an officer said about publishing one; the texts are those without personal data, else empty."""

    number = models.CharField(max_length=40, unique=True)
    type_code = models.CharField(max_length=60)
    organisation = models.CharField(max_length=60)
    state = models.CharField(max_length=10)
    subject = models.CharField(max_length=100, blank=True)
    letter = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    received_on = models.DateField()
    answered_on = models.DateField()
    #: Why it is not published, or not any more.
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.BigIntegerField()
    decided_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["-decided_at", "-id"], condition=Q(state=LetterState.PUBLISHED), name="letter_public"
            ),
            models.Index(fields=["organisation", "-decided_at"], name="letter_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
