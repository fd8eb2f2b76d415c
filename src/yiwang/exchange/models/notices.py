"""What readers are told."""

from __future__ import annotations

from django.db import models


class ReaderNotice(models.Model):
    """Data that an organisation was given were wrong and have been corrected. Holds no value, no number."""

    organisation = models.CharField(max_length=60)
    #: The corrected fields that it got from the resource, and its own references (case numbers).
    resource = models.CharField(max_length=60)
    fields = models.JSONField()
    references = models.JSONField()
    entry = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    last_trace = models.BigIntegerField()
    last_look_at = models.DateTimeField()
    told_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="notice_organisation")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "resource", "entry", "version"], name="notice_once"
            )
        ]

    def __str__(self) -> str:
        return f"notice {self.pk} to {self.organisation} on {self.resource}"
