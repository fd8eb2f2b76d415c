"""The catalogue at the desk: written, published by a second officer, its files' lives and links kept."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, sent_day
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.platform.web.sheets import problems_of, unfit, with_errors
from yiwang.portal.openness import api
from yiwang.portal.openness.contracts import DraftItem, ItemRow
from yiwang.portal.openness.operations import PUBLISH, WRITE
from yiwang.portal.openness.rules.life import ActKind
from yiwang.portal.openness.rules.links import KIND_TEXTS, ItemKind
from yiwang.portal.openness.web import shown
from yiwang.portal.openness.web.item_forms import (
    act_controls,
    content_sent,
    day_problems,
    item_controls,
    item_problems,
)
from yiwang.portal.web.asking import posted

_COLUMNS = [
    {"key": "title", "label": Text("标题", "Title"), "head": True},
    {"key": "kind", "label": Text("种类", "Kind")},
    {"key": "number", "label": Text("索引号", "Index number"), "nowrap": True},
    {"key": "made_on", "label": Text("成文日期", "Made"), "nowrap": True},
    {"key": "state", "label": Text("公开", "Public")},
]
_REASON = Control(
    kind="text", name="reason", label=Text("撤回理由", "Why it is withdrawn"), max_length=300, width=40
)
_LINK = Control(
    kind="text",
    name="to",
    label=Text("索引号或者事项编码", "Index number or code of a service"),
    hint=Text(
        "解读、问答填写索引号，办事服务填写事项编码", "Of an explanation, of questions, or a service's code"
    ),
    max_length=60,
    width=24,
)


@needs_officer(WRITE)
@require_safe
def show_items(request: HttpRequest) -> HttpResponse:
    """The items of one's own agency."""
    page = Paginator(api.own_items(actor=actor_for(request)), 30).get_page(request.GET.get("page"))
    rows = [_row(row) for row in api.item_rows(page.object_list, at=timezone.now())]
    return render(request, "openness/desk_items.html", {"page": page, "rows": rows, "columns": _COLUMNS})


