"""A file of a register of others, under a grant: the fields of the grant in clear, for its purpose."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.exchange.api import GRANTABLE, PURPOSES, get_resource, grant_counts, list_grants
from yiwang.exchange.contracts import (
    GrantInfo,
    NoGrant,
    Purpose,
    PurposeRefused,
    ResourceInfo,
    ResourceNotFound,
    Sharing,
)
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.registers import api
from yiwang.registers.geographic import SystemRefused
from yiwang.registers.web.exporting import (
    format_control,
    format_of,
    made_at_once,
    system_controls,
    system_of,
)

_OPERATION = "registers.file.export"
_NO_REASON = Text("请写明办件号或文号，不得含身份号码", "Give a case number or reference, no identity number")
_NO_FIELD = Text("请选择字段", "Choose the fields")


def may_export(actor: Actor, info: ResourceInfo, at: datetime) -> bool:
    """Whether an officer may take a file of a resource that another organisation provides."""
    if info.kind != "register" or info.owner == actor.organisation or not api.may_ask_export(actor):
        return False
    return info.sharing is Sharing.UNCONDITIONAL or bool(_grants(actor, info, at))


def _grants(actor: Actor, info: ResourceInfo, at: datetime) -> list[GrantInfo]:
    """Grants that a list may be taken under: each person consents for one's own data, nobody for a list."""
    held = list_grants(resource=info.code, grantee=actor.organisation)
    return [grant for grant in held if grant_counts(grant, at=at) and not grant.needs_consent]


@needs_officer(_OPERATION)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str, resource: str) -> HttpResponse:
    """The form; what the grant does not allow is refused when the file is made, with the reason."""
    actor, at = actor_for(request), timezone.now()
    info = get_resource(resource)
    if (info.kind, info.source) != ("register", code):
        raise ResourceNotFound(resource=resource[:41])
    if not may_export(actor, info, at):
        raise NoGrant(resource=info.code, organisation=actor.organisation, purpose="export")
    faults: dict[str, Text] = {}
    if request.method == "POST":
        fields = [name for name in request.POST.getlist("fields") if name in info.field_names]
        said = request.POST.get("reference", "").strip()[:80]
        purpose = Purpose(kind=request.POST.get("purpose", "")[:40], reference=said)
        if not fields:
            faults["fields"] = _NO_FIELD
        else:
            try:
                export = api.ask_export(
                    actor=actor,
                    at=at,
                    register=code,
                    resource=resource,
                    fields=fields,
                    form=format_of(request),
                    purpose=purpose,
                    system=system_of(request),
                )
            except PurposeRefused:
                faults["reference"] = _NO_REASON
            except SystemRefused as refusal:
                faults["system"] = refusal.sentence
            else:
                made_at_once(export, code, at)
                return redirect("registers:export_made", code, export)
    context = {
        "resource": info,
        "owner": organisation_names({info.owner}).get(info.owner, info.owner),
        "controls": _controls(request, info, _grants(actor, info, at), faults),
    }
    return render(request, "registers/granted_export.html", context, status=422 if faults else 200)


def _controls(
    request: HttpRequest, info: ResourceInfo, grants: list[GrantInfo], faults: dict[str, Text]
) -> list[Control]:
    definition = api.get_register(info.source)
    if info.sharing is Sharing.UNCONDITIONAL:
        allowed = info.field_names
        purposes = list(GRANTABLE)
    else:
        allowed = frozenset().union(*(grant.fields for grant in grants))
        purposes = sorted({grant.purpose for grant in grants})
    return [
        Control(
            kind="choices",
            name="fields",
            label=Text("需要的字段", "Fields you need"),
            hint=Text("只选办理所必需的", "Only those that the work needs"),
            compact=True,
            value=request.POST.getlist("fields"),
            options=[
                Option(value=field.name, label=field.title, hint=field.secrecy.words)
                for field in info.fields
                if field.name in allowed
            ],
            errors=(faults["fields"],) if "fields" in faults else (),
        ),
        Control(
            kind="choice",
            name="purpose",
            label=Text("查询事由", "Purpose"),
            value=request.POST.get("purpose") or purposes[0],
            options=[Option(value=key, label=PURPOSES[key].title) for key in purposes],
        ),
        Control(
            kind="text",
            name="reference",
            label=Text("办件号或文号", "Case number or reference"),
            hint=Text("当事人会看到", "The person concerned will read it"),
            value=request.POST.get("reference", ""),
            errors=(faults["reference"],) if "reference" in faults else (),
            max_length=80,
        ),
        format_control(request, definition),
        *system_controls(request, definition, faults),
    ]
