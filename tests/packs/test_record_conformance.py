"""Generated for every item that enters its licences in registers: sample answers give good entries."""

from __future__ import annotations

from datetime import date

import pytest
from tests.layers import held
from tests.packs.test_case_conformance import AT, declared, sample_answers

from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.definitions.form import Form
from yiwang.cases.rows.environment import plain
from yiwang.cases.rows.register_entries import LICENCE_FACTS
from yiwang.kernel.codes import make_credit_code
from yiwang.kernel.feel import compile_expression
from yiwang.platform.environment import ROOT
from yiwang.registers.api import get_register
from yiwang.registers.queries.faults import refuse_faults
from yiwang.registers.rules.values import as_text
from yiwang.registers.testing import apply_packs

TODAY = date(2026, 11, 20)
LICENCE = {
    "number": "CS证〔2026〕000001号",
    "kind": "sample",
    "title": "样例证照",
    "organisation": "sample",
    "issued_on": TODAY,
    "valid_from": TODAY,
    "valid_to": None,
    "state": "valid",
    "verification_code": "ABCDEFGH23456789",
    "file_digest": "0" * 64,
    "holder_kind": "entity",
    "holder_id": make_credit_code("440199", 7),
    "holder_name": "广州示例电子科技有限公司",
}
STATES = ("valid", "revoked", "replaced")


def recording():
    """Codes of items that declare entries; reading packs needs no database."""
    found = declared("cases")
    return {
        code: CaseType.model_validate(definition.content["definition"])
        for code, definition in found.items()
        if definition.content["definition"]["records"]
    }


ITEMS = {}


def pytest_generate_tests(metafunc):
    if "item_code" in metafunc.fixturenames:
        ITEMS.update(ITEMS or recording())
        metafunc.parametrize("item_code", sorted(ITEMS))


@pytest.fixture(scope="module")
def all_packs(django_db_setup, django_db_blocker):
    names = [path.parent.name for path in sorted((ROOT / "packs").glob("*/pack.toml"))]
    with held(lambda: apply_packs(ROOT / "packs", names, at=AT), django_db_blocker):
        yield


@pytest.mark.parametrize("state", STATES)
def test_sample_answers_give_entries_that_the_registers_take(all_packs, db, item_code, state):
    item = ITEMS[item_code]
    form = Form.model_validate(declared("forms")[item.form].content)
    context = {
        "answers": sample_answers(form),
        "applicant": {"kind": "legal_entity"},
        "case": {"number": "CS20261120-000001"},
        "given": {number.key: make_credit_code("440104", 1) for number in item.gives},
        "licence": {**LICENCE, "state": state},
    }
    assert frozenset(LICENCE) == LICENCE_FACTS

    for record in item.records:
        register = get_register(record.register_code)
        values = {
            name: as_text(plain(compile_expression(feel).evaluate(context, at=AT)))
            for name, feel in record.fields.items()
        }
        written = register.names if record.amends is None else record.fields
        fields = [field for field in register.fields if field.name in written]
        refuse_faults(register, fields, {name: values.get(name) for name in written}, valid_from=TODAY)


def test_every_licence_of_the_citys_own_packs_is_in_the_catalogue():
    recorded = {
        code for code, item in recording().items() if "licences" in {r.register_code for r in item.records}
    }

    assert {
        "company_start",
        "investment_approval",
        "residence_certificate",
        "residence_certificate_counter",
    } <= recorded
