"""What is known of addresses outside the group that pages link to."""

from __future__ import annotations

from django.db import models


class OutsideLink(models.Model):
    """An address, how the last tries of it went, and when it is tried again."""

    #: SHA-256 of the address, which may be longer than an index holds.
    digest = models.CharField(max_length=64, unique=True)
    url = models.TextField(max_length=2000)
    host = models.CharField(max_length=255)
    #: When a page last named it; what nobody names any more is not tried.
    wanted_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    #: Status of the last answer; None where none came.
    status = models.PositiveSmallIntegerField(null=True)
    #: Why the last try failed, by a code of ``links.PROBLEMS``; empty when it went well.
    problem = models.CharField(max_length=20, blank=True)
    #: Failed tries in a row, and since when.
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="outside_link_due")]

    def __str__(self) -> str:
        return f"link {self.digest[:12]}"
