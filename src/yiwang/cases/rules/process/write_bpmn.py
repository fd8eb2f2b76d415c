"""From a process to BPMN 2.0 XML with its picture: what ``read_bpmn`` reads back as an equal process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from lxml import etree

from yiwang.cases.rules.process.bpmn_xml import BPMN, BPMNDI, DC, DI, XSI, YW
from yiwang.cases.rules.process.labels import Box
from yiwang.cases.rules.process.layout import Picture, laid_out
from yiwang.cases.rules.process.model import (
    ENDS,
    MESSAGES,
    TIMERS,
    Flow,
    JoinRule,
    Many,
    Node,
    NodeKind,
    Process,
)
from yiwang.kernel.text import Text

_TAGS = {
    NodeKind.START: "startEvent",
    NodeKind.END: "endEvent",
    NodeKind.TERMINATE_END: "endEvent",
    NodeKind.USER_TASK: "userTask",
    NodeKind.DECISION_TASK: "businessRuleTask",
    NodeKind.SERVICE_TASK: "serviceTask",
    NodeKind.EXCLUSIVE: "exclusiveGateway",
    NodeKind.PARALLEL: "parallelGateway",
    NodeKind.INCLUSIVE: "inclusiveGateway",
    NodeKind.TIMER_CATCH: "intermediateCatchEvent",
    NodeKind.MESSAGE_CATCH: "intermediateCatchEvent",
    NodeKind.BOUNDARY_TIMER: "boundaryEvent",
    NodeKind.BOUNDARY_MESSAGE: "boundaryEvent",
    NodeKind.CALL: "callActivity",
    NodeKind.SUBPROCESS: "subProcess",
}
_PREFIXES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "xsi": XSI, "yw": YW}


def write_bpmn(process: Process) -> bytes:
    """Give the file; equal processes give equal bytes."""
    root = etree.Element(
        f"{{{BPMN}}}definitions",
        nsmap=_PREFIXES,
        attrib={"id": f"{process.key}_definitions", "targetNamespace": f"urn:yiwang:process:{process.key}"},
    )
    drawn = _add(root, "process", id=process.key, isExecutable="true", **_named(process.name))
    _own(drawn, clock=process.clock)
    _scope(drawn, process, None)
    messages = sorted({node.message for node in process.nodes if node.message is not None})
    for position, message in enumerate(messages):
        element = etree.Element(f"{{{BPMN}}}message", attrib={"id": f"message_{message}", "name": message})
        root.insert(position, element)
    _picture(root, process, laid_out(process))
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    plain = {key: value for key, value in attributes.items() if not key.startswith("yw_")}
    element = etree.SubElement(parent, f"{{{BPMN}}}{tag}", attrib=plain)
    _own(
        element,
        **{key.removeprefix("yw_"): value for key, value in attributes.items() if key.startswith("yw_")},
    )
    return element


def _own(element: etree._Element, **attributes: str | None) -> None:
    for key, value in attributes.items():
        if value is not None:
            element.set(f"{{{YW}}}{key}", value)


def _named(name: Text) -> dict[str, str]:
    return {"name": name.zh, "yw_nameEn": name.en} if name.zh or name.en else {}


def _scope(parent: etree._Element, process: Process, scope: str | None) -> None:
    inside = list(process.inside(scope))
    for node in inside:
        _node(parent, process, node)
    ids = {node.id for node in inside}
    for flow in process.flows:
        if flow.source in ids:
            _flow(parent, flow)


def _node(parent: etree._Element, process: Process, node: Node) -> None:
    # BPMN lets boundary events sit on activities only: a message is then waited for by a receive task.
    receives = node.kind is NodeKind.MESSAGE_CATCH and bool(process.boundaries(node.id))
    element = _add(parent, "receiveTask" if receives else _TAGS[node.kind], id=node.id, **_named(node.name))
    if node.default is not None:
        element.set("default", node.default)
    if node.attached_to is not None:
        element.set("attachedToRef", node.attached_to)
        if not node.interrupting:
            element.set("cancelActivity", "false")
    outcomes = ",".join(node.outcomes) or None
    ending = node.kind in ENDS
    _own(
        element,
        role=node.role,
        organisation=node.organisation,
        outcome=outcomes if ending else None,
        outcomes=None if ending else outcomes,
        clock=node.clock,
        routes="true" if node.routes else None,
        replies="true" if node.replies else None,
        decision=node.decision,
        act=node.act,
        caseType=node.case_type,
        form=node.form,
        stops=node.stops,
    )
    for direction, flows in (
        ("incoming", process.incoming(node.id)),
        ("outgoing", process.outgoing(node.id)),
    ):
        for flow in flows:
            _add(element, direction).text = flow.id
    if node.many is not None:
        _many(element, node.many)
    if receives:
        element.set("messageRef", f"message_{node.message}")
    else:
        _event(element, node)
    if node.kind is NodeKind.SUBPROCESS:
        _scope(element, process, node.id)


def _event(element: etree._Element, node: Node) -> None:
    if node.kind in TIMERS:
        timer = _add(element, "timerEventDefinition")
        if node.duration is not None:
            duration = _add(timer, "timeDuration")
            duration.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
            duration.text = node.duration
    if node.kind in MESSAGES:
        _add(element, "messageEventDefinition", messageRef=f"message_{node.message}")
    if node.kind is NodeKind.TERMINATE_END:
        _add(element, "terminateEventDefinition")


def _many(element: etree._Element, many: Many) -> None:
    loop = _add(element, "multiInstanceLoopCharacteristics")
    rule = many.rule
    _own(
        loop,
        collection=many.collection,
        item=many.item,
        rule=rule.kind.value,
        quorum=None if rule.quorum is None else _quorum(rule.quorum),
        weights=rule.weights,
        vetoOutcome=None if rule.veto_outcome == JoinRule().veto_outcome else rule.veto_outcome,
    )


def _quorum(quorum: int | Decimal) -> str:
    if isinstance(quorum, int):
        return str(quorum)
    return f"{quorum:f}" if quorum != 1 else "1.0"


def _flow(parent: etree._Element, flow: Flow) -> None:
    element = _add(
        parent, "sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target, **_named(flow.name)
    )
    if flow.condition is not None:
        condition = _add(element, "conditionExpression")
        condition.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        condition.text = flow.condition


def _picture(root: etree._Element, process: Process, picture: Picture) -> None:
    diagram = etree.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", attrib={"id": f"{process.key}_diagram"})
    plane = etree.SubElement(
        diagram, f"{{{BPMNDI}}}BPMNPlane", attrib={"id": f"{process.key}_plane", "bpmnElement": process.key}
    )
    for node in process.nodes:
        shape = _di(plane, "BPMNShape", node.id)
        if node.kind is NodeKind.SUBPROCESS:
            shape.set("isExpanded", "true")
        if node.kind is NodeKind.EXCLUSIVE:
            shape.set("isMarkerVisible", "true")
        _bounds(shape, picture.boxes[node.id])
        _label(shape, picture.labels, node.id)
    for flow in process.flows:
        edge = _di(plane, "BPMNEdge", flow.id)
        for x, y in picture.lines[flow.id]:
            etree.SubElement(edge, f"{{{DI}}}waypoint", attrib={"x": str(x), "y": str(y)})
        _label(edge, picture.labels, flow.id)


def _di(plane: etree._Element, tag: str, element_id: str) -> etree._Element:
    attributes = {"id": f"{element_id}_di", "bpmnElement": element_id}
    return etree.SubElement(plane, f"{{{BPMNDI}}}{tag}", attrib=attributes)


def _bounds(element: etree._Element, box: Box) -> None:
    sides: Iterable[tuple[str, int]] = (
        ("x", box.x),
        ("y", box.y),
        ("width", box.width),
        ("height", box.height),
    )
    etree.SubElement(element, f"{{{DC}}}Bounds", attrib={key: str(value) for key, value in sides})


def _label(element: etree._Element, labels: Mapping[str, Box], element_id: str) -> None:
    if element_id in labels:
        _bounds(etree.SubElement(element, f"{{{BPMNDI}}}BPMNLabel"), labels[element_id])
