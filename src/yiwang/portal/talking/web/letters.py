"""The mailbox for everybody: write, follow, read what was answered, see how well."""

from __future__ import annotations

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import applied_types
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import PublicLetter
from yiwang.portal.talking.rules.figures import LEAST, LEAST_RATED, Row, shown_rows, total_of
from yiwang.portal.web.asking import asked

_PER_PAGE = 20
_NEWEST = 5
_COLUMNS = [
    {"key": "organisation", "label": Text("承办单位", "Department"), "head": True},
    {"key": "received", "label": Text("收到", "Received"), "numeric": True},
    {"key": "answered", "label": Text("答复", "Answered"), "numeric": True},
    {"key": "on_time", "label": Text("按时答复", "In time"), "numeric": True},
    {"key": "days", "label": Text("平均工作日", "Mean working days"), "numeric": True},
    {"key": "satisfied", "label": Text("满意率", "Satisfied"), "numeric": True},
]
_OTHERS = Text("其他单位合计", "Other departments together")


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Where one writes, what was answered last, and the year's figures."""
    newest = list(api.public_letters()[:_NEWEST])
    rows = _year(timezone.now())
    context = {
        "ways": _ways(),
        "more": _more(),
        "letters": _shown([api.letter_view(row) for row in newest]),
        "stats": _stats(total_of(rows)),
    }
    return render(request, "talking/mailbox.html", context)


@require_safe
def list_letters(request: HttpRequest) -> HttpResponse:
    """Published letters, found by words and by who answered."""
    words, organisation = asked(request, "q", most=80), asked(request, "organisation")
    page = Paginator(api.public_letters(words=words, organisation=organisation), _PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "letters": _shown([api.letter_view(row) for row in page.object_list]),
        "asked": {"q": words, "organisation": organisation},
        "organisations": sorted(organisation_names(api.answering_organisations()).items()),
    }
    return render(request, "talking/letters.html", context)


@require_safe
def show_letter(request: HttpRequest, letter: int) -> HttpResponse:
    """One letter with its reply."""
    [shown] = _shown([api.public_letter(letter)])
    return render(request, "talking/letter.html", shown)


@require_safe
def show_figures(request: HttpRequest) -> HttpResponse:
    """The year's figures by department; small counts are put together."""
    rows = _year(timezone.now())
    shown = shown_rows(rows)
    names = organisation_names({row.organisation for row in shown if row.organisation})
    context = {
        "stats": _stats(total_of(rows)),
        "columns": _COLUMNS,
        "rows": [_line(row, names) for row in shown],
        "least": LEAST,
        "least_rated": LEAST_RATED,
    }
    return render(request, "talking/figures.html", context)


def _year(at: datetime) -> list[Row]:
    """From the first of January until today began: a figure doesn't move while somebody looks on."""
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return api.letter_rows(since=today.replace(month=1, day=1), until=today)


def _ways() -> list[dict[str, object]]:
    found: list[dict[str, object]] = [
        {
            "title": item.title,
            "text": item.definition.summary,
            "href": reverse("portal:guide", args=[item.code]),
            "icon": "edit",
        }
        for item in sorted(applied_types(), key=lambda item: item.definition.basic_code)
        if item.definition.publication is not None and item.process is not None
    ]
    found.append(
        {
            "title": Text("查询来信", "Follow a letter"),
            "text": Text("凭编号和查询码，不用登录", "By number and code. No sign-in"),
            "href": reverse("portal:track"),
            "icon": "clock",
        }
    )
    return found


def _more() -> list[dict[str, object]]:
    return [
        {
            "title": Text("征求意见", "Consultations"),
            "text": Text("对草案逐节提意见，每条都有答复", "Comment on drafts; every comment is answered"),
            "href": reverse("talking:consultations"),
            "icon": "people",
        },
        {
            "title": Text("调查和投票", "Surveys and votes"),
            "text": Text("每人一次，结束后公布结果", "Once each; results when they end"),
            "href": reverse("talking:surveys"),
            "icon": "chart",
        },
        {
            "title": Text("群众建议", "Proposals"),
            "text": Text("提建议、附议，够数的公开答复", "Propose, support, and read the answers"),
            "href": reverse("talking:proposals"),
            "icon": "hand",
        },
        {
            "title": Text("预算投票", "Votes on budgets"),
            "text": Text("选一选钱花在哪些项目上", "Choose what the money is spent on"),
            "href": reverse("talking:budgets"),
            "icon": "coin",
        },
    ]


def _stats(total: Row | None) -> list[dict[str, object]]:
    """Four figures; none where the year has few letters."""
    if total is None or not total.received:
        return []
    days = total.days_mean
    return [
        {"label": Text("今年收到", "Received this year"), "value": total.received},
        {"label": Text("已答复", "Answered"), "value": total.answered},
        {"label": Text("按时答复", "Answered in time"), "value": _share(total.share_on_time)},
        {
            "label": Text("平均用时", "Mean time"),
            "value": "—" if days is None else f"{days:g}",
            "unit": Text("个工作日", "working days"),
        },
        {"label": Text("满意率", "Satisfied"), "value": _share(total.share_satisfied)},
    ]


def _line(row: Row, names: dict[str, Text]) -> dict[str, object]:
    days = row.days_mean
    return {
        "organisation": names.get(row.organisation, row.organisation) if row.organisation else _OTHERS,
        "received": row.received,
        "answered": row.answered,
        "on_time": _share(row.share_on_time),
        "days": "—" if days is None else f"{days:g}",
        "satisfied": _share(row.share_satisfied),
    }


def _share(share: int | None) -> str:
    return "—" if share is None else f"{share}%"


def _shown(letters: list[PublicLetter]) -> list[dict[str, object]]:
    names = organisation_names({letter.organisation for letter in letters})
    titles = {item.code: item.title for item in applied_types()}
    return [
        {
            "letter": letter,
            "organisation": names.get(letter.organisation, letter.organisation),
            "kind": titles.get(letter.type_code, letter.type_code),
        }
        for letter in letters
    ]
