"""What the yearly report of a site is made from beside what others keep, and the reports signed off."""

from __future__ import annotations

from django.db import models


class PageOut(models.Model):
    """A page went out on a day, for the first time or changed: the heading it had and where it stood."""

    page = models.BigIntegerField()
    site = models.CharField(max_length=40)
    day = models.DateField()
    kind = models.CharField(max_length=24)
    address = models.CharField(max_length=400)
    title = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="page_out_once_a_day")]
        indexes = [models.Index(fields=["site", "day"], name="page_out_of_site")]

    def __str__(self) -> str:
        return f"page {self.page} {self.day}"


class SignedReport(models.Model):
    """The yearly report as the site's publisher signed it off; it does not change afterwards."""

    site = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    #: By key of ``REPORT_ROWS``; a figure that nobody counted or gave is not in it.
    figures = models.JSONField()
    #: Keys of the figures that the publisher gave, because nothing here counts them.
    given = models.JSONField()
    signed_by = models.BigIntegerField()
    signed_name = models.CharField(max_length=100)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "year"], name="site_report_once")]

    def __str__(self) -> str:
        return f"{self.site} {self.year}"
