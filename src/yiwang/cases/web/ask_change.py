"""An officer of a register's owner or source asks for a change of an entry."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.cases.api import ask_register_change
from yiwang.cases.contracts.changes import CHANGE_ACT_TEXTS, ChangeAct
from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.web.controls import Control, Option, raw_answer
from yiwang.platform.web.language import say
from yiwang.platform.web.sheets import problems_of, unfit, with_errors
from yiwang.registers.api import get_register, may_write
from yiwang.registers.definitions import RegisterDefinition

OPERATION = "cases.register_change.ask"


@needs_officer(OPERATION)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_change(request: HttpRequest, code: str, entry: int) -> HttpResponse:
    """Ask which field should be what, and why; then lead to the case."""
    actor, at = actor_for(request), timezone.now()
    definition = get_register(code)
    if not may_ask(actor, code):
        raise OperationNotAllowed(operation=OPERATION)
    controls = _controls(definition)
    context: dict[str, object] = {"register": definition, "entry": entry, "controls": controls}
    if request.method != "POST":
        return render(request, "cases/ask_change.html", context)
    answers = {control.name: raw_answer(control.kind, control.name, request.POST) for control in controls}
    problems = unfit(controls, answers)
    if not problems:
        said = {name: str(value) for name, value in answers.items() if isinstance(value, str)}
        act = ChangeAct(said["act"])
        try:
            case = ask_register_change(
                actor=actor,
                at=at,
                register=code,
                entry=entry,
                act=act,
                values={} if act is ChangeAct.RETIRE else {said["field"]: said["wanted"] or None},
                reason=said["reason"],
            )
        except YiwangError as refused:
            problems = tuple(
                FieldProblem("wanted", problem.text) if definition.find(problem.path) else problem
                for problem in problems_of(refused)
            )
        else:
            messages.success(request, say(Text("已提交申请。", "The request is sent.")))
            return redirect("desk:case", number=case.number)
    context["controls"], context["errors"] = with_errors(controls, request.POST, problems)
    return render(request, "cases/ask_change.html", context, status=422)


def may_ask(actor: Actor, register: str) -> bool:
    """Whether an officer may ask for changes of a register."""
    return may_write(actor, register, OPERATION)


def _controls(definition: RegisterDefinition) -> tuple[Control, ...]:
    return (
        Control(
            kind="choice",
            name="act",
            label=Text("申请事项", "What is asked for"),
            options=[
                Option(value=act, label=words)
                for act, words in CHANGE_ACT_TEXTS.items()
                if act is not ChangeAct.ENTER
            ],
            value=str(ChangeAct.CORRECTION),
        ),
        Control(
            kind="choice",
            name="field",
            label=Text("字段", "Field"),
            hint=Text("注销时不填", "Leave empty if the entry is to be retired"),
            options=[Option(value=field.name, label=field.title) for field in definition.fields],
            required=False,
        ),
        Control(
            kind="long_text",
            name="wanted",
            label=Text("应改为", "Should be"),
            hint=Text(
                "代码类字段填代码；不填为清空",
                "Its code, where the field has codes; leave empty to clear the field",
            ),
            rows=2,
            max_length=2000,
            required=False,
        ),
        Control(
            kind="long_text",
            name="reason",
            label=Text("理由和依据", "Reason and proof"),
            rows=3,
            max_length=2000,
        ),
    )
