"""The fields of a draft: added, changed, moved and dropped, each by a form of its own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.registers.definitions import FieldKind
from yiwang.registers.drafting import api
from yiwang.registers.drafting.contracts import DraftView, FieldNotFound
from yiwang.registers.drafting.web.answers import answers_of_field, field_of
from yiwang.registers.drafting.web.asking import field_controls, kind_control
from yiwang.registers.drafting.web.forms import Answers, form_page, version_of
from yiwang.registers.drafting.web.shown import frame
from yiwang.registers.queries.definitions import list_registers
from yiwang.registers.rules.field_kinds import RULES

_KINDS = {kind.value: kind for kind in FieldKind}
_SAVED = Text("字段已保存。", "The field is saved.")


@needs_officer(api.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, draft: int) -> HttpResponse:
    """A new field: first its kind, then what that kind allows."""
    view = api.get_draft(actor=actor_for(request), draft=draft)
    return _ask(request, view, None, {})


@needs_officer(api.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, draft: int, field: int) -> HttpResponse:
    """A field as it stands; ``?kind=`` asks for it as one of another kind."""
    view = api.get_draft(actor=actor_for(request), draft=draft)
    found = next((one for one in view.fields if one.get("id") == field), None)
    if found is None:
        raise FieldNotFound(field=field)
    return _ask(request, view, field, answers_of_field(found))


@needs_officer(api.EDIT)
@require_POST
def act(request: HttpRequest, draft: int, field: int) -> HttpResponse:
    """Move a field up or down, or drop it."""
    actor, at, version = actor_for(request), timezone.now(), version_of(request)
    api.get_draft(actor=actor, draft=draft)
    wanted = request.POST.get("act")
    try:
        if wanted == "drop":
            api.drop_field(actor=actor, at=at, draft=draft, version=version, field=field)
            messages.success(request, say(Text("字段已去掉。", "The field is taken out.")))
        elif wanted in {"up", "down"}:
            up = wanted == "up"
            api.move_field(actor=actor, at=at, draft=draft, version=version, field=field, up=up)
    except YiwangError as refused:
        tell(request, refused)
    return redirect("registers:draft", draft=draft)


def _ask(
    request: HttpRequest, view: DraftView, field: int | None, present: dict[str, object]
) -> HttpResponse:
    actor = actor_for(request)
    named = (request.POST if request.method == "POST" else request.GET).get("kind") or present.get("kind")
    kind = _KINDS.get(str(named))
    context = frame(actor, view) | {
        "heading": Text("修改字段", "Change the field") if field else Text("增加字段", "Add a field"),
        "field": field,
    }
    if kind is None or "choose" in request.GET:
        context["control"] = kind_control(kind.value if kind else "")
        return render(request, "registers/drafting/kind.html", context)
    registers = [(one.code, one.title) for one in list_registers()]

    def save(answers: Answers, *, version: int) -> None:
        api.put_field(
            actor=actor,
            at=timezone.now(),
            draft=view.id,
            version=version,
            content=field_of(kind, answers),
            field=field,
        )

    return form_page(
        request,
        context | {"kind": kind.value, "kind_title": RULES[kind].title},
        draft=view.id,
        ask=lambda answers: field_controls(kind, answers, registers),
        present=present,
        save=save,
        saved=_SAVED,
    )
