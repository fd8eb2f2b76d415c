"""Notices of one's own community or street at the desk: posted, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.filling import day_sent, fill_in
from yiwang.platform.web.language import say
from yiwang.portal.kiosk import api
from yiwang.portal.kiosk.contracts import (
    HOURS_TEXTS,
    NOTICE_KIND_TEXTS,
    WAGE_PER_TEXTS,
    Hours,
    Job,
    LocalNoticeView,
    NoticeKind,
    WagePer,
)
from yiwang.portal.kiosk.web.shown import shown_local

POST = "kiosk.notice.post"
_COLUMNS = [
    {"key": "title", "label": Text("标题", "Title"), "head": True},
    {"key": "kind", "label": Text("种类", "Kind")},
    {"key": "organisation", "label": Text("社区或街道", "Community")},
    {"key": "state", "label": Text("状态", "State")},
    {"key": "until", "label": Text("有效期至", "Until"), "nowrap": True},
]
_REASON = Control(
    kind="text", name="reason", label=Text("撤回原因", "Why it is withdrawn"), max_length=200, width=40
)


@needs_officer(POST)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Everything posted within one's reach."""
    page = Paginator(api.own_notices(actor=actor_for(request)), 30).get_page(request.GET.get("page"))
    today = timezone.localdate()
    views = [api.notice_view(row, today=today) for row in page.object_list]
    names = organisation_names({view.organisation for view in views})
    rows = [
        {
            "title": {"text": view.title, "href": f"{view.id}/"},
            "kind": NOTICE_KIND_TEXTS[view.kind],
            "organisation": names[view.organisation],
            "state": _state(view),
            "until": view.valid_until,
        }
        for view in views
    ]
    return render(request, "kiosk/desk/notices.html", {"page": page, "rows": rows, "columns": _COLUMNS})


@needs_officer(POST)
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, kind: str) -> HttpResponse:
    """Write one."""
    actor, of_kind = actor_for(request), NoticeKind(kind)
    is_job = of_kind is NoticeKind.JOB

    def act() -> HttpResponse:
        sent = request.POST
        made = api.post_notice(
            actor=actor,
            at=timezone.now(),
            organisation=sent["organisation"],
            title=sent["title"],
            body=sent["body"],
            contact=sent["contact"],
            phone=sent["phone"],
            valid_until=day_sent(request, "valid_until"),
            job=_job(request) if is_job else None,
        )
        messages.success(request, say(Text("已发布，终端上可以看到。", "Posted; terminals show it.")))
        return redirect("kiosk-desk:notice", notice=made)

    context = {"kind": NOTICE_KIND_TEXTS[of_kind]}
    return fill_in(request, "kiosk/desk/post.html", _controls(actor, is_job=is_job), act, context)


@needs_officer(POST)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, notice: int) -> HttpResponse:
    """One of them; withdrawn here while it is shown."""
    actor = actor_for(request)
    view = api.notice_for_officer(actor=actor, notice=notice, today=timezone.localdate())

    def act() -> HttpResponse:
        api.withdraw_notice(actor=actor, at=timezone.now(), notice=notice, reason=request.POST["reason"])
        messages.success(request, say(Text("已撤回。", "Withdrawn.")))
        return redirect("kiosk-desk:notice", notice=notice)

    context = {**shown_local(view), "state": _state(view), "kind": NOTICE_KIND_TEXTS[view.kind]}
    return fill_in(request, "kiosk/desk/notice.html", [_REASON], act, context)


def _state(view: LocalNoticeView) -> dict[str, object]:
    if view.withdrawn_at is not None:
        return {"text": Text("已撤回", "Withdrawn"), "tone": "neutral"}
    if view.is_shown:
        return {"text": Text("正在显示", "Shown"), "tone": "success"}
    return {"text": Text("已过期", "Expired"), "tone": "neutral"}


def _job(request: HttpRequest) -> Job:
    sent = request.POST
    return Job(
        place=sent["place"],
        hours=Hours(sent["hours"]),
        openings=_whole(sent["openings"]) or 0,
        wage_from=_whole(sent.get("wage_from", "")),
        wage_to=_whole(sent.get("wage_to", "")),
        wage_per=WagePer(sent["wage_per"]),
    )


def _whole(typed: str) -> int | None:
    """A whole number; 0, which no wage is, for anything else that was typed."""
    plain = typed.strip().replace(",", "")
    if not plain:
        return None
    return int(plain) if plain.isdecimal() and len(plain) <= 6 else 0


def _controls(actor: Actor, *, is_job: bool) -> list[Control]:
    places = api.local_below(actor.organisation)
    organisation = Control(
        kind="choice",
        name="organisation",
        label=Text("社区或街道", "Community or subdistrict"),
        options=[Option(value=each.code, label=each.short_name) for each in places],
        value=places[0].code if places else None,
    )
    words = [
        Control(kind="text", name="title", label=Text("标题", "Title"), max_length=60, width=40),
        Control(
            kind="long_text",
            name="body",
            label=Text("内容", "Text"),
            hint=Text("不要写个人手机号和证件号", "No mobile or identity numbers"),
            rows=6,
            max_length=2000,
        ),
    ]
    end = [
        Control(
            kind="text",
            name="contact",
            label=Text("联系单位", "Office to ask"),
            hint=Text("写单位或岗位，不写个人姓名", "An office or a post, not a person"),
            max_length=60,
            width=40,
        ),
        Control(
            kind="text", name="phone", label=Text("单位电话", "Office telephone"), max_length=30, width=16
        ),
        Control(
            kind="date",
            name="valid_until",
            label=Text("有效期至", "Valid until"),
            hint=Text("过了这一天自动不再显示，最长180天", "Not shown after this day; 180 days at most"),
        ),
    ]
    return [organisation, *words, *(_job_controls() if is_job else []), *end]


def _job_controls() -> list[Control]:
    return [
        Control(kind="text", name="place", label=Text("工作地点", "Place of work"), max_length=100, width=40),
        Control(
            kind="choice",
            name="hours",
            label=Text("工作方式", "Hours"),
            options=[Option(value=key, label=text) for key, text in HOURS_TEXTS.items()],
            compact=True,
        ),
        Control(kind="text", name="openings", label=Text("招聘人数", "People wanted"), max_length=4, width=4),
        Control(
            kind="choice",
            name="wage_per",
            label=Text("工资按什么算", "Wage is paid by"),
            options=[Option(value=key, label=text) for key, text in WAGE_PER_TEXTS.items()],
            value=WagePer.MONTH,
            compact=True,
        ),
        Control(
            kind="text",
            name="wage_from",
            label=Text("最低工资（元）", "Lowest wage, yuan"),
            hint=Text("两项都不填就是面议", "Leave both empty where it is agreed"),
            required=False,
            max_length=7,
            width=8,
        ),
        Control(
            kind="text",
            name="wage_to",
            label=Text("最高工资（元）", "Highest wage, yuan"),
            required=False,
            max_length=7,
            width=8,
        ),
    ]
