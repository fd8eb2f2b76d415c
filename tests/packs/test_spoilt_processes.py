"""Processes and decision tables, each spoilt in one place."""

from __future__ import annotations

import shutil

import pytest
from tests.packs.spoiling import PACKS, Fault, assert_told

from yiwang.packs.loader import load

START = "company_start/processes/company_start.bpmn"
TABLE = "investment_approval/decisions/investment.dmn"
#: What is told of each.
SPOILT: dict[str, Fault] = {
    "an act that does not exist": (
        START,
        'yw:act="issue_licence"',
        'yw:act="issue_license"',
        ('<bpmn:serviceTask id="issue_licence"', "issue_licence"),
        "没有名为“issue_license”的自动动作；可用："
        "accept, issue_decision, issue_licence, issue_refusal, notify_applicant, send_letter, "
        "write_register",
        "there is no act 'issue_license'; known acts: "
        "accept, issue_decision, issue_licence, issue_refusal, notify_applicant, send_letter, "
        "write_register",
    ),
    "a flow to nowhere": (
        START,
        'targetRef="accept_ways"',
        'targetRef="nowhere"',
        ('targetRef="accept_ways"', "accept_to_accept_ways"),
        "“nowhere”不是本流程的环节",
        "'nowhere' is no step of this process",
    ),
    "a drawing that is no XML": (
        START,
        "</bpmn:startEvent>",
        "",
        ("</bpmn:process>", ""),
        "XML格式有误：Opening and ending tag mismatch: startEvent line 5 and process, line 142, column 18",
        "not well-formed XML: Opening and ending tag mismatch: startEvent line 5 and process, line 142,"
        " column 18",
    ),
    "a document type": (
        START,
        "<bpmn:definitions",
        '<!DOCTYPE x [<!ENTITY a "b">]><bpmn:definitions',
        ("<bpmn:definitions", ""),
        "不允许文档类型声明",
        "a document type is not allowed",
    ),
    "a task for nobody": (
        START,
        'yw:role="approver" ',
        "",
        ('yw:role="approver" ', "register"),
        "缺少yw:role：由谁办理？",
        "yw:role is missing: who may do this?",
    ),
    "a task under a clock that there isn't": (
        START,
        'yw:clock="seal"',
        'yw:clock="sael"',
        ('yw:clock="seal"', "seal"),
        "事项没有声明时限“sael”；可用：acceptance, delivery, promised, registration, seal, social_insurance,"
        " statutory, tax",
        "the item declares no clock 'sael'; it declares acceptance, delivery, promised, registration, seal,"
        " social_insurance, statutory, tax",
    ),
    "an outcome that a step never has": (
        START,
        'outcome.register = "approve"',
        'outcome.register = "aproved"',
        ('id="register_ways_to_issue_licence"', "register_ways_to_issue_licence"),
        "“register”不会有“aproved”这个结果；可能的结果：approve, refuse",
        "'register' never ends with 'aproved'; it ends with approve, refuse",
    ),
    "an organisation without quotation marks": (
        START,
        'yw:organisation="&quot;local_tax&quot;"',
        'yw:organisation="local_tax"',
        ("&quot;local_tax&quot;", "tax"),
        "没有名为“local_tax”的数据；可用：answers, applicant, case, departments, opinions, outcome",
        "there is no 'local_tax' to read; there are answers, applicant, case, departments, opinions, outcome",
    ),
    "an unknown hit policy": (
        TABLE,
        'hitPolicy="COLLECT"',
        'hitPolicy="ALL"',
        ('hitPolicy="COLLECT"', "departments"),
        "没有命中策略“ALL”；可用：UNIQUE, ANY, PRIORITY, FIRST, RULE ORDER, OUTPUT ORDER, COLLECT",
        "unknown hit policy “ALL”; known: UNIQUE, ANY, PRIORITY, FIRST, RULE ORDER, OUTPUT ORDER, COLLECT",
    ),
    "a text in a column of numbers": (
        TABLE,
        "<text>&gt;= 300</text>",
        '<text>"300"</text>',
        ("<text>&gt;= 300</text>", "departments.rule6"),
        "建设和改造面积（平方米）：此处应为number，写的是string",
        "建设和改造面积（平方米）: a string stands where a number is wanted",
    ),
    "a misspelt question in a decision table": (
        TABLE,
        "<text>answers.land_use</text>",
        "<text>answers.landuse</text>",
        ("<text>answers.land_use</text>", "departments.input2"),
        "没有“answers.landuse”",
        "there is no “answers.landuse”",
    ),
}


@pytest.mark.parametrize("fault", SPOILT.values(), ids=SPOILT)
def test_each_fault_is_told_where_it_stands_and_why(tmp_path, fault):
    assert_told(tmp_path, fault)


def test_a_combination_that_no_rule_covers_is_a_warning(tmp_path):
    table = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
  <inputData id="answers" name="answers"/>
  <decision id="fee" name="fee">
    <informationRequirement id="r"><requiredInput href="#answers"/></informationRequirement>
    <decisionTable id="t" hitPolicy="UNIQUE">
      <input id="i">
        <inputExpression id="e" typeRef="number"><text>answers.area</text></inputExpression>
      </input>
      <output id="o" name="fee" typeRef="number"/>
      <rule id="r1"><inputEntry id="a"><text>&lt; 100</text></inputEntry>
        <outputEntry id="b"><text>1</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
"""
    shutil.copytree(PACKS, tmp_path / "packs")
    (tmp_path / "packs/company_start/decisions").mkdir(exist_ok=True)
    (tmp_path / "packs/company_start/decisions/fee.dmn").write_text(table, encoding="utf-8")

    found = load(tmp_path / "packs", ["company_start"])

    assert found.problems == []
    assert [str(warning) for warning in found.warnings] == [
        "packs/company_start/decisions/fee.dmn:6: fee: no rule for answers.area: 100",
        "packs/company_start/decisions/fee.dmn:6: fee: no rule for answers.area: just above 100",
    ]
    assert ("decisions", "fee") in found.definitions
