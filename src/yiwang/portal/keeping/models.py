"""What changed of that which the public reads, written by the database itself."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """A published page changed, or, without a page, something that all pages show.

    Rows are written by triggers, so that no way of changing a page can forget them.
    """

    #: Number of the transaction (``pg_current_xact_id``).
    position = models.BigIntegerField(db_index=True)
    page = models.BigIntegerField(null=True)
    #: ``environment/news/water/``; empty where it was not known yet.
    address = models.CharField(max_length=400)
    #: Nothing stands under it and no menu names it: pages beside it do not show it.
    is_leaf = models.BooleanField()

    def __str__(self) -> str:
        return f"change {self.pk} of page {self.page}"
