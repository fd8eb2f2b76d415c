"""What the applicant does in an own case: write, withdraw, rate."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yiwang.cases.api import case_for_applicant, rate_case, send_message, withdraw_case
from yiwang.cases.contracts import RATING_TEXTS, CaseForApplicant
from yiwang.identity.api import needs_sign_in
from yiwang.kernel.errors import Conflict, InvalidInput, RuleViolation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say
from yiwang.portal.web.space.case_page import case_context
from yiwang.portal.web.space.me import frame, me
from yiwang.portal.web.uploads import take_files

_MESSAGE_KINDS = ("pdf", "jpg", "png", "docx", "xlsx")
_MESSAGE_MEGABYTES = 10
_SENT = Text("留言已发送，承办单位会在这里回复。", "Sent. The office will answer here.")
_WITHDRAWN = Text("申请已撤回。", "The application is withdrawn.")
_RATED = Text("谢谢您的评价。", "Thank you for rating.")
_RATED_BADLY = Text(
    "谢谢您的评价。承办单位会在15个工作日内核实并答复您。",
    "Thank you. The department will look into it and answer within 15 working days.",
)
_LEVEL = Text("请选择一个满意度", "Choose one of the five levels")
_REASON = Text("撤回原因", "Why you withdraw")


def message_control(value: str = "", errors: tuple[Text, ...] = ()) -> Control:
    """The question of a message."""
    return Control(
        kind="long_text",
        name="body",
        label=Text("给承办单位留言", "Write to the office"),
        hint=Text("请不要写密码、银行卡号", "Do not write passwords or card numbers"),
        value=value,
        errors=errors,
        rows=4,
        max_length=5000,
    )


def files_control(errors: tuple[Text, ...] = ()) -> Control:
    """Files beside a message."""
    return Control(
        kind="file",
        name="files",
        label=Text("附件", "Files"),
        errors=errors,
        required=False,
        multiple=True,
        accept=[f".{kind}" for kind in _MESSAGE_KINDS],
        max_bytes=_MESSAGE_MEGABYTES * 1_000_000,
    )


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def message(request: HttpRequest, case_id: int) -> HttpResponse:
    """Write to the office inside the case."""
    actor, at = me(request), timezone.now()
    view = case_for_applicant(actor=actor, case_id=case_id, at=at)
    if request.method != "POST":
        return _ask_message(request, actor, view, message_control(), files_control())
    body = request.POST.get("body", "").replace("\r\n", "\n")
    taken = take_files(
        request,
        name="files",
        present=(),
        accept=_MESSAGE_KINDS,
        most_megabytes=_MESSAGE_MEGABYTES,
        owner=f"case:{case_id}",
        at=at,
        together=True,
    )
    wrong: tuple[Text, ...] = ()
    if not taken.problems:
        try:
            send_message(actor=actor, at=at, case_id=case_id, body=body, files=taken.ids)
        except InvalidInput as refused:
            wrong = tuple(problem.text for problem in refused.problems)
        else:
            messages.success(request, say(_SENT))
            return redirect("portal:case", case_id=case_id)
    return _ask_message(request, actor, view, message_control(body, wrong), files_control(taken.problems))


def _ask_message(
    request: HttpRequest, actor: Actor, view: CaseForApplicant, body: Control, files: Control
) -> HttpResponse:
    errors = [
        {"text": error, "href": f"#{control.anchor}"} for control in (body, files) for error in control.errors
    ]
    context = case_context(request, actor, view) | {"body": body, "files": files, "errors": errors}
    return render(request, "portal/space/message.html", context, status=422 if errors else 200)


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdraw(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take the application back, as long as nothing is decided."""
    actor, at = me(request), timezone.now()
    view = case_for_applicant(actor=actor, case_id=case_id, at=at)
    control = Control(kind="long_text", name="reason", label=_REASON, required=False, rows=3, max_length=500)
    problem: Text | None = None
    if request.method == "POST":
        try:
            withdraw_case(actor=actor, at=at, case_id=case_id, reason=request.POST.get("reason", "")[:500])
        except (RuleViolation, Conflict) as refused:
            problem = refused.sentence
        else:
            messages.success(request, say(_WITHDRAWN))
            return redirect("portal:case", case_id=case_id)
    context = frame(request, actor, "cases") | {
        "case": view.case,
        "control": control,
        "errors": [{"text": problem, "href": ""}] if problem else [],
        "open": "cases.case.withdraw" in view.may,
    }
    return render(request, "portal/space/withdraw.html", context, status=409 if problem else 200)


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rate(request: HttpRequest, case_id: int) -> HttpResponse:
    """Rate a handling in five levels, once (好差评)."""
    actor, at = me(request), timezone.now()
    view = case_for_applicant(actor=actor, case_id=case_id, at=at)
    level, comment = request.POST.get("level", ""), request.POST.get("comment", "")
    errors: list[Text] = []
    if request.method == "POST":
        try:
            if level not in {"1", "2", "3", "4", "5"}:
                errors = [_LEVEL]
            else:
                rate_case(actor=actor, at=at, case_id=case_id, level=int(level), comment=comment[:1000])
                messages.success(request, say(_RATED_BADLY if int(level) < 3 else _RATED))
                return redirect("portal:case", case_id=case_id)
        except RuleViolation as refused:
            errors = [refused.sentence]
    choice = Control(
        kind="choice",
        name="level",
        label=Text("您对这次办理满意吗？", "How satisfied are you with the handling?"),
        options=[Option(value=str(key), label=text) for key, text in RATING_TEXTS.items()],
        value=level,
        errors=errors,
    )
    remark = Control(
        kind="long_text",
        name="comment",
        label=Text("想说的话", "Anything you would like to say"),
        value=comment[:1000],
        required=False,
        rows=4,
        max_length=1000,
    )
    context = frame(request, actor, "cases") | {
        "case": view.case,
        "controls": (choice, remark),
        "errors": [{"text": error, "href": f"#{choice.anchor}"} for error in errors],
        "open": "cases.rating.give" in view.may,
    }
    return render(request, "portal/space/rate.html", context, status=422 if errors else 200)
