"""From BPMN 2.0 XML, as modellers of the bpmn.io family write it, to a process.

Whatever the engine would not play is refused with its file, line and element, never skipped in silence;
only what merely describes (documentation, annotations, groups, lanes, the picture) is passed over. Our own
attributes stand in ``urn:yiwang:bpmn:1``. There are no scripts: conditions are FEEL, automatic work is an
act or a decision named by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from yiwang.cases.rules.process.bpmn_nodes import NODES, NodeReader
from yiwang.cases.rules.process.bpmn_xml import ID, Attributes, Faults, children, is_bpmn, local, parsed
from yiwang.cases.rules.process.model import Flow, Node, Process
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text

_DESCRIBING = frozenset(
    {
        "documentation",
        "extensionElements",
        "incoming",
        "outgoing",
        "laneSet",
        "textAnnotation",
        "association",
        "group",
        "multiInstanceLoopCharacteristics",
    }
)
_BESIDE_PROCESS = frozenset({"process", "message", "collaboration", "category", "documentation"})
# The investment approval has 27 steps; a drawing with hundreds cannot be read, and takes long to prove.
_MOST_STEPS = 300
# Deeper nesting than this no one can follow in a drawing.
_MOST_NESTED = 6


@dataclass(frozen=True, slots=True)
class Drawing:
    """A process with the file and the line of each element, so that later checks can point at them."""

    process: Process
    file: str = ""
    lines: Mapping[str, int] | None = None

    def problem(self, element_id: str, reason: Text) -> DefinitionProblem:
        """A fault at an element of this drawing."""
        line = (self.lines or {}).get(element_id, 0)
        return DefinitionProblem(self.file, line, element_id, reason)


def read_bpmn(content: bytes, file: str) -> tuple[Drawing | None, list[DefinitionProblem]]:
    """Read one file; with any problem there is no drawing. What is read may still be unsound."""
    faults = Faults(file)
    root = parsed(content, faults)
    drawing = None if root is None else _Reader(root, faults).drawing()
    return (None if faults.found else drawing), faults.found


class _Reader:
    def __init__(self, root: etree._Element, faults: Faults) -> None:
        self.root = root
        self.faults = faults
        self.lines: dict[str, int] = {}
        self.nodes: list[Node] = []
        self.flows: list[Flow] = []
        self.elements: dict[str, etree._Element] = {}
        self.reader = NodeReader(faults, self._messages())

    def drawing(self) -> Drawing | None:
        """The one process of the file."""
        for element in children(self.root):
            if is_bpmn(element, "collaboration"):
                self._collaboration(element)
            elif not is_bpmn(element, *_BESIDE_PROCESS) and local(element) != "BPMNDiagram":
                self.faults.add(
                    element, Text(f"不支持{local(element)}", f"{local(element)} is not supported")
                )
        found = list(children(self.root, "process"))
        if len(found) != 1:
            self.faults.add(
                self.root,
                Text(
                    f"文件中有{len(found)}个流程；应当只有一个",
                    f"the file has {len(found)} processes; it must have one",
                ),
            )
            return None
        attributes = Attributes(found[0], self.faults)
        key = self._id_of(found[0], attributes)
        name = attributes.name(needed=True)
        clock = attributes.own("clock")
        for passed_over in ("isExecutable", "processType", "isClosed"):
            attributes.plain(passed_over)
        attributes.rest()
        self._scope(found[0], None, 0)
        if len(self.nodes) > _MOST_STEPS:
            self.faults.add(
                found[0],
                Text(
                    f"有{len(self.nodes)}个环节；最多{_MOST_STEPS}个",
                    f"has {len(self.nodes)} steps; {_MOST_STEPS} are allowed",
                ),
            )
        self._connect()
        process = Process(key=key, name=name, clock=clock, nodes=tuple(self.nodes), flows=tuple(self.flows))
        return Drawing(process, self.faults.file, self.lines)

    def _messages(self) -> dict[str, str]:
        return {
            str(message.get("id")): str(message.get("name"))
            for message in children(self.root, "message")
            if message.get("id") and message.get("name")
        }

    def _collaboration(self, element: etree._Element) -> None:
        """One pool around the process only frames it."""
        kinds = [local(child) for child in children(element)]
        if kinds.count("participant") > 1 or "messageFlow" in kinds:
            self.faults.add(
                element,
                Text("不支持多个参与者和消息流", "several participants and message flows are not supported"),
            )

    def _scope(self, around: etree._Element, scope: str | None, depth: int) -> None:
        if depth > _MOST_NESTED:
            self.faults.add(
                around,
                Text(
                    f"子流程嵌套超过{_MOST_NESTED}层", f"subprocesses are nested deeper than {_MOST_NESTED}"
                ),
            )
            return
        for element in children(around):
            name = local(element)
            if is_bpmn(element, "sequenceFlow"):
                self._flow(element)
            elif is_bpmn(element, *NODES):
                self._node(element, scope)
                if name == "subProcess":
                    self._scope(element, element.get("id"), depth + 1)
            elif is_bpmn(element, "extensionElements"):
                self.reader.extensions(element)
            elif not is_bpmn(element, *_DESCRIBING):
                self.faults.add(element, _refusal(name))

    def _node(self, element: etree._Element, scope: str | None) -> None:
        attributes = Attributes(element, self.faults)
        node_id = self._id_of(element, attributes)
        node = self.reader.read(element, attributes, node_id, scope)
        if node is not None:
            self.nodes.append(node)
            self.elements[node_id] = element

    def _flow(self, element: etree._Element) -> None:
        attributes = Attributes(element, self.faults)
        flow_id = self._id_of(element, attributes)
        source, target = attributes.plain("sourceRef") or "", attributes.plain("targetRef") or ""
        name = attributes.name(needed=False)
        attributes.plain("isImmediate")
        attributes.rest()
        condition = None
        for child in children(element):
            if is_bpmn(child, "conditionExpression"):
                condition = self.reader.feel(child)
            elif is_bpmn(child, "extensionElements"):
                self.reader.extensions(child)
            elif not is_bpmn(child, "documentation"):
                self.faults.add(
                    child,
                    Text(
                        f"连线中不支持{local(child)}", f"{local(child)} is not supported in a sequence flow"
                    ),
                )
        self.flows.append(Flow(id=flow_id, source=source, target=target, condition=condition, name=name))
        self.elements[flow_id] = element

    def _id_of(self, element: etree._Element, attributes: Attributes) -> str:
        given = attributes.plain("id") or ""
        if not ID.fullmatch(given):
            self.faults.add(
                element,
                Text(
                    f"id“{given}”应为字母、数字和_（条件中也用作名称），最多64个字符",
                    f"id {given!r} must be letters, digits and _ (it is also a name in conditions), up to 64",
                ),
            )
        elif given in self.lines:
            self.faults.add(element, Text(f"id“{given}”重复", f"id {given!r} is used twice"))
        self.lines[given] = element.sourceline or 0
        return given

    def _connect(self) -> None:
        """Every reference meets its element, inside one scope."""
        nodes = {node.id: node for node in self.nodes}
        flows = {flow.id: flow for flow in self.flows}
        for flow in self.flows:
            ends = [nodes.get(flow.source), nodes.get(flow.target)]
            if ends[0] is None or ends[1] is None:
                missing = flow.source if ends[0] is None else flow.target
                self.faults.add(
                    self.elements[flow.id],
                    Text(f"“{missing}”不是本流程的环节", f"{missing!r} is no step of this process"),
                )
            elif ends[0].scope != ends[1].scope:
                self.faults.add(
                    self.elements[flow.id],
                    Text("连线跨越了子流程的边界", "the flow crosses the border of a subprocess"),
                )
        for node in self.nodes:
            if node.default is not None and (
                node.default not in flows or flows[node.default].source != node.id
            ):
                self.faults.add(
                    self.elements[node.id],
                    Text(
                        f"默认出路“{node.default}”不是从这里出发的连线",
                        f"default {node.default!r} is no flow from here",
                    ),
                )
            if node.attached_to is not None:
                self._attach(node, nodes)

    def _attach(self, node: Node, nodes: Mapping[str, Node]) -> None:
        host = nodes.get(node.attached_to or "")
        if host is None:
            self.faults.add(
                self.elements[node.id],
                Text(
                    f"“{node.attached_to}”不是本流程的环节",
                    f"{node.attached_to!r} is no step of this process",
                ),
            )
        elif local(self.elements[host.id]) == "intermediateCatchEvent":
            self.faults.add(
                self.elements[node.id],
                Text(
                    "它附着在事件上：等待消息请用receiveTask",
                    "it sits on an event: wait for a message by a receiveTask",
                ),
            )


def _refusal(name: str) -> Text:
    reasons = {
        "scriptTask": Text(
            "不允许脚本：请用businessRuleTask（yw:decision）或serviceTask（yw:act）",
            "scripts are refused: use a businessRuleTask (yw:decision) or a serviceTask (yw:act)",
        ),
        "task": Text(
            "请写明任务的种类：userTask、businessRuleTask或serviceTask",
            "say what kind of task it is: userTask, businessRuleTask or serviceTask",
        ),
        "manualTask": Text(
            "请用userTask：人工环节都有角色和时限", "use a userTask: every human step has a role and a clock"
        ),
        "standardLoopCharacteristics": Text(
            "请改用排他网关画循环", "draw a loop with an exclusive gateway instead"
        ),
    }
    return reasons.get(name, Text(f"不支持{name}", f"{name} is not supported"))
