"""When a page may go out, goes out, comes off; a row a page, changed in the transaction of what it causes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.portal.sites.models.pages import SitePage
from yiwang.portal.sites.rules.terms import Terms


class PageTerms(models.Model):
    """The embargo of a page and what its publisher ordered for later, with what became of the last order."""

    page = models.OneToOneField(SitePage, models.CASCADE, related_name="terms")
    embargo_until = models.DateTimeField(null=True)
    publish_at = models.DateTimeField(null=True)
    #: The revision that the publisher saw.
    publish_revision = models.BigIntegerField(default=0)
    withdraw_at = models.DateTimeField(null=True)
    ordered_by = models.BigIntegerField(null=True)
    refused_at = models.DateTimeField(null=True)
    #: Why the last order was not carried out, in both languages.
    refusal = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(
                fields=["publish_at"], name="site_terms_publish", condition=Q(publish_at__isnull=False)
            ),
            models.Index(
                fields=["withdraw_at"], name="site_terms_withdraw", condition=Q(withdraw_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"terms of page {self.page_id}"

    @property
    def terms(self) -> Terms:
        """The same as the rules read it."""
        return Terms(
            embargo_until=self.embargo_until, publish_at=self.publish_at, withdraw_at=self.withdraw_at
        )
