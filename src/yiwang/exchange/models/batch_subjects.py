"""Whose data were in a look at many."""

from __future__ import annotations

from django.db import models

from yiwang.exchange.models.traces import TraceLine


class BatchSubjects(models.Model):
    """Some of those concerned by one trace line: 16-byte marks side by side, all of the same bucket.

    A row a person would be as large as what was exported; a million people are 4,096 rows of 4 KB.
    """

    trace = models.ForeignKey(TraceLine, models.CASCADE, related_name="+")
    #: The first twelve bits of the marks.
    bucket = models.SmallIntegerField()
    marks = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["bucket", "trace"], name="batch_bucket")]

    def __str__(self) -> str:
        return f"bucket {self.bucket} of trace {self.trace_id}"
