"""Ask on the map for a correction, or for what is missing; and lead from an entry to its place on the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, find_actor, needs_sign_in
from yiwang.kernel.errors import FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.rules.tiles import MOST_LAYERS
from yiwang.maps.web.page import render_map
from yiwang.maps.web.toolbar import ADD, EDIT
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option, raw_answer
from yiwang.platform.web.language import say
from yiwang.platform.web.sheets import problems_of, unfit, with_errors
from yiwang.registers.definitions import FieldDefinition, FieldKind

_ACTS = {
    "correction": Text("更正（原来登记有误）", "Correct it: it was recorded wrongly"),
    "change": Text("变更（情况有变化）", "Change it: something has changed"),
}
_KINDS = {FieldKind.LONG_TEXT: "long_text", FieldKind.JSON: "long_text", FieldKind.YES_NO: "choice"}
_TRUTH = (Option(value="true", label=Text("是", "Yes")), Option(value="false", label=Text("否", "No")))
_NEAR = 16
_SENT = Text("已提交，批准后地图随之改变。", "Sent; once it is approved the map changes.")
#: As the drawing surface calls what it draws.
_DRAWN = {FieldKind.POINT: "point", FieldKind.PATH: "line", FieldKind.AREA: "area"}


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask_correction(request: HttpRequest, layer: str, entry: int) -> HttpResponse:
    """Show the feature with its shape to be moved; POST asks for what differs and leads to the case.

    Raises:
        LayerNotFound: no such feature, not this reader's, or not to be corrected by him.
    """
    actor, at = actor_for(request), timezone.now()
    (read,) = api.read_layers(actor, [layer])
    feature = api.find_feature(read, entry) if api.may_correct(actor, read) else None
    if feature is None:
        raise LayerNotFound(layer=layer)

    def ask(said: Mapping[str, str]) -> str:
        return api.ask_correction(
            actor=actor,
            at=at,
            read=read,
            feature=feature,
            act="change" if said["act"] == "change" else "correction",
            shape=said["shape"],
            values=_said_of_fields(said),
            reason=said["reason"],
        )

    sheet = _filled(request, read, _controls(actor, read, feature), ask)
    if sheet.case:
        return redirect(sheet.case)
    return render_map(
        request,
        opened=EDIT.key,
        status=sheet.status,
        at=f"{_NEAR}/{feature.latitude}/{feature.longitude}",
        with_layer=read.layer.code,
        more={
            "controls": sheet.controls,
            "errors": sheet.errors,
            "feature": feature,
            "edited": read,
            "editing": True,
            "entry_url": reverse("registers:entry", args=[read.drawn.definition.code, entry]),
        },
    )


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask_new(request: HttpRequest, layer: str) -> HttpResponse:
    """Draw what is missing and say what it is; POST asks for it and leads to the case.

    Raises:
        LayerNotFound: no such layer, not this reader's, or nothing that he may ask for.
    """
    actor, at = actor_for(request), timezone.now()
    (read,) = api.read_layers(actor, [layer])
    if not api.may_correct(actor, read):
        raise LayerNotFound(layer=layer)

    def ask(said: Mapping[str, str]) -> str:
        return api.ask_new(
            actor=actor,
            at=at,
            read=read,
            shape=said["shape"],
            values=_said_of_fields(said),
            reason=said["reason"],
        )

    sheet = _filled(request, read, _controls_of_new(actor, read), ask)
    if sheet.case:
        return redirect(sheet.case)
    more: dict[str, object] = {
        "controls": sheet.controls,
        "errors": sheet.errors,
        "edited": read,
        "editing": True,
        "drawn": _DRAWN[read.drawn.shape.kind],
    }
    at_place = request.GET.get("at", "")
    return render_map(
        request, opened=ADD.key, status=sheet.status, at=at_place, with_layer=read.layer.code, more=more
    )


@require_safe
def show_entry(request: HttpRequest, register: str, entry: int) -> HttpResponse:
    """Lead to the place of an entry on the map, in the first layer that draws it for this reader."""
    actor = find_actor(request)
    for read in api.list_layers(actor):
        if read.layer.register_code == register and (found := api.find_feature(read, entry)) is not None:
            shown = [each.layer.code for each in api.list_layers(actor) if each.layer.shown]
            others = [code for code in shown if code != read.layer.code][: MOST_LAYERS - 1]
            codes = ",".join([*others, read.layer.code])
            at = f"{_NEAR}/{found.latitude}/{found.longitude}"
            asked = urlencode({"layers": codes, "at": at, "focus": f"{read.layer.code}/{entry}"}, safe="/,")
            return redirect(f"{reverse('maps:map')}?{asked}")
    raise Http404


_FIELD = "field_"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """The questions with what is wrong; ``case`` is the address of the case once it was asked for."""

    controls: tuple[Control, ...]
    errors: Sequence[Mapping[str, object]] = ()
    status: int = 200
    case: str = ""


def _filled(
    request: HttpRequest,
    read: api.ReadLayer,
    controls: tuple[Control, ...],
    ask: Callable[[Mapping[str, str]], str],
) -> _Sheet:
    """The sheet as it is opened; of one that was sent, what is asked for or what is wrong with it."""
    if request.method != "POST":
        return _Sheet(controls=controls)
    answers = {each.name: raw_answer(each.kind, each.name, request.POST) for each in controls}
    problems = unfit(controls, answers)
    if not problems:
        try:
            case = ask({name: str(value or "") for name, value in answers.items()})
        except YiwangError as refused:
            problems = _named(read, problems_of(refused))
        else:
            messages.success(request, say(_SENT))
            return _Sheet(controls=controls, case=case)
    told, errors = with_errors(controls, request.POST, problems)
    return _Sheet(controls=told, errors=errors, status=422)


def _said_of_fields(said: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(_FIELD): text for name, text in said.items() if name.startswith(_FIELD)}


def _named(read: api.ReadLayer, problems: Sequence[FieldProblem]) -> tuple[FieldProblem, ...]:
    """Problems of the register's fields at the questions of this page."""
    shape = read.drawn.shape.name
    return tuple(
        FieldProblem("shape" if each.path in (shape, "shape") else f"{_FIELD}{each.path}", each.text)
        if read.drawn.definition.find(each.path) or each.path == "shape"
        else each
        for each in problems
    )


