"""How ninja reads the bodies of programs: as ``platform.http.json_bodies`` does."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.parser import Parser
from ninja.types import DictStrAny

from yiwang.platform.http.json_bodies import read_json


class StrictJson(Parser):
    """Parses what the interface takes."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Give the body, or refuse it without quoting it."""
        try:
            found: DictStrAny = read_json(request.body)
        except (ValueError, RecursionError) as problem:
            raise HttpError(400, "no JSON") from problem
        return found
