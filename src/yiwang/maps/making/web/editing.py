"""One draft of a layer: its form with a map beside it, publishing, dropping."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.identity.api import account_names, actor_for, needs_officer
from yiwang.kernel.errors import FieldProblem, InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.maps.api import ReadLayer, extent_of, style_json
from yiwang.maps.making import api
from yiwang.maps.making.contracts import CasesNotDrawable, LayerDraftView, RegisterNotDrawable
from yiwang.maps.making.rules.parts import with_part
from yiwang.maps.making.web.asking import edit_controls, field_rows, told, typed
from yiwang.maps.making.web.forming import part_of
from yiwang.maps.rules.tiles import read_address
from yiwang.platform.contracts import Actor, Json
from yiwang.platform.web.language import current_language, say
from yiwang.platform.web.refusals import tell
from yiwang.registers.api import Mapped

_MVT = "application/vnd.mapbox-vector-tile"
_SAVED = Text("草案已保存。", "The draft is saved.")


@needs_officer(api.MAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, draft: int) -> HttpResponse:
    """All that a layer says, on one form."""
    actor = actor_for(request)
    view, drawn = _opened(actor, draft)
    controls, rows, status = edit_controls(view, drawn, None), field_rows(view, drawn, None), 200
    problems: tuple[FieldProblem, ...] = ()
    if request.method == "POST":
        answers = typed(controls, request.POST)
        controls, rows = edit_controls(view, drawn, answers), field_rows(view, drawn, request.POST)
        status = 422
        try:
            api.save_layer(
                actor=actor,
                at=timezone.now(),
                draft=draft,
                version=_version(request),
                part=_part(request, view, drawn),
            )
        except InvalidInput as refused:
            problems = refused.problems
            controls = told(controls, problems)
        except YiwangError as refused:
            status = refused.status
            tell(request, refused)
        else:
            messages.success(request, say(_SAVED))
            return redirect("layers:draft", draft=draft)
    context = {
        "draft": view,
        "controls": controls,
        "rows": rows,
        "problems": problems,
        "register": _source(view, drawn),
        "by": account_names([view.saved_by]).get(view.saved_by, "—"),
        "whole": _whole(actor, view),
    }
    return render(request, "maps/making/draft.html", context, status=status)


@needs_officer(api.MAKE)
@require_POST
def preview(request: HttpRequest, draft: int) -> HttpResponse:
    """What the form says now, drawn as its maker sees it: a style, or one ``tile``; nothing is kept.

    Raises:
        InvalidInput: the form says nothing that could be saved.
        TileAskedWrongly, TileNotFound, TimeLimitReached
    """
    actor = actor_for(request)
    view, drawn = _opened(actor, draft)
    layer, problems = api.check_layer(actor, with_part(view.content, _part(request, view, drawn)))
    if layer is None:
        words = [say(problem.text) for problem in problems]
        return JsonResponse({"problems": words}, status=422)
    read = api.candidate_of(actor, layer)
    if read is None:
        raise RegisterNotDrawable
    if asked := request.POST.get("tile", ""):
        _, tile = read_address(f"{layer.code}/{asked}.mvt")
        return HttpResponse(api.candidate_tile(read, tile), content_type=_MVT)
    return JsonResponse({"problems": [], "style": _style(read)})


@needs_officer(api.MAKE)
@require_POST
def publish(request: HttpRequest, draft: int) -> HttpResponse:
    """On the map at once."""
    actor = actor_for(request)
    try:
        done = api.publish_layer(actor=actor, at=timezone.now(), draft=draft, version=_version(request))
    except InvalidInput as refused:
        messages.error(request, "; ".join(say(problem.text) for problem in refused.problems))
        return redirect("layers:draft", draft=draft)
    except YiwangError as refused:
        tell(request, refused)
        return redirect("layers:all")
    messages.success(request, say(Text("图层已发布。", "The layer is published.")))
    return redirect("layers:versions", code=done.code)


@needs_officer(api.MAKE)
@require_POST
def drop(request: HttpRequest, draft: int) -> HttpResponse:
    """End the draft."""
    try:
        api.drop_draft(actor=actor_for(request), at=timezone.now(), draft=draft, version=_version(request))
    except YiwangError as refused:
        tell(request, refused)
    return redirect("layers:all")


def _opened(actor: Actor, draft: int) -> tuple[LayerDraftView, Mapped]:
    view = api.get_layer_draft(actor=actor, draft=draft)
    drawn = api.drawable_layer(actor, view.layer)
    if drawn is None:
        raise CasesNotDrawable if view.layer.cases else RegisterNotDrawable
    return view, drawn


def _source(view: LayerDraftView, drawn: Mapped) -> Text:
    """What is drawn: the register's title, or those of the items."""
    if not view.layer.cases:
        return drawn.definition.title
    titles = [each.title for each in drawn.definition.get("item").codes]
    return Text(
        "办件：" + "、".join(title.zh for title in titles),
        "Cases: " + ", ".join(title.en for title in titles),
    )


def _part(request: HttpRequest, view: LayerDraftView, drawn: Mapped) -> dict[str, Json]:
    answers = typed(edit_controls(view, drawn, None), request.POST)
    return part_of(view, drawn, answers, request.POST)


def _version(request: HttpRequest) -> int:
    """The version that a form was filled in on; 0, which none has, where it says nothing."""
    given = request.POST.get("_version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _style(read: ReadLayer) -> dict[str, object]:
    made = style_json([read], "", current_language())
    # the script asks for the tiles with the form, so that an address tells nothing
    return {**made, "sources": {"yiwang": {"type": "vector", "maxzoom": 18}}}


def _whole(actor: Actor, view: LayerDraftView) -> str:
    read = api.candidate_of(actor, view.layer)
    box = extent_of(read) if read is not None else None
    return ",".join(f"{each:.5f}" for each in box or (112.9, 22.5, 114.1, 23.9))
