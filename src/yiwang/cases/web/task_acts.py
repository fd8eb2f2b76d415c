"""Complete, transfer and return a task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.cases.api import complete_task, form_of_task, return_case, task_for_officer, transfer_task
from yiwang.cases.contracts import CaseForOfficer, OpinionInput
from yiwang.cases.web.came_late import came_late
from yiwang.cases.web.case_page import case_context, case_of, page_context
from yiwang.cases.web.findings import found_controls, read_found
from yiwang.cases.web.task_form import TaskForm, controls_of, task_forms
from yiwang.identity.api import actor_for, children, needs_officer, officers_of
from yiwang.kernel.errors import Conflict, FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option, raw_answer
from yiwang.platform.web.language import say
from yiwang.platform.web.sheets import problems_of, unfit, with_errors

_CHOOSE = Text("请选择办理结果", "Choose an outcome")
#: A version of a case has fewer digits; none is negative.
_DIGITS, _NEVER = 10, -1
#: A step that ends so is done again: its form is not asked.
_UNDONE = frozenset({"return", "supplement"})


def _form_of(request: HttpRequest, case: CaseForOfficer, task_id: int) -> TaskForm:
    for form in task_forms(case, actor_for(request)):
        if form.task.id == task_id:
            return form
    raise Http404


def _answers(request: HttpRequest, controls: tuple[Control, ...]) -> dict[str, str]:
    found = {control.name: raw_answer(control.kind, control.name, request.POST) for control in controls}
    return {name: value for name, value in found.items() if isinstance(value, str)}


@needs_officer("cases.task.complete")
@require_POST
def complete(request: HttpRequest, number: str, task_id: int) -> HttpResponse:
    """Complete a task; a refusal shows the page again with what was typed and why it was refused."""
    actor = actor_for(request)
    task = task_for_officer(actor=actor, number=number, task_id=task_id)
    controls = controls_of(task)
    answers = _answers(request, controls)
    outcome = answers.get("outcome") or (task.outcomes[0] if len(task.outcomes) == 1 else "")
    if not outcome:
        return _shown_again(request, number, task_id, controls, (FieldProblem(path="outcome", text=_CHOOSE),))
    faults = unfit([control for control in controls if control.name != "outcome"], answers)
    form = form_of_task(task) if outcome not in _UNDONE else None
    found = read_found(form, request.POST) if form is not None else None
    if form is not None and found is not None:
        controls = (*found_controls(form, found.answers), *controls)
        faults = (*found.problems, *faults)
        if found.revealed and not faults:
            return _shown_again(request, number, task_id, controls, (), status=200, has_more=True)
    if faults:
        return _shown_again(request, number, task_id, controls, faults)
    try:
        complete_task(
            actor=actor,
            at=timezone.now(),
            task_id=task_id,
            outcome=outcome,
            note=answers.get("note", ""),
            opinion=_opinion(answers) if task.is_opinion or task.decides else None,
            organisation=answers.get("organisation", ""),
            findings=found.answers if found is not None else {},
            expected_version=_version(request),
        )
    except YiwangError as refused:
        late = came_late(actor, number, task_id)
        status = 409 if late or isinstance(refused, Conflict) else 422
        return _shown_again(request, number, task_id, controls, late or problems_of(refused), status=status)
    messages.success(request, say(Text("已办理：{name}。", "Done: {name}.").fill(name=say(task.name))))
    return redirect("desk:inbox")


def _version(request: HttpRequest) -> int | None:
    """The version of the case that the page was made from; what is no version is one that never was."""
    sent = request.POST.get("version", "")
    if not sent:
        return None
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < _DIGITS else _NEVER


def _shown_again(
    request: HttpRequest,
    number: str,
    task_id: int,
    controls: tuple[Control, ...],
    problems: tuple[FieldProblem, ...],
    *,
    status: int = 422,
    has_more: bool = False,
) -> HttpResponse:
    """The case as it now stands: the task may meanwhile have been done by a colleague."""
    case = case_of(request, number)
    shown, summary = with_errors(controls, request.POST, problems)
    context = case_context(request, case)
    context["task_forms"] = [
        replace(form, controls=shown, asked=_names(shown), has_more=has_more)
        for form in task_forms(case, actor_for(request))
        if form.task.id == task_id
    ]
    context["errors"] = summary
    return render(request, "cases/case.html", context, status=status)


def _names(controls: tuple[Control, ...]) -> str:
    return ",".join(control.name for control in controls)


def _opinion(answers: dict[str, str]) -> OpinionInput:
    articles = tuple(line.strip() for line in answers.get("articles", "").splitlines() if line.strip())
    return OpinionInput(
        conditions=answers.get("conditions", ""), grounds=answers.get("grounds", ""), articles=articles
    )


@needs_officer("cases.task.transfer")
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, number: str, task_id: int) -> HttpResponse:
    """Hand a task to a colleague or another organisation."""
    actor, at = actor_for(request), timezone.now()
    case = case_of(request, number)
    task = _form_of(request, case, task_id).task
    colleagues = [
        Option(value=f"a{officer.account_id}", label=officer.name)
        for officer in officers_of(task.organisation, at=at)
        if task.role in officer.roles and officer.account_id != actor.account_id
    ]
    units = [Option(value=f"o{unit.code}", label=unit.name) for unit in children("municipal_government")]
    controls = (
        Control(kind="choice", name="to", label=Text("转给", "Transfer to"), options=[*colleagues, *units]),
        Control(kind="long_text", name="reason", label=Text("转办理由", "Reason"), max_length=500),
    )

    def act(answers: dict[str, str]) -> None:
        to = answers["to"]
        transfer_task(
            actor=actor,
            at=at,
            task_id=task_id,
            to_account=int(to[1:]) if to.startswith("a") else None,
            to_organisation=to[1:] if to.startswith("o") else "",
            reason=answers["reason"],
        )

    title = Text("转办：{name}", "Transfer: {name}").fill(name=say(task.name))
    return _ask(request, case, title=title, button=Text("转办", "Transfer"), controls=controls, act=act)


@needs_officer("cases.case.return")
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, number: str, task_id: int) -> HttpResponse:
    """Return the case to a step that was done before (E22)."""
    actor, at = actor_for(request), timezone.now()
    case = case_of(request, number)
    task = _form_of(request, case, task_id).task
    steps = {done.node: done.name for done in case.tasks}
    controls = (
        Control(
            kind="choice",
            name="to",
            label=Text("退回到哪个环节", "Return to which step"),
            options=[Option(value=node, label=steps.get(node, node)) for node in case.returnable],
        ),
        Control(kind="long_text", name="reason", label=Text("退回理由", "Reason"), max_length=500),
    )

    def act(answers: dict[str, str]) -> None:
        return_case(actor=actor, at=at, task_id=task.id, to_node=answers["to"], reason=answers["reason"])

    title = Text("退回办件", "Return the case")
    return _ask(request, case, title=title, button=Text("退回", "Return"), controls=controls, act=act)


def _ask(
    request: HttpRequest,
    case: CaseForOfficer,
    *,
    title: Text,
    button: Text,
    controls: tuple[Control, ...],
    act: Callable[[dict[str, str]], None],
) -> HttpResponse:
    context = page_context(request, case, "act")
    context |= {"title": title, "button": button, "controls": controls}
    if request.method != "POST":
        return render(request, "cases/act.html", context)
    answers = _answers(request, controls)
    problems = unfit(controls, answers)
    if not problems:
        try:
            act(answers)
        except YiwangError as refused:
            problems = problems_of(refused)
        else:
            messages.success(request, say(Text("已办理。", "Done.")))
            return redirect("desk:case", number=case.case.number)
    context["controls"], context["errors"] = with_errors(controls, request.POST, problems)
    return render(request, "cases/act.html", context, status=422)
