"""BPMN files: what is read, what is refused and where, and what is never opened."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.unit.cases.process.drawing import drawn

from yiwang.cases.rules.process.model import JoinKind, JoinRule, Many, NodeKind
from yiwang.cases.rules.process.read_bpmn import read_bpmn
from yiwang.cases.rules.process.write_bpmn import write_bpmn
from yiwang.kernel.text import Text

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:yw="urn:yiwang:bpmn:1"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
  <bpmn:message id="m1" name="supplement_answered"/>
  <bpmn:message id="m2" name="Not a code"/>
  <bpmn:process id="p" name="甲" yw:nameEn="A" isExecutable="true">
    <bpmn:startEvent id="s"/>
"""
FOOT = """
    <bpmn:endEvent id="e"/>
  </bpmn:process>
</bpmn:definitions>
"""
TASK = '<bpmn:userTask id="a" name="受理" yw:nameEn="Accept" yw:role="window"/>'
MANY = '<bpmn:userTask id="a" name="受理" yw:nameEn="Accept" yw:role="window">{}</bpmn:userTask>'
LOOP = "<bpmn:multiInstanceLoopCharacteristics {}/>"


def read(body: str):
    return read_bpmn((HEAD + body + FOOT).encode(), "x.bpmn")


def test_a_file_of_a_modeller_is_read():
    drawing, problems = read(
        """
    <bpmn:documentation>说明</bpmn:documentation>
    <bpmn:laneSet id="lanes"/>
    <bpmn:userTask id="accept" name="受理" yw:nameEn="Accept" yw:role="window" yw:clock="acceptance"
        yw:outcomes="accept, refuse,supplement" yw:organisation="answers.agency">
      <bpmn:incoming>f1</bpmn:incoming>
      <bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="accept"/>
    <bpmn:exclusiveGateway id="g" default="f4"/>
    <bpmn:sequenceFlow id="f2" sourceRef="accept" targetRef="g"/>
    <bpmn:sequenceFlow id="f3" name="补正" yw:nameEn="supplement" sourceRef="g" targetRef="w">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">
        outcome.accept = "supplement"
      </bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f4" sourceRef="g" targetRef="e"/>
    <bpmn:receiveTask id="w" name="等待" yw:nameEn="Wait" messageRef="m1"/>
    <bpmn:boundaryEvent id="t" attachedToRef="w" cancelActivity="false">
      <bpmn:timerEventDefinition id="td">
        <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P30D</bpmn:timeDuration>
      </bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:callActivity id="c" name="意见" yw:nameEn="Opinions" yw:caseType="investment_opinion"
        yw:organisation="department">
      <bpmn:multiInstanceLoopCharacteristics yw:collection="departments" yw:item="department"
          yw:rule="weighted" yw:quorum="0.60" yw:weights="weight(department)"/>
    </bpmn:callActivity>
    <bpmn:subProcess id="sub" name="子" yw:nameEn="Sub" yw:clock="inner">
      <bpmn:businessRuleTask id="r" name="路由" yw:nameEn="Route" yw:decision="departments"/>
    </bpmn:subProcess>
    <bpmn:endEvent id="x" name="撤回" yw:nameEn="Lapsed" yw:outcome="lapsed">
      <bpmn:terminateEventDefinition/></bpmn:endEvent>
"""
    )

    assert problems == []
    process = drawing.process
    assert (process.key, process.name) == ("p", Text("甲", "A"))
    accept = process.node("accept")
    assert (accept.kind, accept.role, accept.clock) == (NodeKind.USER_TASK, "window", "acceptance")
    assert (accept.outcomes, accept.organisation) == (("accept", "refuse", "supplement"), "answers.agency")
    assert process.node("g").default == "f4"
    assert process.flow("f3").condition == 'outcome.accept = "supplement"'
    assert process.flow("f3").name == Text("补正", "supplement")
    assert (process.node("w").kind, process.node("w").message) == (
        NodeKind.MESSAGE_CATCH,
        "supplement_answered",
    )
    timer = process.node("t")
    assert (timer.kind, timer.duration, timer.attached_to, timer.interrupting) == (
        NodeKind.BOUNDARY_TIMER,
        "P30D",
        "w",
        False,
    )
    rule = JoinRule(kind=JoinKind.WEIGHTED, quorum=Decimal("0.60"), weights="weight(department)")
    assert process.node("c").many == Many(collection="departments", item="department", rule=rule)
    assert (process.node("r").scope, process.clock_of("r")) == ("sub", "inner")
    assert (process.node("x").kind, process.node("x").outcomes) == (NodeKind.TERMINATE_END, ("lapsed",))
    assert drawing.lines["accept"] == 13


