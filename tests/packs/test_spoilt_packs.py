"""Real packs, each spoilt in one place: what `yiwang check` says about it, with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from yiwang.packs.loader import Loaded, load
from yiwang.platform.environment import ROOT

PACKS = ROOT / "packs"


def spoilt(tmp_path: Path, file: str, old: str, new: str) -> Loaded:
    """Load the file's pack and what it requires, with the first ``old`` of the file made ``new``."""
    shutil.copytree(PACKS, tmp_path / "packs")
    path = tmp_path / "packs" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load(tmp_path / "packs", [file.partition("/")[0]])


def line_of(file: str, text: str) -> int:
    """The line on which a text first stands in a file of the packs."""
    before, found, _ = (PACKS / file).read_text(encoding="utf-8").partition(text)
    assert found
    return before.count("\n") + 1


START = "company_start/processes/company_start.bpmn"
ITEM = "company_start/cases/company_start.yaml"
TABLE = "investment_approval/decisions/investment.dmn"
INVESTMENT = "investment_approval/processes/investment_approval.bpmn"
#: File, what is replaced by what, the place of the fault and its reason in both languages.
SPOILT = {
    "an act that does not exist": (
        START,
        'yw:act="issue_licence"',
        'yw:act="issue_license"',
        ('<bpmn:serviceTask id="issue_licence"', "issue_licence"),
        "没有名为“issue_license”的自动动作；可用：accept, issue_licence, issue_refusal, notify_applicant",
        "there is no act 'issue_license'; known acts: accept, issue_licence, issue_refusal, notify_applicant",
    ),
    "a misspelt question in the title": (
        ITEM,
        "case_title: answers.company_name",
        "case_title: answers.compny_name",
        ("case_title:", "case_title"),
        "表单中没有题目“compny_name”",
        "the form has no question 'compny_name'",
    ),
    "a misspelt root in a fact": (
        ITEM,
        "value: answers.address",
        "value: answer.address",
        ("value: answers.address", "result.facts.5.value"),
        "没有名为“answer”的数据；可用：answers, applicant, case, departments, given, opinions, outcome",
        "there is no 'answer' to read; there are answers, applicant, case, departments, given, opinions,"
        " outcome",
    ),
    "an entry in a register that there isn't": (
        ITEM,
        "  - register: legal_entities",
        "  - register: firms",
        ("  - register: legal_entities", "records.1.register"),
        "没有登记簿“firms”",
        "there is no register 'firms'",
    ),
    "a field that the register doesn't have": (
        ITEM,
        "      abnormal:",
        "      unusual:",
        ("      abnormal:", "records.1.fields.unusual"),
        "登记簿“legal_entities”没有字段“unusual”；可用：credit_code, name, kind, legal_representative,"
        " representative_id, industry, division, address, capital, established, phone, status, abnormal",
        "the register 'legal_entities' has no field 'unusual'; it has credit_code, name, kind,"
        " legal_representative, representative_id, industry, division, address, capital, established, phone,"
        " status, abnormal",
    ),
    "a required field without a value": (
        ITEM,
        "      established: licence.issued_on\n",
        "",
        ("    fields:\n      credit_code", "records.1.fields"),
        "登记簿“legal_entities”的必填字段“established”没有取值",
        "the register 'legal_entities' requires the field 'established'",
    ),
    "a fact that a licence doesn't have": (
        ITEM,
        "issued_on: licence.issued_on",
        "issued_on: licence.issued",
        ("issued_on: licence.issued_on", "records.0.fields.issued_on"),
        "“licence”没有“issued”这一项；可用：file_digest, holder_id, holder_kind, holder_name, issued_on,"
        " kind, number, organisation, state, title, valid_from, valid_to, verification_code",
        "licence has no 'issued'; it has file_digest, holder_id, holder_kind, holder_name, issued_on,"
        " kind, number, organisation, state, title, valid_from, valid_to, verification_code",
    ),
    "a word that is meant as text": (
        ITEM,
        """kind: '"company"'""",
        "kind: company",
        ("      kind: '", "records.1.fields.kind"),
        "没有名为“company”的数据；可用：answers, applicant, case, departments, given, licence, opinions,"
        " outcome",
        "there is no 'company' to read; there are answers, applicant, case, departments, given, licence,"
        " opinions, outcome",
    ),
    "an organisation that doesn't write to the register": (
        ITEM,
        "  - register: legal_entities",
        "  - register: legal_entities\n    source: fire",
        ("    fields:\n      credit_code", "records.1.source"),
        "“fire”不是登记簿“legal_entities”的登记单位；可用：civil_affairs, industry_commerce, personnel",
        "'fire' does not write to the register 'legal_entities'; civil_affairs, industry_commerce,"
        " personnel do",
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


@pytest.mark.parametrize("case", SPOILT.values(), ids=SPOILT)
def test_each_fault_is_told_where_it_stands_and_why(tmp_path, case):
    file, old, new, (at, path), zh, en = case

    found = spoilt(tmp_path, file, old, new)

    assert [str(problem) for problem in found.problems] == [
        f"packs/{file}:{line_of(file, at)}: {path}: {en}",
    ]
    assert [problem.reason.zh for problem in found.problems] == [zh]


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
