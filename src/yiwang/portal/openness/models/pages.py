"""Pages of the group of sites that stand for items of the catalogue; the index number says for which."""

from __future__ import annotations

from django.db import models

from yiwang.portal.sites.models import WrittenPage


class PolicyPage(WrittenPage):
    """A policy file on its agency's site: its state and its links come from the catalogue."""

    index_number = models.CharField(max_length=40, blank=True)
    document_number = models.CharField(max_length=60, blank=True)


class ExplanationPage(WrittenPage):
    """An explanation of a policy file on its agency's site."""

    index_number = models.CharField(max_length=40, blank=True)
