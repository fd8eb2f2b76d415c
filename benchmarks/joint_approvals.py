"""Joint approvals of investment projects, accepted and waiting for their departments.

Six departments by the DMN table of the pack. Each answers in a child case by two completions: its handler
has examined (``done``), its approver gives the opinion (``approve``); the last one joins the parent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from benchmarks.city import CREDIT_CODE, People
from django.utils import timezone

from yiwang.cases.api import complete_task, open_case
from yiwang.cases.contracts.inputs import GivenMaterial, OpinionInput
from yiwang.cases.models import Case, Task
from yiwang.platform.contracts import Actor

OPINION = OpinionInput(grounds="符合城市总体规划和国家产业政策，予以同意。", articles=("城乡规划法第四十条",))
MATERIALS = ("feasibility", "land_proof", "site_plan", "impact_report")
ANSWERS = {
    "credit_code": CREDIT_CODE,
    "firm_name": "广州云山建材有限公司",
    "legal_representative": "陈小明",
    "contact_name": "陈小明",
    "contact_phone": "13800001234",
    "project_name": "越秀区电子产品研发中心",
    "project_kind": "new_build",
    "industry": "C39",
    "foreign_invested": False,
    "total_investment": 86_000_000,
    "start_date": "2027-03-01",
    "content": "新建研发楼一栋，地上十二层，地下二层；配套中试车间。",
    "division": "440104",
    "address": "越秀区环市东路338号",
    "land_use": "new_land",
    "land_area": 6400,
    "floor_area": 23800,
    "environment_class": "report",
    "hazardous": False,
    "truthful": ["confirmed"],
}
#: Whom the decision table of the pack chooses for these answers.
DEPARTMENTS = ("development_planning", "planning", "land_housing", "environment", "construction", "fire")


@dataclass(frozen=True, slots=True)
class Child:
    """A department's child case of a joint approval, with its two officers."""

    id: int
    parent: int
    organisation: str
    handler: Actor
    approver: Actor


@dataclass(frozen=True, slots=True)
class Step:
    """One completion: the child's open task, by whom, with which outcome."""

    child: Child
    node: str
    outcome: str

    @property
    def actor(self) -> Actor:
        return self.child.approver if self.node == "give_opinion" else self.child.handler

    def task(self) -> int:
        """The id of the task, which exists once the step before is done."""
        found = Task.objects.filter(case_id=self.child.id, node=self.node, state="open")
        return found.values_list("id", flat=True).get()

    def complete(self, task_id: int, *, at: datetime | None = None) -> None:
        opinion = OPINION if self.node == "give_opinion" else None
        complete_task(
            actor=self.actor,
            at=at or timezone.now(),
            task_id=task_id,
            outcome=self.outcome,
            note="已审查。",
            opinion=opinion,
        )


#: The two steps of a department, in order; the clients do all first steps before any second one.
STEPS = (("examine", "done"), ("give_opinion", "approve"))


def open_families(people: People, count: int) -> list[list[Child]]:
    """Apply so many times and let the window accept; gives the children of each."""
    families = []
    for _ in range(count):
        at = timezone.now()
        opened = open_case(
            actor=people.firm,
            at=at,
            type_code="investment_approval",
            answers=ANSWERS,
            materials=[GivenMaterial(key=key) for key in MATERIALS],
        )
        accept = Task.objects.values_list("id", flat=True).get(case_id=opened.case_id, node="accept")
        complete_task(actor=people.window, at=at, task_id=accept, outcome="accept")
        families.append(_children(people, opened.case_id))
    return families


def _children(people: People, parent: int) -> list[Child]:
    rows = Case.objects.filter(parent_id=parent).order_by("id").values_list("id", "organisation")
    found = [
        Child(
            case_id,
            parent,
            organisation,
            people.officer(organisation, "handler"),
            people.officer(organisation, "approver"),
        )
        for case_id, organisation in rows
    ]
    assert sorted(child.organisation for child in found) == sorted(DEPARTMENTS)
    return found


def dealt(families: list[list[Child]], clients: int) -> list[list[Child]]:
    """Deal the departments' child cases to clients in a fixed, shuffled order."""
    children = [child for family in families for child in family]
    Random(1).shuffle(children)
    return [children[client::clients] for client in range(clients)]