@pytest.mark.parametrize(
    ("body", "element", "reason"),
    [
        (
            '<bpmn:scriptTask id="z"><bpmn:script>os.system("x")</bpmn:script></bpmn:scriptTask>',
            "z",
            "scripts are refused",
        ),
        ('<bpmn:task id="z"/>', "z", "say what kind of task"),
        ('<bpmn:manualTask id="z"/>', "z", "use a userTask"),
        ('<bpmn:sendTask id="z"/>', "z", "sendTask is not supported"),
        ('<bpmn:eventBasedGateway id="z"/>', "z", "eventBasedGateway is not supported"),
        ('<bpmn:intermediateThrowEvent id="z"/>', "z", "not supported"),
        ('<bpmn:userTask id="z" name="受理" yw:nameEn="Accept"/>', "z", "yw:role is missing"),
        ('<bpmn:userTask id="z" name="受理" yw:role="window"/>', "z", "yw:nameEn (English) is missing"),
        ('<bpmn:userTask id="z" yw:nameEn="Accept" yw:role="window"/>', "z", "name (Chinese) is missing"),
        ('<bpmn:userTask id="z" yw:role="window"/>', "z", "are missing"),
        ('<bpmn:userTask id="a-b" name="受理" yw:nameEn="A" yw:role="window"/>', "a-b", "must be letters"),
        (TASK + TASK, "a", "used twice"),
        (
            '<bpmn:userTask id="z" name="受" yw:nameEn="A" yw:role="w" yw:outcomes="Ok"/>',
            "z",
            "is not a code",
        ),
        (
            '<bpmn:userTask id="z" name="受" yw:nameEn="A" yw:role="w" yw:outcomes="a,a"/>',
            "z",
            "something twice",
        ),
        (
            '<bpmn:userTask id="z" name="受" yw:nameEn="A" yw:role="w" yw:rolle="w"/>',
            "z",
            "yw:rolle has no meaning",
        ),
        (
            '<bpmn:userTask id="z" name="受" yw:nameEn="A" yw:role="w" camunda:assignee="x"/>',
            "z",
            "camunda.org",
        ),
        ('<bpmn:serviceTask id="z" name="发" yw:nameEn="Issue"/>', "z", "yw:act is missing"),
        (
            '<bpmn:serviceTask id="z" name="发" yw:nameEn="I" yw:act="a" camunda:expression="${x}"/>',
            "z",
            "no meaning",
        ),
        ('<bpmn:businessRuleTask id="z" name="定" yw:nameEn="D"/>', "z", "yw:decision is missing"),
        ('<bpmn:callActivity id="z" name="定" yw:nameEn="D"/>', "z", "yw:caseType is missing"),
        (
            '<bpmn:startEvent id="z"><bpmn:timerEventDefinition/></bpmn:startEvent>',
            "z",
            "startEvent with timer",
        ),
        ('<bpmn:endEvent id="z"><bpmn:errorEventDefinition/></bpmn:endEvent>', "z", "endEvent with error"),
        ('<bpmn:endEvent id="z" yw:outcome="No!"/>', "z", "is not a code"),
        ('<bpmn:intermediateCatchEvent id="z" name="等" yw:nameEn="W"/>', "z", "no definition"),
        (
            '<bpmn:intermediateCatchEvent id="z" name="等" yw:nameEn="W"><bpmn:timerEventDefinition>'
            "<bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>",
            "z",
            "one timeDuration, not timeCycle",
        ),
        ('<bpmn:receiveTask id="z" name="等" yw:nameEn="W"/>', "z", "messageRef must name"),
        ('<bpmn:receiveTask id="z" name="等" yw:nameEn="W" messageRef="m2"/>', "z", "code of small letters"),
        ('<bpmn:sequenceFlow id="z" sourceRef="s" targetRef="nowhere"/>', "z", "'nowhere' is no step"),
        ('<bpmn:exclusiveGateway id="z" default="f9"/>', "z", "is no flow from here"),
        (
            '<bpmn:boundaryEvent id="z"><bpmn:messageEventDefinition messageRef="m1"/></bpmn:boundaryEvent>',
            "z",
            "attachedToRef is missing",
        ),
        (
            '<bpmn:subProcess id="u" name="子" yw:nameEn="Sub"><bpmn:endEvent id="i"/></bpmn:subProcess>'
            '<bpmn:sequenceFlow id="z" sourceRef="s" targetRef="i"/>',
            "z",
            "crosses the border",
        ),
        (
            '<bpmn:subProcess id="z" name="子" yw:nameEn="Sub" triggeredByEvent="true"/>',
            "z",
            "triggeredByEvent='true' is not supported",
        ),
        (
            '<bpmn:intermediateCatchEvent id="w" name="等" yw:nameEn="W">'
            '<bpmn:messageEventDefinition messageRef="m1"/></bpmn:intermediateCatchEvent>'
            '<bpmn:boundaryEvent id="z" attachedToRef="w">'
            '<bpmn:messageEventDefinition messageRef="m1"/></bpmn:boundaryEvent>',
            "z",
            "it sits on an event",
        ),
        (
            '<bpmn:sequenceFlow id="z" sourceRef="s" targetRef="e">'
            '<bpmn:conditionExpression language="groovy">x</bpmn:conditionExpression></bpmn:sequenceFlow>',
            "z",
            "expressions are FEEL, not groovy",
        ),
        (
            '<bpmn:sequenceFlow id="z" sourceRef="s" targetRef="e"><bpmn:conditionExpression> '
            "</bpmn:conditionExpression></bpmn:sequenceFlow>",
            "z",
            "an expression of 1 to",
        ),
        (MANY.format(LOOP.format("")), "a", "yw:collection is missing"),
        (MANY.format(LOOP.format('yw:collection="c" isSequential="true"')), "a", "side by side"),
        (MANY.format(LOOP.format('yw:collection="c" yw:rule="most"')), "a", "not one of all, any"),
        (MANY.format(LOOP.format('yw:collection="c" yw:rule="quorum"')), "a", "needs yw:quorum"),
        (
            MANY.format(LOOP.format('yw:collection="c" yw:rule="quorum" yw:quorum="0"')),
            "a",
            "needs yw:quorum",
        ),
        (
            MANY.format(LOOP.format('yw:collection="c" yw:rule="quorum" yw:quorum="1.5"')),
            "a",
            "needs yw:quorum",
        ),
        (MANY.format(LOOP.format('yw:collection="c" yw:quorum="2"')), "a", "goes with quorum and weighted"),
        (MANY.format(LOOP.format('yw:collection="c" yw:rule="weighted" yw:quorum="2"')), "a", "yw:weights"),
        (MANY.format(LOOP.format('yw:collection="c" yw:vetoOutcome="no"')), "a", "rule veto only"),
        (MANY.format('<bpmn:standardLoopCharacteristics id="l"/>'), "l", "not supported in userTask"),
        (
            MANY.format("<bpmn:extensionElements><camunda:formData/></bpmn:extensionElements>"),
            "a",
            "extension formData has no meaning",
        ),
    ],
)
def test_what_would_not_be_played_is_refused_where_it_stands(body, element, reason):
    drawing, problems = read(body)

    assert drawing is None
    assert [problem.path for problem in problems if reason in problem.reason.en] == [element]
    assert all((problem.file, problem.line >= 8) == ("x.bpmn", True) for problem in problems)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Document is empty"),
        (b"<bpmn:definitions/>", "Namespace prefix bpmn on definitions is not defined"),
        (b"<definitions/>", "the root is definitions"),
        (b'<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd"><definitions/>', "a document type is not allowed"),
        (
            b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><definitions>&c;</definitions>',
            "a document type is not allowed",
        ),
        (b"x" * 2_000_001, "larger than 2,000,000 bytes"),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "has 0 processes"),
        (
            b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><signal id="q"/>'
            b"</definitions>",
            "signal is not supported",
        ),
        (
            b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><collaboration id="q">'
            b"<participant/><participant/></collaboration></definitions>",
            "several participants",
        ),
    ],
)
def test_what_is_no_process_is_refused(content, reason):
    drawing, problems = read_bpmn(content, "x.bpmn")

    assert drawing is None
    assert any(reason in problem.reason.en for problem in problems)


