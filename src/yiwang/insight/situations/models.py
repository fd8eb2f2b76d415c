"""Situations as applied."""

from __future__ import annotations

from django.db import models


class Waiting(models.Model):
    """A board one of whose registers was written since its stations were last written."""

    situation = models.CharField(max_length=41)
    board = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"board {self.board} of {self.situation}"


class Situation(models.Model):
    """A page that a pack declares, as last applied, with the decision tables that it takes along."""

    code = models.CharField(max_length=41, primary_key=True)
    content = models.JSONField()
    applied_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"situation {self.code}"
