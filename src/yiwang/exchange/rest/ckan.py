"""``/api/3/action/…`` (or without the 3): the catalogue as CKAN's read interface, for its own clients.

Follows the Action API of CKAN 2.10 as its documentation describes it: GET with a query or POST with JSON, the
envelope ``help``, ``success``, ``result``, and errors with ``__type``. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from yiwang.exchange.catalogue.ckan import ACTIONS, ActionRefused, NothingThere
from yiwang.platform.contracts import Json
from yiwang.platform.environment import environment
from yiwang.platform.http.json_bodies import read_json

_MOST_BYTES = 100_000
#: Questions are taken apart by patterns that take the square of their length: 90,000 characters took minutes.
_LONGEST, _MOST_TEXTS = 1_000, 50
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@csrf_exempt  # reads only, whatever is posted; CKAN's clients post their questions
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, action: str) -> JsonResponse:
    """Answer one action."""
    site = environment().address()
    about = f"{site}/api/3/action/help_show?name={quote(action)}"
    if action not in ACTIONS:
        return JsonResponse(f"Bad request - Action name not known: {action[:60]}", safe=False, status=400)
    try:
        result = ACTIONS[action].answer(_asked(request), site)
    except NothingThere:
        return _failed(about, "Not Found Error", {"message": "Not found"}, status=404)
    except ActionRefused as refused:
        return _failed(about, "Validation Error", {refused.field: [refused.reason]}, status=409)
    return JsonResponse({"help": about, "success": True, "result": result})


def _failed(about: str, kind: str, said: dict[str, Json], *, status: int) -> JsonResponse:
    return JsonResponse({"help": about, "success": False, "error": {"__type": kind, **said}}, status=status)


def _asked(request: HttpRequest) -> Mapping[str, Json]:
    found = _read(request)
    texts = list(_texts(list(found.values())))
    if len(texts) > _MOST_TEXTS or any(len(text) > _LONGEST for text in texts):
        raise ActionRefused("body", f"at most {_MOST_TEXTS} texts of {_LONGEST} characters")
    return found


def _read(request: HttpRequest) -> Mapping[str, Json]:
    if request.method != "POST":
        return {name: value for name, value in request.GET.items() if isinstance(value, str)}
    if request.content_type in _FORMS and request.POST:
        return {name: value for name, value in request.POST.items() if isinstance(value, str)}
    if request.content_type in _FORMS[1:]:
        return {}
    if len(request.body) > _MOST_BYTES:
        raise ActionRefused("body", "too long")
    try:
        found = read_json(request.body or b"{}")
    except (ValueError, RecursionError):
        raise ActionRefused("body", "JSON Error: the body is no JSON") from None
    if not isinstance(found, dict):
        raise ActionRefused("body", "Request data JSON decoded to something that is no object")
    return found


def _texts(values: list[Json]) -> Iterator[str]:
    for value in values:
        match value:
            case str():
                yield value
            case list():
                yield from _texts(value)
            case dict():
                yield from _texts(list(value.values()))