def test_entities_are_not_read_from_disk(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    content = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]><definitions>&s;</definitions>'

    _, problems = read_bpmn(content.encode(), "x.bpmn")

    assert problems
    assert all("hidden" not in problem.reason.en for problem in problems)


def test_what_is_written_is_read_back():
    process = drawn(
        "s:start d:decision_task i:or a:task b:task sub:subprocess sub.q:start sub.v:service_task sub.z:end "
        "j:or w:message_catch t:boundary_timer h:timer_catch e:end x:stop",
        "s>d d>i i>a?ta i>b?tb i>sub* a>j b>j sub>j j>w w>h t>x h>e q>v v>z",
        d={"decision": "departments"},
        v={"act": "issue_licence"},
        w={"message": "answered"},
        t={"attached_to": "w", "duration": "P30D", "interrupting": False},
        h={"duration": "P1D"},
        a={"many": Many(collection="c", rule=JoinRule(kind=JoinKind.QUORUM, quorum=Decimal(1)))},
        b={"many": Many(collection="c", rule=JoinRule(kind=JoinKind.VETO, veto_outcome="object"))},
        x={"outcomes": ("lapsed",)},
    )

    drawing, problems = read_bpmn(write_bpmn(process), "x.bpmn")

    assert problems == []
    assert drawing.process.nodes == process.nodes
    assert set(drawing.process.flows) == set(process.flows)
