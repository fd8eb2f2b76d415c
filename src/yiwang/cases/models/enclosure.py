"""Files that officers put to a case: what goes out with its decision, and what came in from others."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.cases.models.case import Case


class Enclosure(models.Model):
    """A file with the proof that goes with it. One that was taken back stays as a trace, out of reach."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="enclosures", db_index=False)
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=255)
    file_id = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    #: What was proven of a severed file: digests of source and file, pages, regions. Null: nothing taken out.
    proof = models.JSONField(null=True)
    organisation = models.CharField(max_length=60)
    by = models.BigIntegerField()
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case"], condition=Q(taken_back_at__isnull=True), name="enclosure_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.sha256[:12]}"
