"""How a view says that its answer is the same for everybody, and what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse

_NAME = "_yiwang_kept_on"


def may_be_kept(response: HttpResponse, parts: Sequence[str]) -> HttpResponse:
    """Mark an answer made of these parts (``rules.parts``) and of nothing that is one reader's."""
    if response.status_code == 200:
        vars(response)[_NAME] = tuple(parts)
    return response


def parts_shown(answer: object) -> tuple[str, ...]:
    """The parts of an answer that was marked; none for others."""
    found = vars(answer).get(_NAME, ()) if isinstance(answer, HttpResponse) else ()
    return tuple(map(str, found))
