"""Who asked for access to what."""

from __future__ import annotations

from django.db import models


class AccessRequest(models.Model):
    """An organisation asked the owner of a resource for a grant; the case says how it stands."""

    resource = models.CharField(max_length=40)
    owner = models.CharField(max_length=60)
    organisation = models.CharField(max_length=60)
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    case_number = models.CharField(max_length=40, unique=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="access_asked")]

    def __str__(self) -> str:
        return f"{self.case_number}: {self.organisation} asks for {self.resource}"
