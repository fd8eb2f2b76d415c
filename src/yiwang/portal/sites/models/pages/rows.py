"""Rows that belong to a page and go through its revisions with it."""

from __future__ import annotations

from django.db import models


class PageRow(models.Model):
    """One of several things of a kind that a page says, in their order.

    A subclass names its page by a ``ParentalKey`` whose ``related_name`` is the key of the field.
    """

    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["order"]
