"""The HTTP API of an installation, from the routers of its engines; ``/api/openapi.json`` documents it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from yiwang.exchange.rest.requests import router as exchange
from yiwang.identity.contracts import NotSignedIn
from yiwang.kernel.errors import FieldProblem, InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.http.errors import problem_json
from yiwang.registers.rest.entries import router as registers

api = NinjaAPI(
    title="Yiwang",
    version="1",
    description="Registers and exchange of the city. Errors are RFC 9457 problems in both languages.",
    urls_namespace="rest",
    # the pages that show the document would load scripts from another host
    docs_url=None,
)
api.add_router("/registers", registers)
api.add_router("/exchange", exchange)


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


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Nobody is signed in."""
    return problem_json(NotSignedIn())
