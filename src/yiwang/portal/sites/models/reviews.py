"""What was done to a page on its way out, a row an act; rows are added and never changed."""

from __future__ import annotations

from django.db import models

from yiwang.portal.sites.models.pages import SitePage
from yiwang.portal.sites.rules.reviews import Step, StepKind


class PageStep(models.Model):
    """A submission, a proof, a review, a sending back, a publication or a withdrawal, upon one revision."""

    page = models.ForeignKey(SitePage, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12)
    revision = models.BigIntegerField()
    #: Which proof or review it was; 0 for other steps.
    number = models.PositiveSmallIntegerField(default=0)
    #: The account; none where the platform acted by itself.
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    #: The instant that the step orders something for.
    due = models.DateTimeField(null=True)
    #: Why, or what was found.
    words = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["page", "id"], name="site_step_of_page")]

    def __str__(self) -> str:
        return f"{self.kind} of page {self.page_id}"

    @property
    def step(self) -> Step:
        """The same as the rules read it."""
        return Step(
            kind=StepKind(self.kind),
            revision=self.revision,
            at=self.at,
            number=self.number,
            by=self.by,
            words=self.words,
            due=self.due,
        )
