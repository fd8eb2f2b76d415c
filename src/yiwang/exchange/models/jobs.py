"""Requests that are answered later, with a file."""

from __future__ import annotations

from django.db import models


class AnswerJob(models.Model):
    """A batch whose answer is a file. Its keys and answers lie in ``var/exchange``, never in the database."""

    code = models.CharField(max_length=32, unique=True)
    client_id = models.CharField(max_length=32)
    organisation = models.CharField(max_length=60)
    resource = models.CharField(max_length=40)
    fields = models.JSONField()
    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, blank=True)
    keys = models.PositiveIntegerField()
    input_sha256 = models.CharField(max_length=64)
    callback_url = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(null=True)
    refusal = models.JSONField(null=True)
    size = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kept_until"], condition=models.Q(state__in=["done", "partly"]),
                         name="job_kept"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"job {self.code}: {self.state}"


class AnswerPart(models.Model):
    """A part of a job that was answered: it is not asked again, whatever dies."""

    job = models.ForeignKey(AnswerJob, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    trace_id = models.BigIntegerField()
    #: Of the part's bytes in the file of answers.
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="job_part_once")]

    def __str__(self) -> str:
        return f"part {self.number} of job {self.job_id}"
