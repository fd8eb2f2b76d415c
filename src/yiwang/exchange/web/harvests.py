"""Other catalogues that ours reads: what came of the last reading, one more, one no longer."""

from __future__ import annotations

from typing import Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.exchange import api
from yiwang.exchange.catalogue.contracts import HarvestSourceInfo
from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import NotAllowed, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell

MANAGE = "exchange.harvest.manage"
_ADDED = Text("已添加，一分钟内首次收集。", "Added; it is read for the first time within a minute.")
_STOPPED = Text("已停止收集，其条目已移出目录。", "It is read no longer, and its entries are gone.")
_LETTERS = Text("小写字母、数字和下划线", "Small letters, digits, underscores")
_WEB = Text("网址", "Address")
_MOST_LEFT_OUT = 20


@needs_officer(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Every source with its last reading; sent, one is added."""
    error = ""
    if request.method == "POST":
        try:
            _add(request)
        except NotAllowed:
            raise
        except YiwangError as refused:
            error = say(refused.sentence)
        else:
            messages.success(request, say(_ADDED))
            return redirect("exchange:harvests")
    context = {
        "rows": [_row(source) for source in api.list_sources()],
        "controls": _controls(request),
        "error": error,
    }
    return render(request, "exchange/harvests.html", context, status=422 if error else 200)


@needs_officer(MANAGE)
@require_POST
def stop(request: HttpRequest, source: str) -> HttpResponse:
    """Read it no longer."""
    try:
        api.stop_harvest_source(actor=actor_for(request), at=timezone.now(), key=source)
    except NotAllowed:
        raise
    except YiwangError as refused:
        tell(request, refused)
    else:
        messages.success(request, say(_STOPPED))
    return redirect("exchange:harvests")


def _add(request: HttpRequest) -> None:
    sent = request.POST
    hours = sent.get("every_hours", "").strip()
    protocol: Literal["dcat", "ckan"] = "ckan" if sent.get("protocol") == "ckan" else "dcat"
    api.add_harvest_source(
        actor=actor_for(request),
        at=timezone.now(),
        key=sent.get("key", "").strip()[:60],
        title=Text(sent.get("title_zh", "").strip()[:200], sent.get("title_en", "").strip()[:200]),
        protocol=protocol,
        url=sent.get("url", "").strip()[:500],
        every_hours=int(hours) if hours.isascii() and hours.isdigit() and len(hours) < 5 else 0,
    )


def _row(source: HarvestSourceInfo) -> dict[str, object]:
    latest = source.latest
    if source.is_stopped:
        state, tone = Text("已停止", "Stopped"), "neutral"
    elif latest is None:
        state, tone = Text("等待首次收集", "Not read yet"), "info"
    elif latest.fault is not None:
        state, tone = Text("收集失败", "Failed"), "danger"
    else:
        state, tone = Text("正常", "Works"), "success"
    return {
        "source": source,
        "latest": latest,
        "state": state,
        "tone": tone,
        "left_out": latest.left_out[:_MOST_LEFT_OUT] if latest else (),
    }


def _controls(request: HttpRequest) -> list[Control]:
    sent = request.POST

    def text(name: str, label: Text, hint: Text | None = None, most: int = 200) -> Control:
        return Control(
            kind="text", name=name, label=label, hint=hint or "", value=sent.get(name, ""), max_length=most
        )

    return [
        text("title_zh", Text("名称（中文）", "Title in Chinese")),
        text("title_en", Text("名称（英文）", "Title in English")),
        text("key", Text("代码", "Code"), _LETTERS, 40),
        Control(
            kind="choice",
            name="protocol",
            label=Text("目录形式", "Kind of catalogue"),
            value=sent.get("protocol") or "dcat",
            options=[
                Option(value="dcat", label=Text("DCAT 文件", "A DCAT file (Turtle or JSON-LD)")),
                Option(value="ckan", label=Text("CKAN 站点", "A CKAN site")),
            ],
        ),
        text("url", _WEB, Text("以 https:// 开头", "Begins with https://"), 500),
        Control(
            kind="integer",
            name="every_hours",
            label=Text("每隔多少小时收集一次", "Hours between two readings"),
            value=sent.get("every_hours") or "24",
        ),
    ]
