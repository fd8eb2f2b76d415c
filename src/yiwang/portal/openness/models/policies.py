"""What policy files do to each other, and what belongs to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.portal.openness.models.items import Item


class FileAct(models.Model):
    """One file amends, repeals, replaces or prolongs another; it counts once a second officer confirms it."""

    kind = models.CharField(max_length=8)
    target = models.ForeignKey(Item, models.PROTECT, related_name="suffered")
    by = models.ForeignKey(Item, models.PROTECT, null=True, related_name="done")
    #: Where the acting file is none of ours.
    by_title = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    until = models.DateField(null=True)
    entered_by = models.BigIntegerField()
    entered_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False) | ~Q(by_title=""), name="file_act_says_by_what"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.target_id}"


class Link(models.Model):
    """An explanation, questions and answers, or a service that belongs to a policy file."""

    policy = models.ForeignKey(Item, models.CASCADE, related_name="links")
    need = models.CharField(max_length=12)
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="linked_from")
    #: Code of the service item in the catalogue.
    service = models.CharField(max_length=60, blank=True)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(item__isnull=False) & Q(service="")) | (Q(item__isnull=True) & ~Q(service="")),
                name="link_to_one_thing",
            ),
            models.UniqueConstraint(
                fields=["policy", "item", "service"], name="link_once", nulls_distinct=False
            ),
        ]
        indexes = [models.Index(fields=["service"], name="link_service")]

    def __str__(self) -> str:
        return f"{self.need} of {self.policy_id}"
