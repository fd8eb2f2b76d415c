"""Characters that nobody sees: U+0000 is refused at the edge, marks of direction are left out of forms.

No text has U+0000, and the database takes none. Marks of direction come along when a number is copied from
a telephone; in a title they would make a sealed document read otherwise than it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

from yiwang.kernel.errors import FieldProblem
from yiwang.platform.contracts import CharacterRefused
from yiwang.platform.http.errors import answer

_NONE = "\x00"
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


class CharacterMiddleware:
    """Look through address, query and form; bodies of programs are looked through where they are parsed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Refuse before the view; after the check against forgery, which has read the form anyway."""
        places = ["path"] if _NONE in request.path_info else []
        places += _fields_with_it(request.GET)
        if request.content_type in _FORMS:
            places += _fields_with_it(request.POST)
            request.POST = _without_directions(request.POST)  # type: ignore[assignment]
        if not places:
            return None
        return answer(
            request,
            CharacterRefused(problems=tuple(FieldProblem(name, CharacterRefused.text) for name in places)),
        )


def _without_directions(data: QueryDict) -> QueryDict:
    if not any(_DIRECTIONS.search(value) for _, values in data.lists() for value in values):
        return data
    cleaned = data.copy()
    for name, values in data.lists():
        cleaned.setlist(name, [_DIRECTIONS.sub("", value) for value in values])
    cleaned._mutable = False
    return cleaned


def _fields_with_it(data: QueryDict) -> list[str]:
    return [
        name.replace(_NONE, "")[:60]
        for name, values in data.lists()
        if _NONE in name or any(_NONE in value for value in values)
    ]
