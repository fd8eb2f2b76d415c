"""Letters brought as far as a test wants them, by the doors that people use."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases import api
from yiwang.cases.testing import open_task
from yiwang.identity.testing import a_citizen, an_officer
from yiwang.platform.contracts import Actor

LETTER = {
    "subject": "三路公交车间隔太长",
    "about": "traffic",
    "letter": "早上等了四十分钟，请加密班次。我的电话是13800138000，陈小明。",
    "publish": True,
}


def officers(organisation: str) -> tuple[Actor, Actor]:
    """Who writes and who reviews there."""
    return an_officer(organisation, roles={"handler"}), an_officer(organisation, roles={"reviewer"})


def a_letter(at: datetime, *, writer: Actor | None = None, kind: str = "mailbox_question", **answers: object):
    """A letter that was just sent."""
    said = {**LETTER, **answers}
    return api.open_case(actor=writer or a_citizen(), at=at, type_code=kind, answers=said)


def routed(case_id: int, to: str, at: datetime, *, desk: Actor | None = None) -> None:
    """The general office passes it on."""
    desk = desk or an_officer("general_office", roles={"handler"})
    task = open_task(case_id, "route")
    api.complete_task(actor=desk, at=at, task_id=task, outcome="done", organisation=to)


def answered(case_id: int, by: str, at: datetime, *, reply: str = "已加密班次。") -> None:
    """The department replies, another officer reviews."""
    handler, reviewer = officers(by)
    api.complete_task(actor=handler, at=at, task_id=open_task(case_id, "answer"), outcome="done", note=reply)
    api.complete_task(
        actor=reviewer, at=at, task_id=open_task(case_id, "review"), outcome="done", note="同意"
    )
