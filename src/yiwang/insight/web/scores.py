"""Scores of a month: ranked, then explained line by line, then the very cases behind each number."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import evidence
from yiwang.cases.contracts.figures import MARKS, Indicator
from yiwang.identity.api import account_names, actor_for, needs_officer, organisation_names
from yiwang.insight.api import department_scores, may_see_officer, officer_scores, scoring_scheme
from yiwang.insight.contracts import INDICATOR_TEXTS, MARK_TEXTS, DepartmentScore, ScoreLine
from yiwang.insight.rules.months import Month
from yiwang.insight.web.asking import (
    PER_PAGE,
    asked,
    asked_indicator,
    asked_month,
    asked_number,
    asked_page,
    link,
    month_options,
    page_of,
)
from yiwang.insight.web.rows import DASH, EVIDENCE_COLUMNS, Row, evidence_rows
from yiwang.kernel.text import Text

READ = "cases.board.read"


@needs_officer(READ)
@require_safe
def show_scores(request: HttpRequest) -> HttpResponse:
    """Departments within the reader's reach, the best first."""
    actor, at = actor_for(request), timezone.now()
    month = asked_month(request, at)
    found = department_scores(actor=actor, month=month, at=at)
    context = {
        "month": month,
        "months": month_options(at),
        "scheme": scoring_scheme(),
        "columns": _columns(Text("部门", "Department")),
        "rows": [_row(score, month, place) for place, score in enumerate(found, start=1)],
    }
    return render(request, "insight/scores.html", context)


@needs_officer(READ)
@require_safe
def show_department(request: HttpRequest, organisation: str) -> HttpResponse:
    """A department's score explained, and its officers for who may see them."""
    actor, at = actor_for(request), timezone.now()
    month = asked_month(request, at)
    found = [
        score
        for score in department_scores(actor=actor, month=month, at=at)
        if score.organisation == organisation
    ]
    if not found:
        raise Http404
    officers = officer_scores(actor=actor, month=month, at=at, organisation=organisation)
    context = {
        "month": month,
        "months": month_options(at),
        "found": found[0],
        "lines": _lines(found[0], month),
        "line_columns": LINE_COLUMNS,
        "officer_columns": _columns(Text("工作人员", "Officer")),
        "officers": [_row(score, month, place) for place, score in enumerate(officers, start=1)],
    }
    return render(request, "insight/department.html", context)


@needs_officer(READ)
@require_safe
def show_officer(request: HttpRequest, organisation: str, officer_id: int) -> HttpResponse:
    """An officer's score explained; for the officer and those above."""
    actor, at = actor_for(request), timezone.now()
    month = asked_month(request, at)
    found = [
        score
        for score in officer_scores(actor=actor, month=month, at=at, organisation=organisation)
        if score.officer_id == officer_id
    ]
    if not found:
        raise Http404
    context = {
        "month": month,
        "months": month_options(at),
        "found": found[0],
        "lines": _lines(found[0], month),
        "line_columns": LINE_COLUMNS,
    }
    return render(request, "insight/officer.html", context)


@needs_officer(READ)
@require_safe
def show_evidence(request: HttpRequest) -> HttpResponse:
    """The things that a number counted, one by one, each with its case."""
    actor, at = actor_for(request), timezone.now()
    month, indicator, page = asked_month(request, at), asked_indicator(request), asked_page(request)
    organisation, mark = asked(request, "organisation"), asked(request, "mark")
    mark = mark if mark in MARKS[indicator] else ""
    officer_id = asked_number(request, "officer")
    if officer_id is not None and not may_see_officer(actor, organisation, officer_id):
        raise Http404
    found = evidence(
        actor=actor,
        at=at,
        since=month.since,
        until=month.until,
        indicator=indicator,
        organisation=organisation,
        officer_id=officer_id,
        mark=mark,
        skip=(page - 1) * PER_PAGE,
        most=PER_PAGE,
    )
    names = organisation_names([organisation])
    context = {
        "month": month,
        "indicator": INDICATOR_TEXTS[indicator],
        "department": names[organisation] if organisation else None,
        "officer": account_names([officer_id]).get(officer_id, "") if officer_id is not None else "",
        "back": _back(organisation, officer_id, month),
        "tabs": _mark_tabs(indicator, mark, organisation, officer_id, month),
        "columns": _evidence_columns(organisation, officer_id),
        "rows": evidence_rows(actor, found.rows),
        "total": found.total,
        "page": page_of(found.total, page),
    }
    return render(request, "insight/evidence.html", context)


