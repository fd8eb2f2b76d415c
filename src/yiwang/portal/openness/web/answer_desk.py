"""Answers that may be shown: an officer takes personal data out and says yes or no."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option, raw_answer
from yiwang.platform.web.language import say
from yiwang.platform.web.sheets import problems_of, unfit, with_errors
from yiwang.portal.openness import api
from yiwang.portal.openness.commands.judge_answer import MOST
from yiwang.portal.openness.contracts import AnswerState, AnswerToJudge, AnswerWords
from yiwang.portal.openness.operations import ARCHIVE

STATE_TEXTS = {
    AnswerState.PUBLISHED: Text("已公开", "Shown"),
    AnswerState.DECLINED: Text("不公开", "Not shown"),
    AnswerState.WITHDRAWN: Text("已撤下", "Taken down"),
}
_WAITING = [
    {"key": "number", "label": Text("编号", "Number"), "head": True, "nowrap": True},
    {"key": "title", "label": Text("申请的信息", "Asked for")},
    {"key": "result", "label": Text("结果", "Result")},
    {"key": "answered", "label": Text("答复日期", "Answered"), "nowrap": True},
]
_JUDGED = [
    {"key": "number", "label": Text("编号", "Number"), "head": True, "nowrap": True},
    {"key": "title", "label": Text("申请的信息", "Asked for")},
    {"key": "state", "label": Text("决定", "Decided")},
    {"key": "at", "label": Text("时间", "At"), "nowrap": True},
]


@needs_officer(ARCHIVE)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """What waits for a yes, and what was decided last."""
    actor = actor_for(request)
    waiting = api.waiting_answers(actor=actor, at=timezone.now())
    context = {
        "waiting_columns": _WAITING,
        "waiting": [
            {
                "number": {"text": each.number, "href": f"{each.number}/"},
                "title": each.title,
                "result": each.result,
                "answered": each.answered_on,
            }
            for each in waiting
        ],
        "judged_columns": _JUDGED,
        "judged": [
            {
                "number": {"text": row.number, "href": f"{row.number}/"},
                "title": row.subject or row.reason,
                "state": STATE_TEXTS[AnswerState(row.state)],
                "at": row.decided_at,
            }
            for row in api.judged_answers(actor=actor)
        ],
    }
    return render(request, "openness/answer_desk.html", context)


@needs_officer(ARCHIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, number: str) -> HttpResponse:
    """The answer as it was given beside the words in which it would be shown."""
    actor, at = actor_for(request), timezone.now()
    case = api.answer_to_judge(actor=actor, number=number, at=at)
    controls = _controls(case)
    problems: tuple[FieldProblem, ...] = ()
    errors: list[dict[str, object]] = []
    if request.method == "POST":
        said = {c.name: str(raw_answer(c.kind, c.name, request.POST)).strip() for c in controls}
        problems = unfit(_needed(controls, said["verdict"]), said)
        if not problems:
            try:
                _decide(request, number, said)
            except YiwangError as refused:
                problems = problems_of(refused)
            else:
                messages.success(request, say(Text("已记录。", "Recorded.")))
                return redirect("openness-desk:answers")
        controls, errors = with_errors(controls, request.POST, problems)
    context = {
        "case": case,
        "state": STATE_TEXTS[case.state] if case.state else None,
        "controls": controls,
        "errors": errors,
    }
    return render(request, "openness/judge_answer.html", context, status=422 if problems else 200)


def _decide(request: HttpRequest, number: str, said: dict[str, str]) -> None:
    actor, at = actor_for(request), timezone.now()
    match said["verdict"]:
        case "publish":
            words = AnswerWords(
                subject=said["subject"],
                asked=said["asked"],
                released=said["released"],
                withheld=said["withheld"],
            )
            api.publish_answer(actor=actor, at=at, number=number, words=words)
        case "decline":
            api.decline_answer(actor=actor, at=at, number=number, reason=said["reason"])
        case _:
            api.withdraw_answer(actor=actor, at=at, number=number, reason=said["reason"])


def _needed(controls: tuple[Control, ...], verdict: str) -> list[Control]:
    asked = (
        {"verdict", "reason"}
        if verdict in {"decline", "withdraw"}
        else {c.name for c in controls} - {"reason"}
    )
    return [control for control in controls if control.name in asked]


def _controls(case: AnswerToJudge) -> tuple[Control, ...]:
    reason = Control(
        kind="long_text", name="reason", label=Text("不公开、撤下的理由", "Why not, or not any more"), rows=2,
        max_length=MOST["reason"],
    )  # fmt: skip
    if case.state is AnswerState.PUBLISHED:
        verdicts = [Option(value="withdraw", label=Text("撤下", "Take it down"))]
        return (_verdict(verdicts), reason)
    words = case.words
    return (
        _words("subject", Text("公开的标题", "Title to show"), words.subject, rows=1),
        _words("asked", Text("公开的申请内容", "What was asked, to show"), words.asked, rows=4),
        _words("released", Text("公开的答复内容", "What was given, to show"), words.released, rows=8),
        _words("withheld", Text("不予公开的部分", "What was withheld"), words.withheld, rows=3),
        _verdict(
            [
                Option(value="publish", label=Text("同意公开", "Show it")),
                Option(value="decline", label=Text("不公开", "Don't show it")),
            ]
        ),
        reason,
    )


def _verdict(options: list[Option]) -> Control:
    return Control(kind="choice", name="verdict", label=Text("是否公开", "Show it?"), options=options)


def _words(name: str, label: Text, value: str, *, rows: int) -> Control:
    return Control(
        kind="text" if rows == 1 else "long_text", name=name, label=label, value=value, rows=rows,
        max_length=MOST[name], required=name != "withheld",
    )  # fmt: skip
