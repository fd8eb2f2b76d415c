"""What agencies publish of themselves: one row an item of the catalogue."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yiwang.portal.openness.rules.links import ItemKind


class Item(models.Model):
    """A piece of information in the catalogue of an agency; public once it has ``published_at``."""

    #: Given when it is entered, and never again to another.
    index_number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12)
    organisation = models.CharField(max_length=60)
    #: Key of one of ``rules.categories``.
    category = models.CharField(max_length=20)
    theme = models.CharField(max_length=20, blank=True)
    document_number = models.CharField(max_length=60, blank=True)
    title = models.JSONField()
    summary = models.JSONField()
    #: Blocks as ``rules.blocks`` stores them; English where somebody has written it.
    body = models.JSONField(default=list)
    body_en = models.JSONField(default=list)
    #: The day on which it was formed or changed: Article 26 counts from it.
    made_on = models.DateField()
    #: Policy files hold from this day until that, both counted; without an end, until something ends them.
    from_day = models.DateField(null=True)
    until = models.DateField(null=True)
    #: Needs of ``rules.links`` that somebody has said it does without.
    not_needed = models.JSONField(default=list)
    file = models.ForeignKey("platform.StoredFile", models.PROTECT, null=True, related_name="+")
    #: Address of its page in the group of sites, where it has one (``municipal/policies/green/``).
    page = models.CharField(max_length=400, blank=True)
    #: Grows with each writing: an editor's form knows on which one it was opened.
    version = models.PositiveIntegerField(default=1)
    written_by = models.BigIntegerField()
    written_at = models.DateTimeField()
    published_by = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_for = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=ItemKind.POLICY) | Q(from_day__isnull=False), name="item_policy_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(from_day__isnull=True) | Q(until__gte=F("from_day")),
                name="item_term_runs_forward",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=Q(published_at__isnull=False), name="item_public"
            ),
            models.Index(fields=["organisation", "-made_on"], name="item_organisation"),
            models.Index(fields=["organisation", "document_number"], name="item_document"),
        ]

    def __str__(self) -> str:
        return f"item {self.index_number}"


class AgencyCode(models.Model):
    """The code with which the index numbers of an agency begin."""

    organisation = models.CharField(max_length=60, unique=True)
    code = models.CharField(max_length=20, unique=True)

    def __str__(self) -> str:
        return self.code


class Serial(models.Model):
    """The last serial number of an agency in a year."""

    organisation = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="serial_once")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}: {self.last}"
