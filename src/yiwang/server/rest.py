"""The HTTP API of an installation, from the routers of its engines; ``/api/openapi.json`` documents it."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.types import DictStrAny

from yiwang.exchange.batches.rest.requests import router as batches
from yiwang.exchange.rest.requests import router as exchange
from yiwang.exchange.subscriptions.rest.requests import router as subscriptions
from yiwang.exchange.twin.rest.requests import router as twin
from yiwang.identity.contracts import NotSignedIn
from yiwang.kernel.errors import FieldProblem, InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.maps.addresses.rest.requests import router as addresses
from yiwang.platform.contracts import RequestForged
from yiwang.platform.http.errors import problem_json
from yiwang.portal.openness.rest.requests import router as openness
from yiwang.registers.rest.entries import router as registers
from yiwang.registers.rest.features import router as features
from yiwang.registers.rest.revisions import router as register_revisions
from yiwang.server.json_bodies import StrictJson

PROBLEM = "application/problem+json"


class CityApi(NinjaAPI):
    """Says in its document that refusals are problems."""

    #: By the path that their addresses begin with.
    _documents: ClassVar[dict[str, OpenAPISchema]] = {}

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: DictStrAny | None = None
    ) -> OpenAPISchema:
        """The document, made once; answers of 400 and more are ``application/problem+json``."""
        root = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if root not in self._documents:
            self._documents[root] = self._made(root)
        return self._documents[root]

    def _made(self, path_prefix: str) -> OpenAPISchema:
        document = super().get_openapi_schema(path_prefix=path_prefix)
        for path in document["paths"].values():
            for act in path.values():
                for status, answer in act["responses"].items():
                    if int(status) >= 400 and "content" in answer:
                        answer["content"] = {PROBLEM: next(iter(answer["content"].values()))}
        return document


api = CityApi(
    title="Yiwang",
    version="1",
    description="Registers, exchange, open government. Errors are RFC 9457 problems in both languages.",
    urls_namespace="rest",
    # the pages that show the document would load scripts from another host
    docs_url=None,
    parser=StrictJson(),
)
api.add_router("/registers", registers)
api.add_router("/features", features)
api.add_router("/registers", register_revisions)
api.add_router("/addresses", addresses)
api.add_router("/exchange", exchange)
api.add_router("/exchange", batches)
api.add_router("/exchange", subscriptions)
api.add_router("/twin", twin)
api.add_router("/openness", openness)


@api.exception_handler(YiwangError)
def refused(request: HttpRequest, error: YiwangError) -> HttpResponse:
    """An anticipated error."""
    return problem_json(error)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A parameter or body that does not fit the document; each fault with its place, never its value."""
    return problem_json(
        InvalidInput(
            problems=tuple(
                FieldProblem(
                    ".".join(str(part) for part in fault["loc"]),
                    Text("格式不符合接口文档", "Does not fit the document of the interface"),
                )
                for fault in error.errors
            )
        )
    )


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework refuses itself: a forged request, or a body that is no JSON."""
    if error.status_code == 403:
        return problem_json(RequestForged())
    reason = Text("请求正文不是 JSON", "The body is not JSON")
    return problem_json(InvalidInput(problems=(FieldProblem("body", reason),)))


@api.exception_handler(RawPostDataException)
def form(request: HttpRequest, error: RawPostDataException) -> HttpResponse:
    """A form where JSON belongs: the check against forgery has read it, so no body is left."""
    return unreadable(request, HttpError(400, "no JSON"))


@api.exception_handler(SuspiciousOperation)
def too_large(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    """A body beyond what a request may hold."""
    reason = Text("请求过大", "The request is too large")
    return problem_json(InvalidInput(problems=(FieldProblem("body", reason),)))


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Nobody is signed in."""
    return problem_json(NotSignedIn())
