"""The page of results, without script, and the door for suggestions while one types."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import structlog
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.identity.api import find_actor, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.web.language import HTML_LANG, current_language
from yiwang.portal.search import api
from yiwang.portal.search.rules.asking import LONGEST_QUERY
from yiwang.portal.search.rules.marking import pieces, shortened
from yiwang.portal.search.web.facets import facets_of, narrowed_by
from yiwang.portal.web.asking import asked

log = structlog.get_logger()
_PER_PAGE = 10
_MOST_PAGES = 200


@require_safe
def show_results(request: HttpRequest) -> HttpResponse:
    """What was found for ``q``, as narrowed, page by page."""
    query = asked(request, "q", most=LONGEST_QUERY)
    narrowed = narrowed_by(request)
    number = asked(request, "page", most=6)
    found = api.find(
        query,
        readers=_readers(request),
        today=timezone.localdate(),
        narrowed=narrowed,
        page=min(int(number), _MOST_PAGES) if number.isascii() and number.isdigit() else 1,
        per_page=_PER_PAGE,
    )
    _note(found)
    names = organisation_names(
        {row.organisation for row in found.rows} | {code for code, _ in found.by_organisation}
    )
    context = {
        "query": query,
        "found": found,
        "rows": [_row(row, found.marks, names) for row in found.rows],
        "page": Paginator(range(min(found.total, _MOST_PAGES * _PER_PAGE)), _PER_PAGE).get_page(number),
        "facets": facets_of(query, narrowed, found, names),
        "narrowed": narrowed,
        "meant_href": f"?{urlencode({'q': found.meant})}",
        "everything": f"?{urlencode({'q': query})}",
    }
    return render(request, "search/results.html", context)


@require_safe
def give_suggestions(request: HttpRequest) -> JsonResponse:
    """Titles that begin with ``q``: ``{"suggestions": [{title, kind, address}]}``, eight at most."""
    found = api.suggest(asked(request, "q"), readers=_readers(request))
    rows = [
        {
            "title": _told(row.title)[0],
            "kind": api.SOURCES.get(row.kind).kind.name.in_(current_language()),
            "address": _address(row.address),
        }
        for row in found
    ]
    return JsonResponse({"suggestions": rows}, json_dumps_params={"ensure_ascii": False})


def _note(found: api.Results) -> None:
    """How searches fare; never what was asked, which may be somebody's name or number."""
    log.info(
        "search.answered",
        found=found.total,
        all_words=not found.loose,
        corrected=bool(found.meant),
        late=found.late,
    )


def _readers(request: HttpRequest) -> frozenset[str]:
    actor = find_actor(request)
    if actor is None:
        return frozenset({api.PUBLIC})
    own = {f"organisation:{actor.organisation}"} if actor.organisation else set()
    return frozenset({api.PUBLIC, api.SIGNED_IN, *own})


def _told(text: Text) -> tuple[str, str]:
    """A text in the reader's language, else as it was written; with the language's code where it differs."""
    language = current_language()
    wanted = text.in_(language)
    if wanted:
        return wanted, ""
    return (text.zh, HTML_LANG["zh"]) if language == "en" else (text.en, HTML_LANG["en"])


def _address(address: str) -> str:
    """Paths lead to the reader's language; whole addresses lead where they lead."""
    return f"/en{address}" if current_language() == "en" and address.startswith("/") else address


def _row(row: api.Found, marks: tuple[str, ...], names: Mapping[str, Text]) -> dict[str, object]:
    title, title_language = _told(row.title)
    summary, summary_language = _told(row.summary)
    kind = api.SOURCES.get(row.kind).kind
    return {
        "title": pieces(title, marks),
        "title_language": title_language,
        "summary": pieces(shortened(summary), marks),
        "summary_language": summary_language,
        "address": _address(row.address),
        "kind": kind.name,
        "tone": "success" if kind.usable else "neutral",
        "organisation": names[row.organisation] if row.organisation else "",
        "dated": row.dated,
        "partial": row.partial,
    }