LINE_COLUMNS: list[Row] = [
    {"key": "title", "label": Text("指标", "Indicator"), "head": True},
    {"key": "counts", "label": Text("数量", "Counts")},
    {"key": "reason", "label": Text("怎样计算", "How it is computed")},
    {"key": "score", "label": Text("指标得分", "Score"), "numeric": True},
    {"key": "weight", "label": Text("权重", "Weight"), "numeric": True},
    {"key": "share", "label": Text("实际权重", "Weight that counts"), "numeric": True},
    {"key": "points", "label": Text("计入总分", "Points"), "numeric": True},
]


def _lines(found: DepartmentScore, month: Month) -> list[Row]:
    return [
        {
            "title": line.title,
            "counts": _counts(line, found, month),
            "reason": line.reason,
            "score": line.score if line.score is not None else DASH,
            "weight": line.weight,
            "share": f"{line.share}%",
            "points": line.points,
        }
        for line in found.score.lines
    ]


def _counts(line: ScoreLine, found: DepartmentScore, month: Month) -> list[Row]:
    return [
        {
            "title": mark.title,
            "count": mark.count,
            "href": link(
                "evidence",
                indicator=line.indicator,
                mark=mark.mark,
                organisation=found.organisation,
                officer=found.officer_id,
                month=month.key,
            )
            if mark.count
            else "",
        }
        for mark in line.marks
    ]


def _columns(name: Text) -> list[Row]:
    return [
        {"key": "place", "label": Text("名次", "Place"), "numeric": True},
        {"key": "title", "label": name, "head": True},
        {"key": "total", "label": Text("总分", "Total"), "numeric": True},
        {"key": "grade", "label": Text("等次", "Grade")},
        *({"key": str(key), "label": text, "numeric": True} for key, text in INDICATOR_TEXTS.items()),
    ]


def _row(found: DepartmentScore, month: Month, place: int) -> Row:
    lines = {str(line.indicator): line.score for line in found.score.lines}
    if found.officer_id is None:
        href = link("department", found.organisation, month=month.key)
        title: object = {"text": found.title, "href": href}
    else:
        href = link("officer", found.organisation, found.officer_id, month=month.key)
        name = found.officer_name or DASH
        title = {"text": name, "href": href}
    return {
        "place": place,
        "title": title,
        **{key: value if value is not None else DASH for key, value in lines.items()},
        "total": found.score.total if found.score.total is not None else DASH,
        "grade": {"text": found.score.grade, "tone": found.score.tone} if found.score.grade else DASH,
    }


def _evidence_columns(organisation: str, officer_id: int | None) -> list[Row]:
    """What the heading of the page names is not said again in each row."""
    said = {"organisation"} if organisation else set()
    said |= {"officer"} if officer_id is not None else set()
    return [column for column in EVIDENCE_COLUMNS if column["key"] not in said]


def _back(organisation: str, officer_id: int | None, month: Month) -> str:
    if officer_id is not None:
        return link("officer", organisation, officer_id, month=month.key)
    if organisation:
        return link("department", organisation, month=month.key)
    return link("scores", month=month.key)


def _mark_tabs(
    indicator: Indicator, mark: str, organisation: str, officer_id: int | None, month: Month
) -> list[Row]:
    chosen = {
        "indicator": indicator,
        "organisation": organisation,
        "officer": officer_id,
        "month": month.key,
    }
    return [
        {"text": Text("全部", "All"), "href": link("evidence", **chosen), "current": not mark},
        *(
            {
                "text": MARK_TEXTS[indicator, key],
                "href": link("evidence", **chosen, mark=key),
                "current": key == mark,
            }
            for key in MARKS[indicator]
        ),
    ]
