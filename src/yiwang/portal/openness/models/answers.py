"""Answers to requests for information as anybody may read them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PublicAnswer(models.Model):
    """What an officer said about showing one; the words are those without personal data, else empty."""

    number = models.CharField(max_length=40, unique=True)
    organisation = models.CharField(max_length=60)
    #: ``published``, ``declined`` or ``withdrawn``.
    state = models.CharField(max_length=10)
    #: How the request ended, in both languages.
    result = models.JSONField()
    subject = models.CharField(max_length=200, blank=True)
    asked = models.TextField(blank=True)
    released = models.TextField(blank=True)
    withheld = models.TextField(blank=True)
    received_on = models.DateField()
    answered_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.BigIntegerField()
    decided_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["-answered_on", "-id"], condition=Q(state="published"), name="answer_public")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
