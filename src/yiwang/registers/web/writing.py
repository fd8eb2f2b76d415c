"""Enter, amend and retire entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import FieldProblem, InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, Option, sent_date, typed_date
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.registers import api
from yiwang.registers.contracts import AmendKind
from yiwang.registers.rules.days import civil_day
from yiwang.registers.web.listing import refuse_strangers, register_context
from yiwang.registers.web.presenting import answers_of, controls_of
from yiwang.registers.web.standard_addresses import (
    Compared,
    as_it_was,
    compare,
    refuse_unless_chosen,
    with_choices,
)

_NOT_A_DAY = FieldProblem("_valid_from", Text("请填写真实存在的日期", "Give a real date"))


@needs_officer("registers.entry.enter")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a new entry; wrong answers are shown again with what is wrong."""
    actor, at = actor_for(request), timezone.now()
    definition = api.get_register(code)
    refuse_strangers(actor, code, "registers.entry.enter")
    context = register_context(request, code, "entries")
    values: dict[str, Json] = {}
    problems: tuple[FieldProblem, ...] = ()
    compared: Compared | None = None
    if request.method == "POST":
        values = answers_of(controls_of(definition, {}), request.POST)
        compared = compare(definition, values, request.POST)
        values = compared.values
        try:
            day = _day(request)
            refuse_unless_chosen(compared)
            written = api.enter_entry(actor=actor, at=at, register=code, values=values, valid_from=day)
        except InvalidInput as refused:
            problems = refused.problems
        except YiwangError as refused:
            tell(request, refused)
        else:
            messages.success(request, say(Text("已登记。", "Entered.")))
            return redirect("registers:entry", code=code, entry=written.entry)
    context["controls"] = [
        *with_choices(controls_of(definition, values, problems=problems), compared),
        _day_control(request, at, problems),
    ]
    return render(request, "registers/enter.html", context, status=200 if request.method != "POST" else 422)


@needs_officer("registers.entry.amend")
@require_POST
def amend(request: HttpRequest, code: str, entry: int) -> HttpResponse:
    """Asked for with a reason: the form with the present values; sent with them: the amendment."""
    actor, at = actor_for(request), timezone.now()
    refuse_strangers(actor, code, "registers.entry.amend")
    definition = api.get_register(code)
    reason = request.POST.get("reason", "").strip()
    problems: tuple[FieldProblem, ...] = ()
    compared: Compared | None = None
    masked = api.masked_when_opened(actor, code)
    if "_version" in request.POST:
        values = answers_of(controls_of(definition, {}, hidden=masked), request.POST)
        compared = compare(definition, values, request.POST)
        values = compared.values
        version = request.POST.get("_version", "")
        try:
            refuse_unless_chosen(compared)
            kind: AmendKind = "correction" if request.POST.get("_kind") == "correction" else "change"
            api.amend_entry(
                actor=actor,
                at=at,
                register=code,
                entry=entry,
                version=int(version) if version.isdigit() else 0,
                values=values,
                kind=kind,
                valid_from=_day(request) if kind == "change" else None,
            )
        except InvalidInput as refused:
            problems = refused.problems
        except YiwangError as refused:
            tell(request, refused)
        else:
            messages.success(request, say(Text("已保存。", "Saved.")))
            return redirect("registers:entry", code=code, entry=entry)
    else:
        opened = api.open_entry(actor=actor, at=at, register=code, entry=entry, reason=reason)
        values, version = dict(opened.values), str(opened.version)
    context = register_context(request, code, "entries") | {
        "entry": entry,
        "reason": reason,
        "version": version,
        "kind": _kind_control(request),
        "was": as_it_was(definition, values, request.POST),
        "controls": [
            *with_choices(controls_of(definition, values, hidden=masked, problems=problems), compared),
            _day_control(request, at, problems),
        ],
    }
    return render(request, "registers/amend.html", context, status=422 if "_version" in request.POST else 200)


@needs_officer("registers.entry.retire")
@require_POST
def retire(request: HttpRequest, code: str, entry: int) -> HttpResponse:
    """End an entry today; the page that offers it asks for confirmation."""
    actor, version = actor_for(request), request.POST.get("_version", "")
    refuse_strangers(actor, code, "registers.entry.retire")
    try:
        api.retire_entry(
            actor=actor,
            at=timezone.now(),
            register=code,
            entry=entry,
            version=int(version) if version.isdigit() else 0,
        )
    except YiwangError as refused:
        tell(request, refused)
        return redirect("registers:entry", code=code, entry=entry)
    messages.success(request, say(Text("已注销，历史仍可查阅。", "Retired; its history stays.")))
    return redirect("registers:register", code=code)


def _day(request: HttpRequest) -> date | None:
    typed = typed_date(sent_date(request.POST, "_valid_from"))
    if typed is None:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as problem:
        raise InvalidInput(problems=(_NOT_A_DAY,)) from problem


def _day_control(request: HttpRequest, at: datetime, problems: Sequence[FieldProblem]) -> Control:
    sent = sent_date(request.POST, "_valid_from")
    return Control(
        kind="date",
        name="_valid_from",
        label=Text("生效日期", "Holds from"),
        hint=Text("登记或变更从哪一天起有效；更正不填", "From which day on it is so; not for a correction"),
        value=sent if request.method == "POST" and any(sent.values()) else civil_day(at),
        errors=tuple(problem.text for problem in problems if problem.path == "_valid_from"),
    )


def _kind_control(request: HttpRequest) -> Control:
    return Control(
        kind="choice",
        name="_kind",
        label=Text("为什么修改", "Why it is amended"),
        value=request.POST.get("_kind") or "change",
        options=[
            Option(
                value="change",
                label=Text("情况发生了变更", "Something has changed"),
                hint=Text("以前的内容在以前仍然有效", "What was so before stays true of the time before"),
            ),
            Option(
                value="correction",
                label=Text("原来登记有误", "It was recorded wrongly"),
                hint=Text("自登记之日起按新内容为准", "The new content counts for the whole time"),
            ),
        ],
    )
