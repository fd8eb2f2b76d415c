"""What everything has that an office puts out to people for some days."""

from __future__ import annotations

from django.db import models


class Draft(models.Model):
    """Written by an organisation's officer, put out by its head, open from a day to a day."""

    title = models.JSONField()
    summary = models.JSONField()
    organisation = models.CharField(max_length=60)
    opens_on = models.DateField()
    closes_on = models.DateField()
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    put_out_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__.lower()} {self.pk}"
