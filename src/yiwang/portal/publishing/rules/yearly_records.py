"""The records of a site that its yearly report counts: plain, one a thing that happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PageGroup(StrEnum):
    """Under what the report counts a page that went out or changed."""

    OVERVIEW = "overview"
    NEWS = "news"
    CATALOGUE = "catalogue"
    OTHER = "other"


class ExplanationForm(StrEnum):
    """What an explanation of a policy is: a text, a chart, sound or film."""

    TEXT = "text"
    CHART = "chart"
    MEDIA = "media"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOut:
    """A page went out, for the first time or changed."""

    group: PageGroup
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """A topic: since when it is kept, and until when, if it was closed."""

    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An explanation of a policy went out."""

    form: ExplanationForm
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDay:
    """The visits of one day: different visitors, and pages read."""

    on: date
    visitors: int
    views: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCase:
    """A case of a service item, closed on a day, for a person or a legal entity."""

    closed_on: date
    for_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLetter:
    """A letter through the site: the days on which it came, was answered, and its answer went out."""

    received_on: date
    closed_on: date | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A survey or a draft put out for comment: its opinions, and the day on which its result went out."""

    begun_on: date
    opinions: int
    result_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """A live interview: the questions that came in and those that were answered."""

    on: date
    questions: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityCheck:
    """A check of the site's security: the problems that it found and those of them repaired by now."""

    on: date
    found: int
    repaired: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecords:
    """All that a report is made from, of any years; ``replies`` are days of answers to public concern."""

    pages: tuple[PageOut, ...] = ()
    topics: tuple[TopicPage, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    replies: tuple[date, ...] = ()
    visits: tuple[VisitDay, ...] = ()
    cases: tuple[ServiceCase, ...] = ()
    letters: tuple[SiteLetter, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    interviews: tuple[Interview, ...] = ()
    checks: tuple[SecurityCheck, ...] = ()
