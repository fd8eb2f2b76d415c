"""Ask one more department, or drop one that need not be asked (E20)."""

from __future__ import annotations

from yiwang.cases.api import add_department, remove_department
from yiwang.cases.contracts import CaseForOfficer
from yiwang.cases.web.acts.page import ActPage, Submission
from yiwang.identity.api import children, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option


def _asked(case: CaseForOfficer) -> list[str]:
    return [child.organisation for child in case.children if child.closed_at is None]


def _add_controls(case: CaseForOfficer) -> tuple[Control, ...]:
    present = {child.organisation for child in case.children}
    bureaus = [unit for unit in children("municipal_government") if unit.code not in present]
    return (
        Control(
            kind="choice",
            name="organisation",
            label=Text("增加的部门", "Department to add"),
            options=[Option(value=unit.code, label=unit.name) for unit in bureaus],
        ),
        Control(kind="long_text", name="reason", label=Text("理由", "Reason"), max_length=500),
    )


def _remove_controls(case: CaseForOfficer) -> tuple[Control, ...]:
    asked = _asked(case)
    names = organisation_names(asked)
    return (
        Control(
            kind="choice",
            name="organisation",
            label=Text("不再征求意见的部门", "Department to drop"),
            options=[Option(value=code, label=names.get(code, code)) for code in asked],
        ),
        Control(kind="long_text", name="reason", label=Text("理由", "Reason"), max_length=500),
    )


def _add(sent: Submission) -> None:
    add_department(
        actor=sent.actor,
        at=sent.at,
        case_id=sent.case.case.id,
        organisation=sent.text("organisation"),
        reason=sent.text("reason"),
        expected_version=sent.case.case.version,
    )


def _remove(sent: Submission) -> None:
    remove_department(
        actor=sent.actor,
        at=sent.at,
        case_id=sent.case.case.id,
        organisation=sent.text("organisation"),
        reason=sent.text("reason"),
        expected_version=sent.case.case.version,
    )


PAGES = (
    ActPage(
        key="add_department",
        operation="cases.department.add",
        title=Text("增加会办部门", "Add a department"),
        button=Text("增加", "Add"),
        controls=_add_controls,
        submit=_add,
        done=Text("已转该部门同时审查。", "The department now examines the case as well."),
        fits=lambda case: bool(case.children),
        order=50,
    ),
    ActPage(
        key="remove_department",
        operation="cases.department.remove",
        title=Text("减少会办部门", "Drop a department"),
        button=Text("减少", "Drop"),
        controls=_remove_controls,
        submit=_remove,
        done=Text("该部门的审查已取消。", "The department is no longer asked."),
        fits=lambda case: len(_asked(case)) > 1,
        order=51,
    ),
)
