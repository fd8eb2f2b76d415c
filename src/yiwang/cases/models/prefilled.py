"""What an organisation took into a case from the exchange: which values, when, by which look."""

from __future__ import annotations

from django.db import models

from yiwang.cases.models.case import Case


class Prefilled(models.Model):
    """One look for a case. Rows are only added; the last of an organisation and resource is shown."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    #: Whose grant it was; nobody else sees the values.
    organisation = models.CharField(max_length=60)
    resource = models.CharField(max_length=81)
    #: The key that was asked and the values, sealed (``rows/prefills.py``).
    sealed = models.BinaryField()
    #: Line of the trace.
    trace = models.BigIntegerField()
    account_id = models.BigIntegerField(null=True)
    officer_name = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "organisation", "resource", "id"], name="prefilled_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.organisation} {self.resource}"
