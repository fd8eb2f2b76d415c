"""Searches by words about people: sent in a body, kept in the session, named in the address by a token.

An address is kept by browsers, shown on screens and sent on; a name or an identity number does not belong
there. A search goes on from page to page by its token, which means nothing in another session.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

#: The parameter that holds the token.
PARAMETER = "s"
_KEPT = "yiwang_searches"
_MOST_KEPT = 10
_LONGEST = 200


def remember(request: HttpRequest, *, private: Iterable[str], public: Iterable[str] = ()) -> HttpResponse:
    """Keep the private words of a search that was sent, and go to its result."""
    words = _sent(request, private)
    query = _sent(request, public)
    if words:
        query[PARAMETER] = secrets.token_urlsafe(9)
        kept = [*request.session.get(_KEPT, []), [query[PARAMETER], _place(request), words]]
        request.session[_KEPT] = kept[-_MOST_KEPT:]
    return redirect(f"{request.path}?{urlencode(query)}" if query else request.path)


def recall(request: HttpRequest) -> dict[str, str]:
    """The private words of the search that the address names; empty if this session made none here."""
    wanted = [request.GET.get(PARAMETER, ""), _place(request)]
    for token, place, words in request.session.get(_KEPT, []):
        if [token, place] == wanted:
            return dict(words)
    return {}


def _sent(request: HttpRequest, names: Iterable[str]) -> dict[str, str]:
    return {name: value for name in names if (value := request.POST.get(name, "").strip()[:_LONGEST])}


def _place(request: HttpRequest) -> str:
    """The page in whatever language: its name and what its address holds."""
    match = request.resolver_match
    return f"{match.view_name} {sorted(match.kwargs.items())}" if match else ""
