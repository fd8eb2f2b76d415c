"""The questions with which a task is completed: outcome, grounds, conditions, articles, note."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.cases.api import form_of_task
from yiwang.cases.contracts import CaseForOfficer, TaskState, TaskView, Verdict
from yiwang.cases.web.findings import found_controls
from yiwang.cases.web.presenting import outcome_text
from yiwang.identity.api import children
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option

_NEEDS_OTHER_PAGE = frozenset({"supplement"})
_ARTICLES = Text(
    "每行一条，例如：城乡规划法第四十条", "One a line, e.g. Urban and Rural Planning Law, Art. 40"
)
#: As long as a message in a case may be.
_REPLY = Control(
    kind="long_text",
    name="note",
    label=Text("答复内容", "Reply"),
    hint=Text(
        "审核通过后原文发给申请人；退回时写明理由",
        "Sent to the applicant as it stands once it is reviewed; when you return it, say why",
    ),
    rows=8,
    max_length=5000,
)


_OPINION = (
    Control(
        kind="long_text",
        name="grounds",
        label=Text("理由", "Grounds"),
        hint=Text("不同意的必须写明理由", "A refusal must give grounds"),
        required=False,
        rows=3,
        max_length=2000,
    ),
    Control(
        kind="long_text",
        name="conditions",
        label=Text("附加条件", "Conditions"),
        hint=Text(
            "附条件同意时填写，将写入决定",
            "For an approval with conditions; it goes into the decision",
        ),
        required=False,
        rows=2,
        max_length=2000,
    ),
    Control(
        kind="long_text",
        name="articles",
        label=Text("依据条款", "Articles"),
        hint=_ARTICLES,
        required=False,
        rows=2,
        max_length=500,
    ),
)
_NOTE = Control(
    kind="long_text",
    name="note",
    label=Text("办理说明", "Note"),
    hint=Text("记入办件日志", "Kept in the log of the case"),
    required=False,
    rows=2,
    max_length=1000,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskForm:
    """A task that this officer may complete now, with its controls."""

    task: TaskView
    controls: tuple[Control, ...]
    is_mine: bool
    asks_supplement: bool
    #: Names of the questions of the step's own form that are shown, and whether an answer brought up more.
    asked: str = ""
    has_more: bool = False


def task_forms(case: CaseForOfficer, actor: Actor) -> list[TaskForm]:
    """The open tasks of the case that the officer may act on."""
    return [
        TaskForm(
            task=task,
            controls=(*(asked := _asked(case, task)), *controls_of(task)),
            asked=",".join(control.name for control in asked),
            is_mine=task.assignee_id == actor.account_id,
            asks_supplement="supplement" in task.outcomes,
        )
        for task in case.tasks
        if task.may_act and task.state in {TaskState.OPEN, TaskState.CLAIMED}
    ]


def _asked(case: CaseForOfficer, task: TaskView) -> tuple[Control, ...]:
    """What the step's form asks; a step that is done again shows what was found before."""
    form = form_of_task(task)
    before = case.data.get("findings")
    return () if form is None else found_controls(form, before if isinstance(before, dict) else {})


def _outcome_option(task: TaskView, outcome: str) -> Option:
    """A verdict on a matter whose law has results of its own is the signature under its result."""
    if task.result is not None and outcome in set(Verdict):
        signed = Text(f"签发：{task.result.zh}", f"Sign: {task.result.en}")
        return Option(value=outcome, label=signed)
    return Option(value=outcome, label=outcome_text(outcome))


def controls_of(task: TaskView) -> tuple[Control, ...]:
    """The questions of a task: an opinion or a decision asks for grounds, a plain step for a note."""
    outcomes = [outcome for outcome in task.outcomes if outcome not in _NEEDS_OTHER_PAGE]
    asked: list[Control] = []
    if task.routes:
        asked.append(_organisation(required=len(outcomes) == 1))
    if len(outcomes) > 1:
        asked.append(
            Control(
                kind="choice",
                name="outcome",
                label=Text("办理结果", "Outcome"),
                options=[_outcome_option(task, outcome) for outcome in outcomes],
            )
        )
    if task.is_opinion or task.decides:
        # An answer with a result of its own law has no conditions: its form says what is given and withheld.
        asked += [each for each in _OPINION if each.name != "conditions" or task.result is None]
    return (*asked, _REPLY if task.replies else _NOTE)


def _organisation(*, required: bool) -> Control:
    units = children("municipal_government")
    return Control(
        kind="choice",
        name="organisation",
        label=Text("承办单位", "Who is to handle it"),
        options=[Option(value=unit.code, label=unit.name) for unit in units],
        required=required,
    )
