"""The figures of a site's yearly report (政府网站工作年度报表), counted from what is known.

The report goes on the home page by 31 January (notice of the State Council's general office of January
2018, seen in a reprint, as are its parts); the single rows are given from memory, unchecked. What no record
knows (a mobile app, ideas tried) is not counted here: the editor writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yiwang.kernel.text import Text
from yiwang.portal.publishing.rules.yearly_records import (
    ExplanationForm,
    PageGroup,
    SiteLetter,
    SiteRecords,
    TopicPage,
)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row: the part of the report that it stands in, and its name."""

    part: Text
    name: Text


_VISITS = Text("访问量", "Visits")
_PAGES = Text("信息发布", "Publication")
_TOPICS = Text("专栏专题", "Topics")
_REPLIES = Text("解读回应", "Explanations and replies")
_SERVICES = Text("办事服务", "Services")
_LETTERS = Text("互动交流：留言办理", "Talking with people: letters")
_OPINIONS = Text("互动交流：征集调查", "Talking with people: surveys")
_INTERVIEWS = Text("互动交流：在线访谈", "Talking with people: interviews")
_SECURITY = Text("安全防护", "Security")

#: The rows in the report's order; the keys are those of ``yearly_figures``.
REPORT_ROWS: dict[str, ReportRow] = {
    "visitors": ReportRow(_VISITS, Text("独立用户访问总量（个，按日累计）", "Visitors, summed by day")),
    "views": ReportRow(_VISITS, Text("网站总访问量（次）", "Pages read")),
    "pages": ReportRow(_PAGES, Text("总数（条）", "Total")),
    "pages_overview": ReportRow(_PAGES, Text("概况类信息更新量（条）", "Overview pages")),
    "pages_news": ReportRow(_PAGES, Text("政务动态信息更新量（条）", "News of government")),
    "pages_catalogue": ReportRow(
        _PAGES, Text("信息公开目录信息更新量（条）", "Pages of the disclosure catalogue")
    ),
    "topics": ReportRow(_TOPICS, Text("维护数量（个）", "Topics kept")),
    "topics_opened": ReportRow(_TOPICS, Text("新开设数量（个）", "Topics opened")),
    "explanations": ReportRow(_REPLIES, Text("解读信息发布总数（条）", "Explanations")),
    "explanations_text": ReportRow(_REPLIES, Text("解读材料数量（条）", "Explanations as texts")),
    "explanations_chart": ReportRow(_REPLIES, Text("解读产品数量：图解（个）", "Explanations as charts")),
    "explanations_media": ReportRow(
        _REPLIES, Text("解读产品数量：音频视频（个）", "Explanations as sound or film")
    ),
    "replies": ReportRow(_REPLIES, Text("回应公众关注热点或重大舆情数量（次）", "Replies to public concern")),
    "cases": ReportRow(_SERVICES, Text("政务服务事项办件量（件）", "Cases closed")),
    "cases_person": ReportRow(_SERVICES, Text("自然人办件量（件）", "Cases of people")),
    "cases_entity": ReportRow(_SERVICES, Text("法人办件量（件）", "Cases of legal entities")),
    "letters": ReportRow(_LETTERS, Text("收到留言数量（条）", "Letters received")),
    "letters_closed": ReportRow(_LETTERS, Text("办结留言数量（条）", "Letters closed")),
    "letters_tenths_of_days": ReportRow(
        _LETTERS, Text("平均办理时间（十分之一天）", "Mean time to close (tenths of a day)")
    ),
    "letters_published": ReportRow(_LETTERS, Text("公开答复数量（条）", "Answers published")),
    "consultations": ReportRow(_OPINIONS, Text("征集调查期数（期）", "Surveys and drafts put out")),
    "opinions": ReportRow(_OPINIONS, Text("收到意见数量（条）", "Opinions received")),
    "results": ReportRow(_OPINIONS, Text("公布调查结果期数（期）", "Results published")),
    "interviews": ReportRow(_INTERVIEWS, Text("访谈期数（期）", "Interviews")),
    "questions": ReportRow(_INTERVIEWS, Text("网民留言数量（条）", "Questions received")),
    "questions_answered": ReportRow(_INTERVIEWS, Text("答复网民提问数量（条）", "Questions answered")),
    "checks": ReportRow(_SECURITY, Text("安全检测评估次数（次）", "Security checks")),
    "problems": ReportRow(_SECURITY, Text("发现问题数量（个）", "Problems found")),
    "problems_repaired": ReportRow(_SECURITY, Text("问题整改数量（个）", "Problems repaired")),
}


