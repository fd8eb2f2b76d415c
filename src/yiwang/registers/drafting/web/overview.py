"""Drafts and drawn-up registers of one's organisation; begin a new one; take one along as a template."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import account_names, actor_for, needs_officer
from yiwang.kernel.errors import InvalidInput, NotAllowed, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.registers.drafting import api
from yiwang.registers.drafting.contracts import Aim
from yiwang.registers.drafting.web.answers import text_of, typed
from yiwang.registers.drafting.web.asking import pair, told

_CODE_HINT = Text(
    "数据表和接口地址用它：小写字母、数字和下划线，发布后不能改",
    "It names the table and the addresses: small letters, digits and underscores; it stays for ever",
)


@needs_officer(api.EDIT)
@require_safe
def show_drafts(request: HttpRequest) -> HttpResponse:
    """Both lists."""
    actor = actor_for(request)
    drafts = api.list_drafts(actor=actor)
    names = account_names([draft.saved_by for draft in drafts])
    context = {
        "drafts": [{"draft": draft, "by": names.get(draft.saved_by, "—")} for draft in drafts],
        "drawn": api.list_drawn(actor=actor),
    }
    return render(request, "registers/drafting/all.html", context)


@needs_officer(api.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The form of a new register's name."""
    controls = _controls({})
    if request.method != "POST":
        return render(request, "registers/drafting/begin.html", {"controls": controls})
    answers = typed(controls, request.POST)
    controls = _controls(answers)
    try:
        saved = api.begin_draft(
            actor=actor_for(request),
            at=timezone.now(),
            code=str(answers["code"]),
            title=text_of("title", answers),
            summary=text_of("summary", answers),
        )
    except InvalidInput as refused:
        controls = told(controls, refused.problems)
    except NotAllowed:
        raise
    except YiwangError as refused:
        tell(request, refused)
    else:
        return redirect("registers:draft", draft=saved.draft)
    return render(request, "registers/drafting/begin.html", {"controls": controls}, status=422)


def _controls(answers: dict[str, object]) -> list[Control]:
    return [
        *pair("title", Text("登记簿名称", "Title"), answers),
        *pair("summary", Text("登记内容", "What it holds"), answers),
        Control(
            kind="text",
            name="code",
            label=Text("编码", "Code"),
            hint=_CODE_HINT,
            value=answers.get("code"),
            max_length=41,
        ),
    ]


@needs_officer(api.EDIT)
@require_POST
def begin_revision(request: HttpRequest, code: str) -> HttpResponse:
    """A draft of the next revision, or of the end."""
    aim: Aim = "retire" if request.POST.get("aim") == "retire" else "define"
    try:
        saved = api.begin_revision(actor=actor_for(request), at=timezone.now(), register=code, aim=aim)
    except YiwangError as refused:
        tell(request, refused)
        return redirect("registers:drafts")
    messages.success(request, say(Text("已建立草案。", "The draft has begun.")))
    return redirect("registers:draft", draft=saved.draft)


@needs_officer(api.EDIT)
@require_safe
def fetch_template(request: HttpRequest, code: str) -> HttpResponse:
    """A drawn-up register as one archive, for another installation."""
    content = api.template_of(actor=actor_for(request), register=code)
    headers = {"Content-Disposition": f'attachment; filename="{code}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)
