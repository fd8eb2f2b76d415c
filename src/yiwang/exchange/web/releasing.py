"""Open data at the desk: what was released, what waits for a second person; cutting a new release."""

from __future__ import annotations

from typing import Literal

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.exchange import api
from yiwang.exchange.contracts import CutField, ResourceInfo
from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.http.downloads import download
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say

_STATES = {
    "prepared": (Text("待签发", "Waits for a signature"), "warning"),
    "published": (Text("已开放", "Open"), "success"),
    "withdrawn": (Text("已撤回", "Withdrawn"), "neutral"),
}
_LETTERS = Text("小写字母、数字和下划线", "Small letters, digits, underscores")
_FIELDS = Text(
    "最多6个；敏感字段、号码和地址不能开放", "Six at most; never sensitive ones, numbers, addresses"
)
_TEXTS = ("code", "title_zh", "title_en", "summary_zh", "summary_en", "licence")


@needs_officer("exchange.release.prepare")
@require_safe
def show_releases(request: HttpRequest) -> HttpResponse:
    """The own organisation's releases."""
    return _page(request)


def _page(request: HttpRequest, error: str = "", *, status: int = 200) -> HttpResponse:
    actor = actor_for(request)
    rows = [
        {
            "release": made,
            "state": _STATES[made.state][0],
            "tone": _STATES[made.state][1],
            "may_sign": made.state == "prepared" and made.prepared_by != actor.account_id,
        }
        for made in api.list_releases(owner=actor.organisation)
    ]
    own = [info for info in api.list_resources() if info.owner == actor.organisation]
    context = {"rows": rows, "own": own, "error": error}
    return render(request, "exchange/releases.html", context, status=status)


@needs_officer("exchange.release.prepare")
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, code: str) -> HttpResponse:
    """Cut a release from a resource."""
    info = api.get_resource(code)
    error = ""
    if request.method == "POST":
        said = {name: request.POST.get(name, "").strip()[:1000] for name in _TEXTS}
        form: Literal["table", "rows"] = "rows" if request.POST.get("form") == "rows" else "table"
        least = request.POST.get("least", "")
        try:
            api.prepare_release(
                actor=actor_for(request),
                at=timezone.now(),
                code=said["code"],
                resource=code,
                title=Text(said["title_zh"], said["title_en"]),
                summary=Text(said["summary_zh"], said["summary_en"]),
                licence=said["licence"],
                form=form,
                fields=[_cut(name) for name in request.POST.getlist("fields")],
                least=int(least) if least.isascii() and least.isdigit() and len(least) < 6 else 0,
            )
            return redirect("exchange:releases")
        except YiwangError as refused:
            error = say(refused.sentence)
    context = {"resource": info, "controls": _controls(request, info), "error": error}
    return render(request, "exchange/release_new.html", context, status=422 if error else 200)


def _cut(asked: str) -> CutField:
    """``division:6`` keeps six characters of it."""
    name, _, first = asked[:60].partition(":")
    return CutField(name=name, first=int(first) if first.isascii() and first.isdigit() else None)


@needs_officer("exchange.release.sign")
@require_POST
def sign(request: HttpRequest, release: str) -> HttpResponse:
    """Sign a release off."""
    try:
        api.sign_release(actor=actor_for(request), at=timezone.now(), code=release)
    except YiwangError as refused:
        return _page(request, say(refused.sentence), status=refused.status)
    return redirect("exchange:releases")


@needs_officer("exchange.release.sign")
@require_POST
def withdraw(request: HttpRequest, release: str) -> HttpResponse:
    """Take a release back."""
    try:
        api.withdraw_release(actor=actor_for(request), at=timezone.now(), code=release)
    except YiwangError as refused:
        return _page(request, say(refused.sentence), status=refused.status)
    return redirect("exchange:releases")


@needs_officer("exchange.release.prepare")
@require_safe
def preview(request: HttpRequest, release: str) -> FileResponse:
    """The file as it would be published, for who signs."""
    made = api.get_release(release)
    return download(api.release_file(actor_for(request), made))


def _controls(request: HttpRequest, info: ResourceInfo) -> list[Control]:
    def line(name: str, label: Text, hint: Text | str = "", most: int = 200) -> Control:
        value = request.POST.get(name, "")
        return Control(kind="text", name=name, label=label, hint=hint, value=value, max_length=most)

    options: list[Option] = []
    for field in info.fields:
        options.append(Option(value=field.name, label=field.title))
        if "division" in field.name:
            label = Text(f"{field.title.zh}（到区）", f"{field.title.en} (district)")
            options.append(Option(value=f"{field.name}:6", label=label))
        if "date" in field.name or field.name in {"established", "issued_on", "joined"}:
            label = Text(f"{field.title.zh}（年份）", f"{field.title.en} (year)")
            options.append(Option(value=f"{field.name}:4", label=label))
    forms = [("table", Text("分组计数", "Counts of groups")), ("rows", Text("逐条数据", "Single rows"))]
    return [
        line(
            "code",
            Text("代码", "Code"),
            _LETTERS,
            40,
        ),
        line("title_zh", Text("中文名称", "Title in Chinese")),
        line("title_en", Text("英文名称", "Title in English")),
        line("summary_zh", Text("中文摘要", "Summary in Chinese"), most=1000),
        line("summary_en", Text("英文摘要", "Summary in English"), most=1000),
        line("licence", Text("许可协议", "Licence"), Text("名称或网址", "Its name or address")),
        Control(
            kind="choice",
            name="form",
            label=Text("形式", "Form"),
            value=request.POST.get("form") or "table",
            options=[Option(value=key, label=title) for key, title in forms],
        ),
        Control(
            kind="choices",
            name="fields",
            label=Text("字段", "Fields"),
            compact=True,
            hint=Text(
                "最多6个；敏感字段、号码和地址不能开放",
                "Six at most; never sensitive ones, numbers, addresses",
            ),
            value=request.POST.getlist("fields"),
            options=options,
        ),
        line(
            "least",
            Text("最小分组", "Smallest group"),
            Text("少于这个数的分组会隐藏，不得小于3", "Smaller groups are held back; at least 3"),
            5,
        ),
    ]
