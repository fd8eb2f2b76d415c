"""One step of a BPMN file: its kind, and what our own attributes say about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from lxml import etree

from yiwang.cases.rules.process.bpmn_xml import (
    MOST_TEXT,
    WORD,
    Attributes,
    Faults,
    children,
    is_bpmn,
    local,
)
from yiwang.cases.rules.process.model import JoinKind, JoinRule, Many, Node, NodeKind
from yiwang.kernel.text import Text

# What a human task without declared outcomes ends with.
DONE = ("done",)
_PLAIN_KINDS = {
    "userTask": NodeKind.USER_TASK,
    "businessRuleTask": NodeKind.DECISION_TASK,
    "serviceTask": NodeKind.SERVICE_TASK,
    "exclusiveGateway": NodeKind.EXCLUSIVE,
    "parallelGateway": NodeKind.PARALLEL,
    "inclusiveGateway": NodeKind.INCLUSIVE,
    "receiveTask": NodeKind.MESSAGE_CATCH,
    "callActivity": NodeKind.CALL,
    "subProcess": NodeKind.SUBPROCESS,
    "startEvent": NodeKind.START,
    "endEvent": NodeKind.END,
}
NODES = (*_PLAIN_KINDS, "intermediateCatchEvent", "boundaryEvent")
_EVENT_KINDS = {
    ("startEvent", None): NodeKind.START,
    ("endEvent", None): NodeKind.END,
    ("endEvent", "terminateEventDefinition"): NodeKind.TERMINATE_END,
    ("intermediateCatchEvent", "timerEventDefinition"): NodeKind.TIMER_CATCH,
    ("intermediateCatchEvent", "messageEventDefinition"): NodeKind.MESSAGE_CATCH,
    ("boundaryEvent", "timerEventDefinition"): NodeKind.BOUNDARY_TIMER,
    ("boundaryEvent", "messageEventDefinition"): NodeKind.BOUNDARY_MESSAGE,
}
_NAMED = frozenset(
    {
        NodeKind.USER_TASK,
        NodeKind.DECISION_TASK,
        NodeKind.SERVICE_TASK,
        NodeKind.CALL,
        NodeKind.SUBPROCESS,
        NodeKind.TIMER_CATCH,
        NodeKind.MESSAGE_CATCH,
    }
)
# Written by modellers at their own discretion; at these values they mean what the engine does anyway.
_HARMLESS = {
    "isForCompensation": "false",
    "startQuantity": "1",
    "completionQuantity": "1",
    "triggeredByEvent": "false",
    "isInterrupting": "true",
    "parallelMultiple": "false",
    "gatewayDirection": None,
    "implementation": None,
}


@dataclass(slots=True)
class NodeReader:
    """Reads single steps; ``messages`` are the declared message names by id."""

    faults: Faults
    messages: dict[str, str]
    _extra: dict[NodeKind, Callable[[etree._Element, Attributes], dict[str, object]]] = field(init=False)

    def __post_init__(self) -> None:
        self._extra = {
            NodeKind.USER_TASK: self._user_task,
            NodeKind.DECISION_TASK: self._decision,
            NodeKind.SERVICE_TASK: self._service,
            NodeKind.CALL: self._call,
            NodeKind.SUBPROCESS: self._subprocess,
            NodeKind.EXCLUSIVE: self._with_default,
            NodeKind.INCLUSIVE: self._with_default,
            NodeKind.END: self._end,
            NodeKind.TERMINATE_END: self._end,
            NodeKind.TIMER_CATCH: self._timer,
            NodeKind.MESSAGE_CATCH: self._message,
            NodeKind.BOUNDARY_TIMER: self._boundary_timer,
            NodeKind.BOUNDARY_MESSAGE: self._boundary_message,
        }

    def read(
        self, element: etree._Element, attributes: Attributes, node_id: str, scope: str | None
    ) -> Node | None:
        """A node, or None with a fault if its kind cannot be told."""
        kind = self._kind(element)
        if kind is None:
            return None
        name = attributes.name(needed=kind in _NAMED)
        more = self._extra[kind](element, attributes) if kind in self._extra else {}
        for key, value in _HARMLESS.items():
            given = attributes.plain(key)
            if value is not None and given not in {None, value}:
                self.faults.add(element, Text(f"不支持{key}=“{given}”", f"{key}={given!r} is not supported"))
        attributes.rest()
        self._inner(element, kind)
        return Node(id=node_id, kind=kind, name=name, scope=scope, **more)  # type: ignore[arg-type]

    def feel(self, element: etree._Element) -> str | None:
        """The text of an expression; it is FEEL."""
        language = element.get("language")
        if language and "feel" not in language.lower():
            self.faults.add(
                element, Text(f"表达式应为FEEL，不是{language}", f"expressions are FEEL, not {language}")
            )
        text = (element.text or "").strip()
        if not text or len(element) or len(text) > MOST_TEXT:
            self.faults.add(
                element,
                Text(
                    f"此处应为1至{MOST_TEXT}个字符的表达式",
                    f"an expression of 1 to {MOST_TEXT} characters is wanted",
                ),
            )
            return None
        return text

    def extensions(self, element: etree._Element) -> None:
        """Extensions of other engines would silently do nothing."""
        for child in children(element):
            self.faults.add(
                child,
                Text(
                    f"扩展元素{local(child)}在这里没有意义",
                    f"the extension {local(child)} has no meaning here",
                ),
            )

    def _kind(self, element: etree._Element) -> NodeKind | None:
        name = local(element)
        if not name.endswith("Event"):
            return _PLAIN_KINDS[name]
        definitions = [
            local(child) for child in children(element) if local(child).endswith("EventDefinition")
        ]
        if len(definitions) <= 1:
            kind = _EVENT_KINDS.get((name, definitions[0] if definitions else None))
            if kind is not None:
                return kind
        self.faults.add(
            element,
            Text(
                f"不支持带{'、'.join(definitions) or '空定义'}的{name}",
                f"a {name} with {' and '.join(definitions) or 'no definition'} is not supported",
            ),
        )
        return None

    def _inner(self, element: etree._Element, kind: NodeKind) -> None:
        if kind is NodeKind.SUBPROCESS:
            return  # its content is read as a scope
        known = ["documentation", "incoming", "outgoing"]
        if kind in {NodeKind.USER_TASK, NodeKind.CALL}:
            known.append("multiInstanceLoopCharacteristics")
        for child in children(element):
            if is_bpmn(child, "extensionElements"):
                self.extensions(child)
            elif not is_bpmn(child, *known) and not local(child).endswith("EventDefinition"):
                self.faults.add(
                    child,
                    Text(
                        f"{local(element)}中不支持{local(child)}",
                        f"{local(child)} is not supported in {local(element)}",
                    ),
                )

    def _user_task(self, element: etree._Element, attributes: Attributes) -> dict[str, object]:
        return {
            "role": attributes.needed("role", Text("由谁办理？", "who may do this?")),
            "organisation": attributes.own("organisation"),
            "clock": attributes.own("clock"),
            "outcomes": attributes.words("outcomes") or DONE,
            "routes": attributes.own_flag("routes"),
            "replies": attributes.own_flag("replies"),
            "form": attributes.own("form"),
            "stops": attributes.own("stops"),
            "many": self._many(element),
        }

    def _decision(self, _element: etree._Element, attributes: Attributes) -> dict[str, object]:
        return {"decision": attributes.needed("decision", Text("用哪个决策表？", "which decision table?"))}

    def _service(self, _element: etree._Element, attributes: Attributes) -> dict[str, object]:
        return {"act": attributes.needed("act", Text("哪个自动动作？", "which automatic act?"))}

    def _call(self, element: etree._Element, attributes: Attributes) -> dict[str, object]:
        attributes.plain("calledElement")
        return {
            "case_type": attributes.needed("caseType", Text("启动哪个事项？", "which case type is opened?")),
            "organisation": attributes.own("organisation"),
            "clock": attributes.own("clock"),
            "outcomes": attributes.words("outcomes"),
            "stops": attributes.own("stops"),
            "many": self._many(element),
        }

    def _subprocess(self, element: etree._Element, attributes: Attributes) -> dict[str, object]:
        return {"clock": attributes.own("clock"), "many": self._many(element)}

    def _with_default(self, _element: etree._Element, attributes: Attributes) -> dict[str, object]:
        return {"default": attributes.plain("default")}

    def _end(self, _element: etree._Element, attributes: Attributes) -> dict[str, object]:
        outcome = attributes.own("outcome")
        if outcome is not None and not WORD.fullmatch(outcome):
            self.faults.add(
                attributes.element,
                Text(
                    f"yw:outcome：“{outcome}”不是小写字母的编码",
                    f"yw:outcome: {outcome!r} is not a code of small letters",
                ),
            )
        return {"outcomes": (outcome,) if outcome else ()}

    def _timer(self, element: etree._Element, attributes: Attributes) -> dict[str, object]:
        definition = next(children(element, "timerEventDefinition"))
        found = [local(child) for child in children(definition)]
        clock = attributes.own("clock")
        if clock is not None and not found:
            return {"clock": clock}
        if found != ["timeDuration"]:
            self.faults.add(
                definition,
                Text(
                    f"定时器应有一个timeDuration，而不是{'、'.join(found) or '空'}",
                    f"a timer has one timeDuration, not {', '.join(found) or 'nothing'}",
                ),
            )
            return {}
        return {"duration": self.feel(next(children(definition, "timeDuration")))}

    def _message(self, element: etree._Element, attributes: Attributes) -> dict[str, object]:
        if local(element) == "receiveTask":
            attributes.plain("instantiate")
            return {"message": self._message_name(element, attributes.plain("messageRef"))}
        definition = next(children(element, "messageEventDefinition"))
        return {"message": self._message_name(definition, definition.get("messageRef"))}

    def _message_name(self, element: etree._Element, reference: str | None) -> str | None:
        name = self.messages.get(reference or "")
        if name is None or not WORD.fullmatch(name):
            self.faults.add(
                element,
                Text(
                    "messageRef须指向一个bpmn:message，其name为小写字母的编码",
                    "messageRef must name a bpmn:message whose name is a code of small letters",
                ),
            )
        return name

    def _boundary_timer(self, element: etree._Element, attributes: Attributes) -> dict[str, object]:
        return {**self._timer(element, attributes), **self._boundary(attributes)}

    def _boundary_message(self, element: etree._Element, attributes: Attributes) -> dict[str, object]:
        return {**self._message(element, attributes), **self._boundary(attributes)}

    def _boundary(self, attributes: Attributes) -> dict[str, object]:
        attached = attributes.plain("attachedToRef")
        if attached is None:
            self.faults.add(
                attributes.element,
                Text(
                    "缺少attachedToRef：它附着在哪个环节上？",
                    "attachedToRef is missing: which step does it sit on?",
                ),
            )
        return {"attached_to": attached, "interrupting": attributes.flag("cancelActivity", True)}  # noqa: FBT003

    def _many(self, element: etree._Element) -> Many | None:
        found = list(children(element, "multiInstanceLoopCharacteristics"))
        if not found:
            return None
        attributes = Attributes(found[0], self.faults)
        attributes.plain("id")
        if attributes.flag("isSequential", False):  # noqa: FBT003
            self.faults.add(
                found[0],
                Text(
                    "不支持逐个办理：各方同时办理",
                    "one after the other is not supported: all are asked side by side",
                ),
            )
        collection = attributes.needed(
            "collection", Text("为哪些对象办理？（FEEL）", "for whom is it done? (FEEL)")
        )
        item = attributes.own("item") or "item"
        if not WORD.fullmatch(item):
            self.faults.add(
                found[0],
                Text(
                    f"yw:item：“{item}”不是小写字母的名称",
                    f"yw:item: {item!r} is not a name of small letters",
                ),
            )
        rule = self._rule(found[0], attributes)
        attributes.rest()
        for child in children(found[0]):
            self.faults.add(
                child,
                Text(
                    f"不支持{local(child)}：请用yw:collection和yw:rule",
                    f"{local(child)} is not supported: use yw:collection and yw:rule",
                ),
            )
        return Many(collection=collection or "", item=item, rule=rule)

    def _rule(self, element: etree._Element, attributes: Attributes) -> JoinRule:
        kind = attributes.own("rule") or JoinKind.ALL.value
        quorum, weights = self._quorum(attributes.own("quorum")), attributes.own("weights")
        veto = attributes.own("vetoOutcome")
        if kind not in set(JoinKind):
            self.faults.add(
                element,
                Text(
                    f"yw:rule是“{kind}”，应为{', '.join(JoinKind)}之一",
                    f"yw:rule is {kind!r}, not one of {', '.join(JoinKind)}",
                ),
            )
            return JoinRule()
        counted = kind in {JoinKind.QUORUM, JoinKind.WEIGHTED}
        if counted and quorum is None:
            self.faults.add(
                element,
                Text(
                    f"{kind}须有yw:quorum：不少于1的数，或0.5这样的比例",
                    f"{kind} needs yw:quorum: a count of 1 or more, or a share such as 0.5",
                ),
            )
        if quorum is not None and not counted:
            self.faults.add(
                element,
                Text(
                    f"yw:quorum用于quorum和weighted，不用于{kind}",
                    f"yw:quorum goes with quorum and weighted, not with {kind}",
                ),
            )
        if (kind == JoinKind.WEIGHTED) != (weights is not None):
            self.faults.add(
                element,
                Text(
                    "yw:weights（FEEL）只用于yw:rule为weighted时",
                    "yw:weights (FEEL) goes with yw:rule weighted and only there",
                ),
            )
        if veto is not None and kind != JoinKind.VETO:
            self.faults.add(
                element,
                Text("yw:vetoOutcome只用于yw:rule为veto时", "yw:vetoOutcome goes with yw:rule veto only"),
            )
        return JoinRule(kind=JoinKind(kind), quorum=quorum, weights=weights, veto_outcome=veto or "refuse")

    def _quorum(self, text: str | None) -> int | Decimal | None:
        if text is None:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 6:
            return int(text) or None
        try:
            share = Decimal(text)
        except InvalidOperation:
            return None
        return share if share.is_finite() and 0 < share <= 1 else None
