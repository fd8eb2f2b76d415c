"""The owner of a resource gives and ends grants."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.exchange import api
from yiwang.exchange.contracts import GrantRefused, ResourceInfo
from yiwang.exchange.web.catalogue import resource_context
from yiwang.exchange.web.questions import (
    basis_questions,
    fields_question,
    purpose_question,
    quota_question,
    read_terms,
    term_questions,
)
from yiwang.identity.api import actor_for, children, needs_officer, subtree
from yiwang.identity.contracts import OrganisationKind
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell

_TOO_SMALL = frozenset({OrganisationKind.STREET, OrganisationKind.COMMUNITY})


@needs_officer("exchange.grant.issue")
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a grant."""
    actor, at = actor_for(request), timezone.now()
    info = api.get_resource(code)
    context = resource_context(actor, info, at)
    if request.method == "POST":
        try:
            terms = read_terms(request, GrantRefused)
            api.issue_grant(
                actor=actor,
                at=at,
                resource=code,
                grantee=request.POST.get("grantee", ""),
                fields=terms.fields,
                purpose=terms.purpose,
                legal_basis=terms.legal_basis,
                valid_from=terms.valid_from,
                valid_until=terms.valid_until,
                quota_per_day=terms.quota_per_day,
            )
        except YiwangError as refused:
            context["error"] = say(refused.sentence)
        else:
            messages.success(request, say(Text("已授权。", "The grant is given.")))
            return redirect("exchange:resource", code=code)
    context["controls"] = _controls(request, info)
    return render(request, "exchange/issue.html", context, status=422 if "error" in context else 200)


@needs_officer("exchange.grant.revoke")
@require_POST
def revoke(request: HttpRequest, code: str, grant: int) -> HttpResponse:
    """End a grant with a reason."""
    try:
        api.revoke_grant(
            actor=actor_for(request),
            at=timezone.now(),
            grant=grant,
            because=request.POST.get("because", ""),
        )
        messages.success(request, say(Text("已撤销授权。", "The grant is revoked.")))
    except YiwangError as refused:
        tell(request, refused)
    return redirect("exchange:resource", code=code)


def _grantees() -> list[tuple[str, Text]]:
    """Every active bureau and district; street offices and communities ask through their district."""
    found = [view for root in children("") for view in subtree(root.code)]
    return [(view.code, view.name) for view in found if view.active and view.kind not in _TOO_SMALL]


def _controls(request: HttpRequest, info: ResourceInfo) -> list[Control]:
    return [
        Control(
            kind="choice",
            name="grantee",
            label=Text("授权给", "To"),
            value=request.POST.get("grantee", ""),
            options=[Option(value=code, label=name) for code, name in _grantees()],
        ),
        fields_question(request, info.fields, label=Text("可以看到的字段", "Fields"), asked=info.questions),
        purpose_question(request, Text("事由", "Purpose")),
        *basis_questions(request),
        *term_questions(request),
        quota_question(request),
    ]
