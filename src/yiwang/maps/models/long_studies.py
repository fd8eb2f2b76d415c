"""Studies of layers that are made in the background."""

from __future__ import annotations

from django.db import models


class LongStudy(models.Model):
    """A study that an officer doesn't wait for: with the roles of then, its progress and its result."""

    account_id = models.BigIntegerField()
    organisation = models.CharField(max_length=60)
    post = models.CharField(max_length=60)
    roles = models.JSONField()
    language = models.CharField(max_length=2)
    #: What is asked (``StudyAsked``).
    asked = models.JSONField()
    title = models.JSONField()
    state = models.CharField(max_length=8)
    #: Share of the parts that are done, 0 to 1.
    share = models.FloatField(default=0)
    #: The rows (``StudyRow``), whether there are more, and the figures' keys.
    result = models.JSONField(default=dict)
    #: Under which definitions and rights the result was made.
    mark = models.TextField(default="")
    refusal = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["account_id", "-id"], name="maps_long_study_account"),)

    def __str__(self) -> str:
        return f"long study {self.pk} of {self.organisation}"
