"""How a register was declared before, and who was told of changes that break something."""

from __future__ import annotations

from django.db import models


class Revision(models.Model):
    """A register as one apply left it. ``breaks`` and ``hits`` say what it broke, and for whom."""

    register = models.CharField(max_length=41)
    revision = models.PositiveIntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField()
    is_closing = models.BooleanField(default=False)
    breaks = models.JSONField(default=list)
    hits = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "revision"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.register} r{self.revision}"


class ChangeNotice(models.Model):
    """An organisation is told that a register on which it relies changes."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="notices")
    organisation = models.CharField(max_length=60)
    hits = models.JSONField()
    told_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="change_notice_organisation")]
        constraints = [
            models.UniqueConstraint(fields=["revision", "organisation"], name="change_notice_once")
        ]

    def __str__(self) -> str:
        return f"notice of {self.revision_id} to {self.organisation}"
