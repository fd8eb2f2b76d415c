"""Pages that lead to what another engine keeps: a service, a dataset, a form, a survey; and a place."""

from __future__ import annotations

from django.db import models

from yiwang.portal.sites.models.pages.written import WrittenPage


class ServicePage(WrittenPage):
    """A service of the catalogue in an editor's words; what it asks and takes stands in the catalogue."""

    item = models.CharField(max_length=60, blank=True)
    audience = models.CharField(max_length=200, blank=True)
    audience_en = models.CharField(max_length=200, blank=True)


class DatasetPage(WrittenPage):
    """A resource of the public catalogue of exchange, and what people do with it."""

    resource = models.CharField(max_length=100, blank=True)


class FormPage(WrittenPage):
    """A form: filled in online as part of a service, or taken home as a blank."""

    item = models.CharField(max_length=60, blank=True)
    blank = models.PositiveBigIntegerField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    bring = models.TextField(blank=True)
    bring_en = models.TextField(blank=True)


class SurveyPage(WrittenPage):
    """A survey of the city's talking: the questions are asked there."""

    survey = models.PositiveBigIntegerField(null=True, blank=True)
    opens = models.DateField(null=True, blank=True)
    closes = models.DateField(null=True, blank=True)


class PlacePage(WrittenPage):
    """A place: its address and where that is."""

    street = models.CharField(max_length=200, blank=True)
    street_en = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    hours_en = models.CharField(max_length=200, blank=True)
    way = models.TextField(blank=True)
    way_en = models.TextField(blank=True)
