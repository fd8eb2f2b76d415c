"""The order in which registers changed."""

from __future__ import annotations

from django.db import models


class FeedMark(models.Model):
    """One write to a register to which somebody listens: an entry's version, or a load of any size.

    Numbers are given under a lock of the register that holds until the commit, so that whoever has read up
    to a number has missed none below it. Values lie in the register and its history, and nowhere else.
    """

    register = models.CharField(max_length=60)
    #: ``entered``, ``amended``, ``retired`` or ``loaded``; ``trimmed`` is the last of those kept no longer.
    kind = models.CharField(max_length=10)
    #: First and last entry; the same unless it was a load.
    entry = models.BigIntegerField()
    last_entry = models.BigIntegerField()
    version = models.PositiveIntegerField()
    known_from = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["register", "id"], name="feed_register")]

    def __str__(self) -> str:
        return f"{self.register}: {self.kind} {self.entry}"
