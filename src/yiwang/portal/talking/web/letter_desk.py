"""Letters whose writers agreed: an officer takes personal data out and says yes or no."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.cases.contracts import AnsweredCase
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option, raw_answer
from yiwang.platform.web.language import say
from yiwang.platform.web.sheets import problems_of, unfit, with_errors
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import LETTER_STATE_TEXTS, LetterState
from yiwang.portal.talking.rules.personal import without_personal

PUBLISH = "talking.letter.publish"
_REASON = Control(kind="long_text", name="reason", label=Text("理由", "Reason"), rows=2, max_length=500)
_WAITING = [
    {"key": "number", "label": Text("编号", "Number"), "head": True, "nowrap": True},
    {"key": "title", "label": Text("主题", "Subject")},
    {"key": "organisation", "label": Text("承办单位", "Department")},
    {"key": "answered", "label": Text("答复时间", "Answered"), "nowrap": True},
]
_JUDGED = [
    {"key": "number", "label": Text("编号", "Number"), "head": True, "nowrap": True},
    {"key": "subject", "label": Text("主题", "Subject")},
    {"key": "organisation", "label": Text("承办单位", "Department")},
    {"key": "state", "label": Text("决定", "Decided")},
    {"key": "at", "label": Text("时间", "At"), "nowrap": True},
]


@needs_officer(PUBLISH)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """What waits for a yes, and what was decided last."""
    actor = actor_for(request)
    waiting, judged = api.waiting_letters(actor=actor), api.judged_letters(actor=actor)
    names = organisation_names({*(c.organisation for c in waiting), *(j.organisation for j in judged)})
    context = {
        "waiting_columns": _WAITING,
        "waiting": [
            {
                "number": {"text": case.number, "href": f"{case.number}/"},
                "title": case.title,
                "organisation": names.get(case.organisation, case.organisation),
                "answered": case.answered_at,
            }
            for case in waiting
        ],
        "judged_columns": _JUDGED,
        "judged": [
            {
                "number": {"text": letter.number, "href": f"{letter.number}/"},
                "subject": letter.subject or letter.reason,
                "organisation": names.get(letter.organisation, letter.organisation),
                "state": {
                    "text": LETTER_STATE_TEXTS[letter.state],
                    "tone": "success" if letter.state is LetterState.PUBLISHED else "neutral",
                },
                "at": letter.decided_at,
            }
            for letter in judged
        ],
    }
    return render(request, "talking/letter_desk.html", context)


@needs_officer(PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, number: str) -> HttpResponse:
    """The letter as it was written beside the words that would be published."""
    actor = actor_for(request)
    case, state = api.letter_for_officer(actor=actor, number=number)
    controls = _controls(case)
    if request.method != "POST":
        return _page(request, case, state, controls)
    answers = {c.name: str(raw_answer(c.kind, c.name, request.POST)) for c in controls}
    declining = answers["verdict"] == "decline"
    judged = controls if declining else [c for c in controls if c.name != "reason"]
    problems = unfit([c for c in judged if not declining or c.name in {"verdict", "reason"}], answers)
    if not problems:
        try:
            if declining:
                api.decline_letter(actor=actor, at=timezone.now(), number=number, reason=answers["reason"])
            else:
                words = {name: answers[name] for name in ("subject", "letter", "reply")}
                api.publish_letter(actor=actor, at=timezone.now(), number=number, **words)
        except YiwangError as refused:
            problems = problems_of(refused)
        else:
            messages.success(request, say(Text("已记录。", "Recorded.")))
            return redirect("talking-desk:letters")
    return _page(request, case, state, controls, problems)


@needs_officer(PUBLISH)
@require_http_methods(["POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take a published letter down."""
    actor = actor_for(request)
    case, state = api.letter_for_officer(actor=actor, number=number)
    problems = unfit([_REASON], {"reason": request.POST.get("reason", "").strip()})
    if problems:
        return _page(request, case, state, _controls(case), problems)
    reason = request.POST.get("reason", "")
    api.withdraw_letter(actor=actor, at=timezone.now(), number=number, reason=reason)
    messages.success(request, say(Text("已撤下。", "Taken down.")))
    return redirect("talking-desk:letters")


def _page(
    request: HttpRequest,
    case: AnsweredCase,
    state: LetterState | None,
    controls: list[Control],
    problems: tuple[FieldProblem, ...] = (),
) -> HttpResponse:
    reason: tuple[Control, ...] = (_REASON,)
    errors: list[dict[str, object]] = []
    if request.method == "POST":
        shown, errors = with_errors(controls, request.POST, problems)
        controls = list(shown)
        reason, _ = with_errors(reason, request.POST, problems)
    name = organisation_names({case.organisation}).get(case.organisation, case.organisation)
    context = {
        "case": case,
        "organisation": name,
        "state": state,
        "state_text": LETTER_STATE_TEXTS[state] if state else None,
        "controls": controls,
        "reason": reason[0],
        "errors": errors,
    }
    return render(request, "talking/judge_letter.html", context, status=422 if problems else 200)


def _controls(case: AnsweredCase) -> list[Control]:
    """What would be published, personal data taken out as far as rules see it."""
    names = [case.applicant_name]

    def words(name: str, label: Text, text: str, most: int, rows: int) -> Control:
        kind = "text" if rows == 1 else "long_text"
        value = without_personal(text, names=names)
        return Control(kind=kind, name=name, label=label, value=value, max_length=most, rows=rows)

    verdicts = [
        Option(value="publish", label=Text("同意公开", "Publish")),
        Option(value="decline", label=Text("不公开", "Don't publish")),
    ]
    return [
        words("subject", Text("公开的主题", "Subject to publish"), case.title, 80, 1),
        words("letter", Text("公开的来信", "Letter to publish"), case.text, 5000, 8),
        words("reply", Text("公开的答复", "Reply to publish"), case.reply, 8000, 8),
        Control(kind="choice", name="verdict", label=Text("是否公开", "Publish it?"), options=verdicts),
        Control(
            kind="long_text",
            name="reason",
            label=Text("不公开的理由", "Why not"),
            required=True,
            rows=2,
            max_length=500,
        ),
    ]
