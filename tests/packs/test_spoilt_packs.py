"""Cases, registers and manifests of packs, each spoilt in one place; names that the city doesn't know."""

from __future__ import annotations

import pytest
from tests.packs.spoiling import Fault, assert_told, line_of, spoilt

from yiwang.identity.api import organisations_of
from yiwang.platform.environment import ROOT
from yiwang.server.references import unknown_names

START = "company_start/processes/company_start.bpmn"
ITEM = "company_start/cases/company_start.yaml"
MANIFEST = "company_start/pack.toml"
REGISTER = "licence_catalogue/registers/licences.yaml"
#: What is told of each.
SPOILT: dict[str, Fault] = {
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
        " representative_id, industry, division, address, capital, established, phone, status, abnormal,"
        " organisation_code, tax_number, address_code",
        "the register 'legal_entities' has no field 'unusual'; it has credit_code, name, kind,"
        " legal_representative, representative_id, industry, division, address, capital, established, phone,"
        " status, abnormal, organisation_code, tax_number, address_code",
    ),
    "an entry that is amended and gets another key": (
        "urban_planning/cases/planning_permit.yaml",
        "      permit: 'if",
        "      code: answers.name\n      permit: 'if",
        ("      permit: 'if", "records.0.fields.code"),
        "变更已有登记项时不能改写主键“code”",
        "an entry that is amended keeps its key: leave out 'code'",
    ),
    "an entry that is amended by a name that there isn't": (
        "urban_planning/cases/planning_permit.yaml",
        "amends: answers.project",
        "amends: answer.project",
        ("amends: answers.project", "records.0.amends"),
        "没有名为“answer”的数据；可用：answers, applicant, case, departments, given, licence, opinions,"
        " outcome",
        "there is no 'answer' to read; there are answers, applicant, case, departments, given, licence,"
        " opinions, outcome",
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
}


@pytest.mark.parametrize("fault", SPOILT.values(), ids=SPOILT)
def test_each_fault_is_told_where_it_stands_and_why(tmp_path, fault):
    assert_told(tmp_path, fault)


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
