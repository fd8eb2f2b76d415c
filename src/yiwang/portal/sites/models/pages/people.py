"""Pages about who governs, and about talking with them."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey

from yiwang.portal.sites.models.pages.rows import PageRow
from yiwang.portal.sites.models.pages.written import WrittenPage


class LeaderPage(WrittenPage):
    """Somebody who leads: in what post, responsible for what."""

    post = models.CharField(max_length=120, blank=True)
    post_en = models.CharField(max_length=200, blank=True)
    portrait = models.PositiveBigIntegerField(null=True, blank=True)
    duties = models.TextField(blank=True)
    duties_en = models.TextField(blank=True)
    career = models.TextField(blank=True)
    career_en = models.TextField(blank=True)


class AgencyPage(WrittenPage):
    """What an organisation is there for, and how it is reached."""

    organisation = models.CharField(max_length=60, blank=True)
    duties = models.TextField(blank=True)
    duties_en = models.TextField(blank=True)
    head = models.CharField(max_length=60, blank=True)
    street = models.CharField(max_length=200, blank=True)
    street_en = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    hours_en = models.CharField(max_length=200, blank=True)


class AgencyOffice(PageRow):
    """An inner office of an agency."""

    page = ParentalKey(AgencyPage, on_delete=models.CASCADE, related_name="offices")
    name = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    task = models.CharField(max_length=400, blank=True)
    task_en = models.CharField(max_length=600, blank=True)
    telephone = models.CharField(max_length=40, blank=True)


class InterviewPage(WrittenPage):
    """A live interview: announced, then going on, then its transcript."""

    state = models.CharField(max_length=12, blank=True)
    hour = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=200, blank=True)
    place_en = models.CharField(max_length=200, blank=True)
    host = models.CharField(max_length=60, blank=True)


class InterviewGuest(PageRow):
    """Somebody who answers."""

    page = ParentalKey(InterviewPage, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(max_length=60, blank=True)
    post = models.CharField(max_length=120, blank=True)
    post_en = models.CharField(max_length=200, blank=True)


class InterviewQuestion(PageRow):
    """A question that was put, and what was said to it."""

    page = ParentalKey(InterviewPage, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.CharField(max_length=60, blank=True)
    question = models.TextField(blank=True)
    question_en = models.TextField(blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answer = models.TextField(blank=True)
    answer_en = models.TextField(blank=True)
