"""Real packs, each spoilt in one place: what `yiwang check` says about it, with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from yiwang.identity.api import organisations_of
from yiwang.packs.loader import Loaded, load
from yiwang.platform.environment import ROOT
from yiwang.server.references import unknown_names

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
FORM = "company_start/forms/company_start.yaml"
MANIFEST = "company_start/pack.toml"
CERTIFICATE = "resident_certificate/cases/residence_certificate.yaml"
REGISTER = "licence_catalogue/registers/licences.yaml"
TABLE = "investment_approval/decisions/investment.dmn"
INVESTMENT = "investment_approval/processes/investment_approval.bpmn"
PROJECT = "investment_approval/forms/investment_application.yaml"
#: File, what is replaced by what, the place of the fault and its reason in both languages.
SPOILT = {
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
    "a pick from a register that there isn't": (
        PROJECT,
        "register: planning_plots",
        "register: plots",
        ("register: planning_plots", "pages.2.questions.1.picks.register"),
        "没有登记簿“plots”",
        "there is no register 'plots'",
    ),
    "a pick from a register that is not open": (
        PROJECT,
        "register: control_lines",
        "register: planning_conditions",
        ("register: control_lines", "pages.2.questions.1.picks.crosses.0.register"),
        "登记簿“planning_conditions”不是公开的（open: true），不能从中选取：所选内容"
        "写进申请，经手的人都能看到",
        "the register 'planning_conditions' is not open, so nothing is picked from it: what is picked stands"
        " in the application, which many read",
    ),
    "a pick that shows a shape": (
        PROJECT,
        "shown: [location,",
        "shown: [border,",
        ("shown: [location,", "pages.2.questions.1.picks.shown.0"),
        "登记簿“planning_plots”没有公开的字段“border”；可用：code, unit, plan, plan_number, approved_on,"
        " division, location, use, land_area, far, density, greening, height, state, conditions, made_up",
        "the register 'planning_plots' has no public field 'border'; it has code, unit, plan, plan_number,"
        " approved_on, division, location, use, land_area, far, density, greening, height, state, conditions,"
        " made_up",
    ),
    "a pick that fills in a question of another page": (
        PROJECT,
        "fills: {division: division,",
        "fills: {project_name: division,",
        ("fills: {division: division,", "pages.2.questions.1.picks.fills.project_name"),
        "本页没有题目“project_name”",
        "the page has no question 'project_name'",
    ),
    "a conflict of a question that isn't asked": (
        PROJECT,
        "answers.building_height > picked.height",
        "answers.hight > picked.height",
        ("answers.building_height > picked.height", "pages.2.questions.1.picks.conflicts.5.when"),
        "没有名为“answers.hight”的数据；这里可用answers.<题目>和picked.<字段>",
        "unknown name 'answers.hight'; answers.<question> and picked.<field> are known here",
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
        " representative_id, industry, division, address, capital, established, phone, status, abnormal,"
        " organisation_code, tax_number, address_code",
        "the register 'legal_entities' has no field 'unusual'; it has credit_code, name, kind,"
        " legal_representative, representative_id, industry, division, address, capital, established, phone,"
        " status, abnormal, organisation_code, tax_number, address_code",
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
        "“fire”不是登记簿“legal_entities”的登记单位；可用：civil_affairs, establishment_office,"
        " industry_commerce, personnel",
        "'fire' does not write to the register 'legal_entities'; civil_affairs, establishment_office,"
        " industry_commerce, personnel do",
    ),
    "a key that stands twice": (
        ITEM,
        "prefix: QY",
        "prefix: QY\nprefix: QX",
        ("prefix: QY", "prefix", 1),
        "此键重复出现",
        "this key stands twice",
    ),
    "a tab": (
        ITEM,
        "  title: {zh: 营业执照",
        "\ttitle: {zh: 营业执照",
        ("  title: {zh: 营业执照", ""),
        "行首有制表符：缩进请用空格",
        "a tab stands at the beginning: indent with spaces",
    ),
    "a quotation mark that is never closed": (
        ITEM,
        "case_title: answers",
        'case_title: "answers',
        ("case_title: answers", ""),
        "这里开始的引号没有结束",
        "the quotation mark that opens here is never closed",
    ),
    "a bracket that is never closed": (
        ITEM,
        "channels: [online, counter]",
        "channels: [online, counter",
        ("channels: [online", ""),
        "这里开始的括号内容有误或没有结束：检查逗号、冒号和引号",
        "the bracket that opens here is faulty or never closed: look at commas, colons and quotation marks",
    ),
    "wrong indentation": (
        ITEM,
        "    budget: {amount: 240",
        "   budget: {amount: 240",
        ("    budget: {amount: 240", ""),
        "缩进、冒号或“-”有误：此行或上一行与前文不对齐（did not find expected '-' indicator）",
        "wrong indentation, colon or “-”: this line or the one above doesn't line up with what precedes"
        " (did not find expected '-' indicator)",
    ),
    "a word where a number is wanted": (
        ITEM,
        "visits: 0",
        "visits: none",
        ("visits: 0", "visits"),
        "应为整数",
        "a whole number is wanted",
    ),
    "one where a list is wanted": (
        ITEM,
        "channels: [online, counter]",
        "channels: online",
        ("channels: [online", "channels"),
        "应为列表：写成[…]，或每行以“-”开头",
        "a list is wanted: […], or lines that begin with “-”",
    ),
    "an unknown key": (
        ITEM,
        "visits: 0",
        "visits: 0\nvisit: 0",
        ("visits: 0", "visit", 1),
        "没有这一项：请检查拼写",
        "there is no such key here: look at the spelling",
    ),
    "a missing key": (
        ITEM,
        "body: industry_commerce\n",
        "",
        ("code: company_start", "body"),
        "缺少这一项",
        "this key is missing",
    ),
    "a value that is none of the list": (
        ITEM,
        "online_depth: IV",
        "online_depth: V",
        ("online_depth: IV", "online_depth"),
        "应为I, II, III, IV之一",
        "it must be one of I, II, III, IV",
    ),
    "a text without its English": (
        ITEM,
        "title: {zh: 受理, en: Acceptance}",
        "title: {zh: 受理}",
        ("title: {zh: 受理, en: Acceptance}", "clocks.0.title.en"),
        "缺少英文文字",
        "the text is missing in language 'en'",
    ),
    "FEEL that ends too early": (
        ITEM,
        "case_title: answers.company_name",
        "case_title: answers.company_name +",
        ("case_title: answers", "case_title"),
        "表达式第1行第23列：表达式不完整",
        "Expression, line 1, column 23: the expression ends too early",
    ),
    "an item without its prefix": (
        ITEM,
        "prefix: QY\n",
        "",
        ("code: company_start", ""),
        "有流程的事项须有办件编号的前缀prefix",
        "an item with a process needs a prefix for case numbers",
    ),
    "an item whose form there isn't": (
        ITEM,
        "form: company_start",
        "form: company_begin",
        ("form: company_start", "form"),
        "没有表单“company_begin”",
        "there is no form 'company_begin'",
    ),
    "a condition on a question that there isn't": (
        FORM,
        "show_if: answers.hires = true",
        "show_if: answers.hire = true",
        ("show_if: answers.hires", "pages.4.questions.3.show_if"),
        "没有题目“hire”",
        "there is no question “hire”",
    ),
    "a resource that there isn't": (
        FORM,
        "resource: person_basic",
        "resource: person_basics",
        ("resource: person_basic", "pages.2.questions.0.prefill.resource"),
        "没有资源“person_basics”",
        "there is no resource “person_basics”",
    ),
    "a field to take in that the resource doesn't have": (
        CERTIFICATE,
        "      phone: answers.phone",
        "      telephone: answers.phone",
        ("      phone: answers.phone", "prefills.0.fields.telephone"),
        "资源“person_basic”没有字段“telephone”",
        "the resource 'person_basic' has no field 'telephone'",
    ),
    "a key to take in by that is no answer": (
        CERTIFICATE,
        "key: answers.resident_id",
        "key: case.number",
        ("key: answers.resident_id", "prefills.0.key"),
        "没有名为“case”的数据；可用：answers",
        "there is no 'case' to read; there are answers",
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
    "a field id that stands twice": (
        REGISTER,
        "{id: 2,",
        "{id: 1,",
        ("code: licences", ""),
        "字段id重复，或属于已删除的字段：1",
        "a field id is used twice, or belongs to a removed field: 1",
    ),
    "a register without its key": (
        REGISTER,
        "key: number",
        "key: nummer",
        ("code: licences", ""),
        "key：“nummer”须是必填且唯一的字段",
        "key: 'nummer' must be a required and unique field",
    ),
    "a manifest that is no TOML": (
        MANIFEST,
        'version = "1.0.0"',
        "version = 1.0.0",
        ("version = ", ""),
        "不是有效的TOML：Expected newline or end of document after a statement (column 14)",
        "not valid TOML: Expected newline or end of document after a statement (column 14)",
    ),
    "a manifest without its owner": (
        MANIFEST,
        'owner = "industry_commerce"\n',
        "",
        ("name = ", "owner"),
        "缺少这一项",
        "this key is missing",
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
    file, old, new, (at, path, *shift), zh, en = case

    found = spoilt(tmp_path, file, old, new)

    place = f"packs/{file}:{line_of(file, at) + sum(shift)}: " + (f"{path}: " if path else "")
    assert [str(problem) for problem in found.problems] == [place + en]
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


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "path", "zh", "en"),
    [
        (
            ITEM,
            "body: industry_commerce",
            "body: industry_comerce",
            "body: ",
            "body",
            "城市没有机构“industry_comerce”；是否应为“industry_commerce”？",
            "the city has no organisation 'industry_comerce'; is 'industry_commerce' meant?",
        ),
        (
            START,
            "&quot;local_tax&quot;",
            "&quot;tax_bureau_of_mars&quot;",
            "&quot;local_tax&quot;",
            "tax.organisation",
            "城市没有机构“tax_bureau_of_mars”",
            "the city has no organisation 'tax_bureau_of_mars'",
        ),
        (
            START,
            'yw:role="approver"',
            'yw:role="aprover"',
            'yw:role="approver"',
            "register.role",
            "没有角色“aprover”；是否应为“approver”？",
            "there is no role 'aprover'; is 'approver' meant?",
        ),
        (
            REGISTER,
            "  - quality\n",
            "  - qualty\n",
            "  - quality\n",
            "sources.9",
            "城市没有机构“qualty”；是否应为“quality”？",
            "the city has no organisation 'qualty'; is 'quality' meant?",
        ),
    ],
    ids=["body", "organisation of a step", "role", "source of a register"],
)
def test_organisations_and_roles_are_those_of_the_city(tmp_path, file, old, new, at, path, zh, en):
    found = spoilt(tmp_path, file, old, new)
    organisations = organisations_of(ROOT / "cities" / "guangzhou")

    told = list(unknown_names(found, organisations))

    assert [str(problem) for problem in told] == [f"packs/{file}:{line_of(file, at)}: {path}: {en}"]
    assert told[0].reason.zh == zh


def test_a_pack_that_is_not_there_is_told_alone(tmp_path):
    found = spoilt(tmp_path, MANIFEST, '"population"', '"populations"')

    assert [str(problem) for problem in found.problems] == [
        "packs/populations/pack.toml: there is no pack 'populations', which pack 'company_start' requires"
    ]
