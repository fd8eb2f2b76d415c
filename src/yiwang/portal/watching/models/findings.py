"""What was found wrong, from the day it was found until it was mended; who was told; pages checked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Finding(models.Model):
    """Something wrong on a site. On a day it is open when it was found by then and not mended by then."""

    site = models.CharField(max_length=40)
    item = models.CharField(max_length=24)
    key = models.CharField(max_length=100)
    #: The page to be mended; 0 where it is none.
    page = models.BigIntegerField(default=0)
    #: Both ``{zh, en}``.
    place = models.JSONField()
    text = models.JSONField()
    found_on = models.DateField()
    #: The last day for mending it.
    until = models.DateField()
    mended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "item", "key"], condition=Q(mended_on=None), name="finding_open_once"
            )
        ]
        indexes = [models.Index(fields=["site", "found_on"], name="finding_of_site")]

    def __str__(self) -> str:
        return f"{self.site} {self.item} {self.key}"


class Alert(models.Model):
    """An officer is told of a finding, once a stage."""

    account_id = models.BigIntegerField()
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="alerts")
    stage = models.CharField(max_length=8)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "account_id", "stage"], name="finding_told_once")
        ]
        indexes = [models.Index(fields=["account_id", "-id"], name="finding_alert_account")]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.stage} to account {self.account_id}"


class CheckedPage(models.Model):
    """What the gate found in a page as it is published, under the rules of a digest."""

    page = models.BigIntegerField(unique=True)
    site = models.CharField(max_length=40, db_index=True)
    published_at = models.DateTimeField()
    rules = models.CharField(max_length=64)
    checked_at = models.DateTimeField()
    #: ``[{rule, zh, en, where_zh, where_en, excerpt}]`` of the serious ones.
    serious = models.JSONField(default=list)
    #: ``[[address, where_zh, where_en]]``, other hosts and the group's own pages alike.
    links = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"page {self.page}"
