"""Requests that hold U+0000 are refused at the edge: no text has it, and the database takes none."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

from yiwang.kernel.errors import FieldProblem
from yiwang.platform.contracts import CharacterRefused
from yiwang.platform.http.errors import answer

_NONE = "\x00"
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
        if not places:
            return None
        return answer(
            request,
            CharacterRefused(problems=tuple(FieldProblem(name, CharacterRefused.text) for name in places)),
        )


def _fields_with_it(data: QueryDict) -> list[str]:
    return [
        name.replace(_NONE, "")[:60]
        for name, values in data.lists()
        if _NONE in name or any(_NONE in value for value in values)
    ]
