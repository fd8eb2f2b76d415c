"""What organisations share, and the catalogue's index of everything that can be found in it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Resource(models.Model):
    """A resource as applied."""

    code = models.CharField(max_length=40, unique=True)
    owner = models.CharField(max_length=60)
    definition = models.JSONField()
    applied_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code


class CatalogueEntry(models.Model):
    """One line of the catalogue: a resource, a released data set, or something harvested elsewhere."""

    code = models.CharField(max_length=80, unique=True)
    origin = models.CharField(max_length=10)
    #: Key of the harvest source; empty for what is our own.
    source = models.CharField(max_length=40, blank=True)
    owner = models.CharField(max_length=60, blank=True)
    category = models.CharField(max_length=3, blank=True)
    sharing = models.CharField(max_length=13, blank=True)
    updated = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=40)
    formats = ArrayField(models.CharField(max_length=60))
    #: The whole description as `yiwang.exchange.catalogue.items.Item`.
    content = models.JSONField()
    terms = SearchVectorField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="catalogue_terms"),
            models.Index(fields=["origin", "source"], name="catalogue_origin"),
        ]

    def __str__(self) -> str:
        return self.code
