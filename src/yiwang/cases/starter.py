"""The files of a first service item: what ``./yiwang new pack`` writes, ready to check and to apply."""

from __future__ import annotations

from yiwang.cases.rules.process.model import Flow, Node, NodeKind, Process
from yiwang.cases.rules.process.write_bpmn import write_bpmn
from yiwang.kernel.text import Text

_FORM = """code: {name}
pages:
  - key: matter
    title: {{zh: 申请内容, en: What you apply for}}
    questions:
      - key: subject
        kind: text
        label: {{zh: 申请事由, en: Subject}}
        max_length: 80
      - key: details
        kind: long_text
        label: {{zh: 具体说明, en: Details}}
        max_length: 2000
"""
_CASE = """code: {name}
title: {{zh: "{zh}", en: "{en}"}}
summary: {{zh: "{zh}的申请和办理。", en: "Apply for: {en}."}}
item_type: public_service
catalogue: public_service
basic_code: "000200000000"
implementing_code: "11440100000000000X-440200000000"
legal_basis:
  - law: {{zh: 中华人民共和国行政许可法, en: Administrative Licensing Law of the People's Republic of China}}
    article: {{zh: 第四十二条, en: Article 42}}
body: {owner}
applicants: [person, legal_entity]
handling: promised
statutory_limit: {{amount: 20, unit: working_days}}
promised_limit: {{amount: 10, unit: working_days}}
clocks:
  - key: acceptance
    title: {{zh: 受理, en: Acceptance}}
    budget: {{amount: 5, unit: working_days}}
  - key: decision
    title: {{zh: 决定, en: Decision}}
    budget: {{amount: 5, unit: working_days}}
result: {{title: {{zh: "{zh}证明", en: "{en}: certificate"}}, kind: certificate}}
fee: {{amount: 0, note: {{zh: 不收费, en: Free of charge}}}}
online_depth: IV
channels: [online]
steps:
  - {{zh: 网上申请, en: Apply online}}
  - {{zh: 受理、决定, en: Acceptance and decision}}
prefix: {prefix}
form: {name}
process: {name}
case_title: answers.subject
"""


def first_item(*, name: str, title: Text, owner: str) -> dict[str, bytes]:
    """Files by path inside the pack: a form, a process with its drawing, and the item that joins them."""
    prefix = "".join(letter for letter in name.upper() if "A" <= letter <= "Z")[:2].ljust(2, "X")
    values = {"name": name, "zh": title.zh, "en": title.en, "owner": owner, "prefix": prefix}
    return {
        f"forms/{name}.yaml": _FORM.format(**values).encode(),
        f"cases/{name}.yaml": _CASE.format(**values).encode(),
        f"processes/{name}.bpmn": write_bpmn(_process(name, title)),
    }


def _process(name: str, title: Text) -> Process:
    return Process(key=name, name=title, nodes=_nodes(), flows=_flows())


def _nodes() -> tuple[Node, ...]:
    accept = Text("受理审查", "Check the application")
    return (
        Node(id="start", kind=NodeKind.START, name=Text("提交申请", "Application received")),
        Node(
            id="accept",
            kind=NodeKind.USER_TASK,
            name=accept,
            role="window",
            outcomes=("accept", "refuse"),
            clock="acceptance",
        ),
        Node(id="accept_ways", kind=NodeKind.EXCLUSIVE, default="accept_ways_to_tell_not_accepted"),
        Node(
            id="tell_not_accepted",
            kind=NodeKind.SERVICE_TASK,
            name=Text("告知不予受理", "Tell that it is not accepted"),
            act="issue_refusal",
        ),
        Node(
            id="not_accepted",
            kind=NodeKind.END,
            name=Text("不予受理", "Not accepted"),
            outcomes=("not_accepted",),
        ),
        Node(
            id="decide",
            kind=NodeKind.USER_TASK,
            name=Text("审批", "Decide"),
            role="approver",
            outcomes=("approve", "refuse"),
            clock="decision",
        ),
        Node(id="decide_ways", kind=NodeKind.EXCLUSIVE, default="decide_ways_to_tell_refused"),
        Node(
            id="issue",
            kind=NodeKind.SERVICE_TASK,
            name=Text("出具证明", "Issue the certificate"),
            act="issue_licence",
        ),
        Node(id="approved", kind=NodeKind.END, name=Text("办结", "Done"), outcomes=("approve",)),
        Node(
            id="tell_refused",
            kind=NodeKind.SERVICE_TASK,
            name=Text("书面告知理由", "Give the reasons in writing"),
            act="issue_refusal",
        ),
        Node(id="refused", kind=NodeKind.END, name=Text("不予批准", "Refused"), outcomes=("refuse",)),
    )


def _flows() -> tuple[Flow, ...]:
    return (
        _flow("start", "accept"),
        _flow("accept", "accept_ways"),
        _flow("accept_ways", "decide", 'outcome.accept = "accept"', Text("受理", "accept")),
        _flow("accept_ways", "tell_not_accepted", None, Text("不予受理", "refuse")),
        _flow("tell_not_accepted", "not_accepted"),
        _flow("decide", "decide_ways"),
        _flow("decide_ways", "issue", 'outcome.decide = "approve"', Text("同意", "approve")),
        _flow("decide_ways", "tell_refused", None, Text("不同意", "refuse")),
        _flow("issue", "approved"),
        _flow("tell_refused", "refused"),
    )


def _flow(source: str, target: str, condition: str | None = None, name: Text = Text("", "")) -> Flow:  # noqa: B008 - frozen
    return Flow(id=f"{source}_to_{target}", source=source, target=target, condition=condition, name=name)