@needs_officer(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Enter a new item."""
    return _write(request, actor_for(request), None)


@needs_officer(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, item: int) -> HttpResponseBase:
    """Write an item again while it is not public."""
    actor = actor_for(request)
    draft = api.item_for_officer(actor=actor, item=item)
    if draft.is_public:
        return redirect("openness-desk:item", item=item)
    return _write(request, actor, draft)


@needs_officer(WRITE)
@require_safe
def show_item(request: HttpRequest, item: int) -> HttpResponse:
    """An item as it is or will be read, and what can be done with it."""
    actor, at = actor_for(request), timezone.now()
    draft = api.item_for_officer(actor=actor, item=item)
    view = api.item_preview(actor=actor, item=item, at=at)
    context = {
        "view": view,
        "row": view.row,
        "draft": draft,
        "is_policy": draft.content.kind is ItemKind.POLICY,
        "own": draft.written_by == actor.account_id,
        "title": shown.both(view.row.title),
        "kind": KIND_TEXTS[view.row.kind],
        "facts": shown.facts(view.row),
        "life": shown.life(view),
        "waiting_acts": [
            one for one in shown.life(view) if one.get("confirmed") is False and not one["done"]
        ],
        "links": shown.links(view),
        "explains": shown.cards(view.explains),
        "act_controls": act_controls(),
        "link_control": _LINK,
        "reason": _REASON,
        **shown.state_of(view.row),
        **shown.body(view),
    }
    return render(request, "openness/desk_item.html", context)


@needs_officer(PUBLISH)
@require_POST
def publish(request: HttpRequest, item: int) -> HttpResponse:
    """Publish what is on the screen."""
    actor, at = actor_for(request), timezone.now()
    version = posted(request, "version", most=9)
    number = int(version) if version.isdecimal() else 0
    return _done(
        request, item, Text("已公开。", "It is public."),
        lambda: api.publish_item(actor=actor, at=at, item=item, version=number),
    )  # fmt: skip


@needs_officer(PUBLISH)
@require_POST
def withdraw(request: HttpRequest, item: int) -> HttpResponse:
    """Take it back."""
    actor, at, reason = actor_for(request), timezone.now(), posted(request, "reason", most=400)
    return _done(
        request, item, Text("已撤回。", "It is withdrawn."),
        lambda: api.withdraw_item(actor=actor, at=at, item=item, reason=reason),
    )  # fmt: skip


@needs_officer(WRITE)
@require_POST
def enter_act(request: HttpRequest, item: int) -> HttpResponse:
    """Enter what is done to a policy file."""
    actor, at = actor_for(request), timezone.now()
    controls = act_controls()
    plain = [control for control in controls if control.kind != "date"]
    problems = (
        *unfit(plain, {control.name: posted(request, control.name, most=200) for control in plain}),
        *day_problems(request, controls),
    )
    on = sent_day(request.POST, "on")
    if problems or on is None:
        for problem in problems:
            messages.error(request, say(problem.text))
        return redirect("openness-desk:item", item=item)
    kind = ActKind(posted(request, "act"))
    by, by_title = posted(request, "by"), posted(request, "by_title", most=200)
    until = sent_day(request.POST, "act_until")
    return _done(
        request, item, Text("已登记，等待另一位工作人员确认。", "Entered. Another officer confirms it."),
        lambda: api.enter_act(
            actor=actor, at=at, item=item, kind=kind, on=on, by=by, by_title=by_title, until=until
        ),
    )  # fmt: skip


@needs_officer(PUBLISH)
@require_POST
def judge_act(request: HttpRequest, item: int, act: int) -> HttpResponse:
    """Confirm an act, or throw it away."""
    actor, at = actor_for(request), timezone.now()
    if "drop" in request.POST:
        return _done(
            request, item, Text("已删除。", "It is thrown away."),
            lambda: api.drop_act(actor=actor, at=at, act=act),
        )  # fmt: skip
    return _done(
        request, item, Text("已确认。", "It is confirmed."),
        lambda: api.confirm_act(actor=actor, at=at, act=act),
    )  # fmt: skip


@needs_officer(WRITE)
@require_POST
def link(request: HttpRequest, item: int) -> HttpResponse:
    """Link what belongs to a policy file."""
    actor, at, to = actor_for(request), timezone.now(), posted(request, "to")
    return _done(
        request, item, Text("已关联。", "It is linked."),
        lambda: api.link_policy(actor=actor, at=at, item=item, to=to),
    )  # fmt: skip


@needs_officer(WRITE)
@require_POST
def unlink(request: HttpRequest, item: int, link: int) -> HttpResponse:
    """Take a link away."""
    actor, at = actor_for(request), timezone.now()
    return _done(
        request, item, Text("已取消关联。", "The link is gone."),
        lambda: api.unlink_policy(actor=actor, at=at, item=item, link=link),
    )  # fmt: skip


def _done(request: HttpRequest, item: int, said: Text, act: Callable[[], object]) -> HttpResponse:
    api.item_for_officer(actor=actor_for(request), item=item)
    try:
        act()
    except YiwangError as refused:
        tell(request, refused)
    else:
        messages.success(request, say(said))
    return redirect("openness-desk:item", item=item)


def _write(request: HttpRequest, actor: Actor, draft: DraftItem | None) -> HttpResponse:
    controls = item_controls(draft.content if draft else None)
    problems: tuple[FieldProblem, ...] = ()
    errors: list[dict[str, object]] = []
    if request.method == "POST":
        problems = item_problems(request, controls)
        version = posted(request, "version", most=9)
        if not problems:
            try:
                made = api.write_item(
                    actor=actor,
                    at=timezone.now(),
                    item=draft.id if draft else None,
                    version=int(version) if version.isdecimal() else 0,
                    content=content_sent(request),
                )
            except YiwangError as refused:
                problems = problems_of(refused)
            else:
                messages.success(request, say(Text("已保存。", "It is saved.")))
                return redirect("openness-desk:item", item=made)
        controls, errors = with_errors(controls, request.POST, problems)
    context = {"draft": draft, "controls": controls, "errors": errors}
    return render(request, "openness/write_item.html", context, status=422 if problems else 200)


def _row(row: ItemRow) -> dict[str, object]:
    is_out = row.published_at is not None
    return {
        "title": {"text": shown.both(row.title), "href": f"{row.id}/"},
        "kind": KIND_TEXTS[row.kind],
        "number": row.index_number,
        "made_on": row.made_on,
        "state": {
            "text": Text("已公开", "Public") if is_out else Text("未公开", "Not yet"),
            "tone": "success" if is_out else "neutral",
        },
    }
