"""What is public already for the words that an application asks with, shown before it is sent.

Art. 36 item 1 of Order 711 (2019) has an agency answer a request for published information by saying where
it stands; who sees that first need not wait for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from yiwang.cases.contracts import AppliedType
from yiwang.kernel.text import Language
from yiwang.platform.contracts import Json
from yiwang.platform.web.language import HTML_LANG, current_language
from yiwang.portal.search.api import PUBLIC, SOURCES, Found, find

_MOST = 5


def already_public(item: AppliedType, answers: Mapping[str, Json], *, today: date) -> dict[str, object]:
    """``rows`` of what everybody may read, best first, and the search that has more; empty if none is."""
    said = [str(answers.get(key) or "").strip() for key in item.definition.looks_for]
    words = " ".join(word for word in said if word)
    if not words:
        return {}
    found = find(words, readers=frozenset({PUBLIC}), today=today, per_page=_MOST)
    if not found.rows:
        return {}
    return {
        "rows": [_row(row) for row in found.rows],
        "more": reverse("search:results") + "?" + urlencode({"q": words}),
        "loose": found.loose,
    }


def _row(row: Found) -> dict[str, object]:
    language = current_language()
    other: Language = "zh" if language == "en" else "en"
    title = row.title.in_(language)
    own = row.address.startswith("/") and language == "en"
    return {
        "title": title or row.title.in_(other),
        "language": "" if title else HTML_LANG[other],
        "kind": SOURCES.get(row.kind).kind.name,
        "address": f"/en{row.address}" if own else row.address,
        "dated": row.dated,
    }
