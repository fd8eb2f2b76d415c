"""Kinds about who governs and about talking with them: leader, agency, live interview."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.portal.sites.models import AgencyPage, InterviewPage, LeaderPage
from yiwang.portal.sites.page_kinds.kind import PageKind
from yiwang.portal.sites.page_kinds.serving import HOURS, STREET, TELEPHONE
from yiwang.portal.sites.rules.details import DetailField

_UNDER = frozenset({"column"})
_POST = Text("职务", "Post")
_NAME = Text("姓名", "Name")
STATES = (
    ("announced", Text("预告", "Announced")),
    ("live", Text("正在进行", "Going on now")),
    ("ended", Text("已结束", "Ended")),
)

LEADER = PageKind(
    key="leader",
    title=Text("领导", "Leader"),
    model=LeaderPage,
    under=_UNDER,
    template="sites/leader.html",
    schema="Person",
    fields=(
        DetailField(key="post", kind="text", label=_POST, english=True, required=True, schema="jobTitle"),
        DetailField(key="portrait", kind="picture", label=Text("照片", "Portrait"), fact=False),
        DetailField(
            key="duties",
            kind="long_text",
            label=Text("工作分工", "Responsible for"),
            english=True,
            required=True,
            fact=False,
        ),
        DetailField(key="career", kind="long_text", label=Text("简历", "Career"), english=True, fact=False),
    ),
)
AGENCY = PageKind(
    key="agency",
    title=Text("机构职能", "Agency"),
    model=AgencyPage,
    under=_UNDER,
    template="sites/agency.html",
    schema="GovernmentOrganization",
    fields=(
        DetailField(key="organisation", kind="organisation", label=Text("机构", "Agency"), limit=60),
        DetailField(key="head", kind="text", label=Text("负责人", "Head"), limit=60),
        DetailField(key="street", kind="text", label=STREET, english=True, required=True, schema="address"),
        DetailField(
            key="telephone", kind="text", label=TELEPHONE, limit=40, required=True, schema="telephone"
        ),
        DetailField(key="hours", kind="text", label=HOURS, english=True, required=True),
        DetailField(
            key="duties",
            kind="long_text",
            label=Text("主要职责", "What it is there for"),
            english=True,
            required=True,
            fact=False,
        ),
        DetailField(
            key="offices",
            kind="rows",
            label=Text("内设机构", "Inner offices"),
            columns=(
                DetailField(
                    key="name",
                    kind="text",
                    label=Text("名称", "Name"),
                    english=True,
                    limit=120,
                    required=True,
                ),
                DetailField(key="task", kind="text", label=Text("职责", "Task"), english=True, limit=400),
                DetailField(key="telephone", kind="text", label=TELEPHONE, limit=40),
            ),
        ),
    ),
)
INTERVIEW = PageKind(
    key="interview",
    title=Text("在线访谈", "Live interview"),
    model=InterviewPage,
    under=_UNDER,
    dated=True,
    template="sites/interview.html",
    schema="Event",
    fields=(
        DetailField(
            key="state", kind="choice", label=Text("状态", "State"), options=STATES, required=True, fact=False
        ),
        DetailField(
            key="hour",
            kind="text",
            label=Text("时间", "Time"),
            hint=Text("如 10:00—11:30", "Such as 10:00–11:30"),
            limit=40,
            required=True,
        ),
        DetailField(key="place", kind="text", label=Text("地点", "Place"), english=True, schema="location"),
        DetailField(key="host", kind="text", label=Text("主持人", "Host"), limit=60),
        DetailField(
            key="guests",
            kind="rows",
            label=Text("嘉宾", "Guests"),
            required=True,
            columns=(
                DetailField(key="name", kind="text", label=_NAME, limit=60, required=True),
                DetailField(key="post", kind="text", label=_POST, english=True, limit=120, required=True),
            ),
        ),
        DetailField(
            key="questions",
            kind="rows",
            label=Text("问答实录", "Questions and answers"),
            columns=(
                DetailField(
                    key="asked_by",
                    kind="text",
                    label=Text("提问者", "Asked by"),
                    hint=Text("网名或“网友”，不写真实姓名。", "A name on the net; never a real one."),
                    limit=60,
                ),
                DetailField(
                    key="question",
                    kind="long_text",
                    label=Text("问题", "Question"),
                    english=True,
                    required=True,
                ),
                DetailField(key="answered_by", kind="text", label=Text("回答者", "Answered by"), limit=60),
                DetailField(key="answer", kind="long_text", label=Text("回答", "Answer"), english=True),
            ),
        ),
    ),
)
KINDS = (LEADER, AGENCY, INTERVIEW)
