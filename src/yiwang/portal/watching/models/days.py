"""Every day of every site, so that a past one can be shown."""

from __future__ import annotations

from django.db import models


class SiteDay(models.Model):
    """A site on a day, as last looked at on that day."""

    site = models.CharField(max_length=40)
    day = models.DateField()
    taken_at = models.DateTimeField()
    state = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="site_day_once")]
        indexes = [models.Index(fields=["day"], name="site_day_of_all")]

    def __str__(self) -> str:
        return f"{self.site} {self.day}"


class ItemDay(models.Model):
    """An item of a site's day: what was counted, and the threshold that it fails at."""

    site_day = models.ForeignKey(SiteDay, models.CASCADE, related_name="items")
    item = models.CharField(max_length=24)
    state = models.CharField(max_length=8)
    count = models.PositiveIntegerField()
    threshold = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site_day", "item"], name="item_day_once")]

    def __str__(self) -> str:
        return f"{self.item} {self.state}"


class ProbeDay(models.Model):
    """The tries of a site's first page on a day."""

    site = models.CharField(max_length=40)
    day = models.DateField()
    tries = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="probe_day_once")]

    def __str__(self) -> str:
        return f"{self.site} {self.day} {self.failed}/{self.tries}"