def report_due(year: int) -> date:
    """The last day on which a year's report goes out."""
    return date(year + 1, 1, 31)


def yearly_figures(records: SiteRecords, year: int) -> dict[str, int]:
    """The figures of a year by key, in the order of ``REPORT_ROWS``.

    A letter counts as received, closed and published in the year of each of these; surveys, interviews and
    checks with all that belongs to them in the year in which they began, results in the year in which they
    went out.
    """
    return {
        **_of_visits(records, year),
        **_of_pages(records, year),
        **_of_topics(records.topics, year),
        **_of_explanations(records, year),
        **_of_cases(records, year),
        **_of_letters(records.letters, year),
        **_of_talks(records, year),
        **_of_checks(records, year),
    }


def _of_visits(records: SiteRecords, year: int) -> dict[str, int]:
    days = [one for one in records.visits if one.on.year == year]
    return {"visitors": sum(one.visitors for one in days), "views": sum(one.views for one in days)}


def _of_pages(records: SiteRecords, year: int) -> dict[str, int]:
    groups = [one.group for one in records.pages if one.on.year == year]
    return {
        "pages": len(groups),
        "pages_overview": groups.count(PageGroup.OVERVIEW),
        "pages_news": groups.count(PageGroup.NEWS),
        "pages_catalogue": groups.count(PageGroup.CATALOGUE),
    }


def _of_topics(topics: Iterable[TopicPage], year: int) -> dict[str, int]:
    kept = [
        one
        for one in topics
        if one.opened_on.year <= year and (one.closed_on is None or one.closed_on.year >= year)
    ]
    return {"topics": len(kept), "topics_opened": sum(one.opened_on.year == year for one in kept)}


def _of_explanations(records: SiteRecords, year: int) -> dict[str, int]:
    forms = [one.form for one in records.explanations if one.on.year == year]
    return {
        "explanations": len(forms),
        "explanations_text": forms.count(ExplanationForm.TEXT),
        "explanations_chart": forms.count(ExplanationForm.CHART),
        "explanations_media": forms.count(ExplanationForm.MEDIA),
        "replies": sum(on.year == year for on in records.replies),
    }


def _of_cases(records: SiteRecords, year: int) -> dict[str, int]:
    closed = [one.for_person for one in records.cases if one.closed_on.year == year]
    return {
        "cases": len(closed),
        "cases_person": closed.count(True),
        "cases_entity": closed.count(False),
    }


def _of_letters(letters: Iterable[SiteLetter], year: int) -> dict[str, int]:
    received = closed = published = days = 0
    for one in letters:
        received += one.received_on.year == year
        published += one.published_on is not None and one.published_on.year == year
        if one.closed_on is not None and one.closed_on.year == year:
            closed += 1
            days += (one.closed_on - one.received_on).days
    return {
        "letters": received,
        "letters_closed": closed,
        # Halves upwards: 0.25 days are 3 tenths.
        "letters_tenths_of_days": (20 * days + closed) // (2 * closed) if closed else 0,
        "letters_published": published,
    }


def _of_talks(records: SiteRecords, year: int) -> dict[str, int]:
    begun = [one for one in records.consultations if one.begun_on.year == year]
    results = [one.result_on for one in records.consultations if one.result_on is not None]
    interviews = [one for one in records.interviews if one.on.year == year]
    return {
        "consultations": len(begun),
        "opinions": sum(one.opinions for one in begun),
        "results": sum(on.year == year for on in results),
        "interviews": len(interviews),
        "questions": sum(one.questions for one in interviews),
        "questions_answered": sum(one.answered for one in interviews),
    }


def _of_checks(records: SiteRecords, year: int) -> dict[str, int]:
    checks = [one for one in records.checks if one.on.year == year]
    return {
        "checks": len(checks),
        "problems": sum(one.found for one in checks),
        "problems_repaired": sum(one.repaired for one in checks),
    }
