"""Surveys and votes.

A ballot bears neither person nor time, and its key is random; who took part stands in another table, which
says nothing of what was said.
"""

from __future__ import annotations

import uuid

from django.db import models

from yiwang.portal.talking.models.drafts import Draft


class Survey(Draft):
    """Questions to people: a survey, or a vote of verified persons."""

    kind = models.CharField(max_length=8)
    #: As ``rules.voting.questions_of`` read them.
    questions = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="survey_days"
            ),
        ]
        indexes = [models.Index(fields=["-closes_on", "-id"], name="survey_closes")]


class Turnout(models.Model):
    """That a person took part; one person, one ballot."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="turnout")
    person_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "person_id"], name="turnout_once")]

    def __str__(self) -> str:
        return f"turnout of {self.survey_id}"


class Ballot(models.Model):
    """What somebody said: chosen options or words, by the key of the question."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="ballots")
    said = models.JSONField()

    def __str__(self) -> str:
        return f"ballot of {self.survey_id}"
