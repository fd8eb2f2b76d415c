"""The public archive of answers to requests: found, read, followed by feed."""

from __future__ import annotations

from datetime import datetime, time
from typing import TypedDict

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.web.language import HTML_LANG, current_language, say
from yiwang.portal.openness import api
from yiwang.portal.openness.contracts import AnswerRow
from yiwang.portal.web.asking import asked


class Shown(TypedDict):
    """An answer with the name of who gave it."""

    answer: AnswerRow
    organisation: Text


_PER_PAGE = 20
_IN_FEED = 50
_KEPT = "public, max-age=60"
_TITLE = Text("依申请公开答复", "Answers to requests for information")


@require_safe
def show_answers(request: HttpRequest) -> HttpResponse:
    """Shown answers, found by words, by who answered, and by year."""
    words, organisation, year = _wanted(request)
    found = api.public_answers(words=words, organisation=organisation, year=year)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    answering = api.answering_organisations()
    names = organisation_names(set(answering))
    context = {
        "page": page,
        "answers": _shown([api.answer_row(row) for row in page.object_list]),
        "asked": {"q": words, "organisation": organisation, "year": year},
        "organisations": [(code, names.get(code, code)) for code in answering],
        "years": range(timezone.localdate().year, timezone.localdate().year - 6, -1),
        "query": request.GET.urlencode(),
    }
    return render(request, "openness/answers.html", context)


@require_safe
def show_answer(request: HttpRequest, answer: int) -> HttpResponse:
    """One answer: what was asked, what was given, what was withheld."""
    [shown] = _shown([api.public_answer(answer)])
    facts = [
        {"key": Text("答复机关", "Answered by"), "value": shown["organisation"]},
        {"key": Text("收到申请", "Received"), "value": shown["answer"].received_on},
        {"key": Text("答复日期", "Answered"), "value": shown["answer"].answered_on},
        {"key": Text("答复结果", "Result"), "value": shown["answer"].result},
    ]
    return render(request, "openness/answer.html", {**shown, "facts": facts})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The latest answers of what the filters leave, as Atom."""
    words, organisation, year = _wanted(request)
    atom = Atom1Feed(
        title=say(_TITLE),
        link=request.build_absolute_uri(reverse("openness:answers")),
        description="",
        language=HTML_LANG[current_language()],
        feed_url=request.build_absolute_uri(),
    )
    rows = api.public_answers(words=words, organisation=organisation, year=year)[:_IN_FEED]
    for row in map(api.answer_row, rows):
        answered = timezone.make_aware(datetime.combine(row.answered_on, time(12)))
        atom.add_item(
            title=row.words.subject,
            link=request.build_absolute_uri(reverse("openness:answer", args=[row.id])),
            description=row.words.released,
            updateddate=row.published_at,
            pubdate=answered,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    response.headers["Cache-Control"] = _KEPT
    atom.write(response, "utf-8")
    return response


def _wanted(request: HttpRequest) -> tuple[str, str, int]:
    year = asked(request, "year", most=4)
    number = int(year) if year.isascii() and year.isdecimal() else 0
    return asked(request, "q", most=80), asked(request, "organisation"), number


def _shown(rows: list[AnswerRow]) -> list[Shown]:
    names = organisation_names({row.organisation for row in rows})
    return [
        {"answer": row, "organisation": names.get(row.organisation, Text(row.organisation, row.organisation))}
        for row in rows
    ]