def _controls(actor: Actor, read: api.ReadLayer, feature: api.WholeFeature) -> tuple[Control, ...]:
    shape = Control(
        kind="long_text",
        name="shape",
        label=read.drawn.shape.title,
        hint=Text(
            "在地图上拖动顶点，或在此改写坐标（GeoJSON或WKT）",
            "Drag corners on the map, or rewrite the coordinates here (GeoJSON or WKT)",
        ),
        value=feature.shape,
        rows=4,
    )
    act = Control(
        kind="choice",
        name="act",
        label=Text("申请事项", "What is asked for"),
        options=[Option(value=key, label=words) for key, words in _ACTS.items()],
        value="correction",
    )
    fields = [_control(field, api.as_typed(feature, field.name)) for field in api.correctable(actor, read)]
    return (shape, *fields, act, _reason())


def _controls_of_new(actor: Actor, read: api.ReadLayer) -> tuple[Control, ...]:
    shape = Control(
        kind="long_text",
        name="shape",
        label=read.drawn.shape.title,
        hint=Text(
            "在地图上画，或在此写坐标（GeoJSON或WKT）",
            "Draw it on the map, or write its coordinates here (GeoJSON or WKT)",
        ),
        rows=4,
    )
    fields = [replace(_control(field, ""), required=field.required) for field in api.enterable(actor, read)]
    return (shape, *fields, _reason())


def _reason() -> Control:
    return Control(
        kind="long_text", name="reason", label=Text("理由和依据", "Reason and proof"), rows=3, max_length=2000
    )


def _control(field: FieldDefinition, value: str) -> Control:
    options = [Option(value=code.code, label=code.title) for code in field.codes]
    is_truth = field.kind is FieldKind.YES_NO
    return Control(
        kind="choice" if options else _KINDS.get(field.kind, "text"),
        name=f"{_FIELD}{field.name}",
        label=field.title,
        hint=field.hint or "",
        value=value,
        options=list(_TRUTH) if is_truth else options,
        required=False,
        max_length=field.longest or 0,
    )
