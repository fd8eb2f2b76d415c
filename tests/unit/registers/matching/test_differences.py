"""What lists disagree on, and whose work it is."""

from __future__ import annotations

from decimal import Decimal

from yiwang.registers.matching.rules.differences import Kind, Role, Row, differences

ROLES = {
    "licences": Role.LICENCE, "state_tax": Role.TAX, "local_tax": Role.TAX, "units": Role.STATISTICS,
    "insured": Role.INSURANCE, "codes": Role.CODES,
}  # fmt: skip
CODE, OTHER = "91440190MA0000031Q", "91440190MA000004XG"


def row(
    name,
    *,
    key="1",
    signs=CODE,
    core="恒瑞丰贸易",
    person="梁伟强",
    house="岳洲 3",
    status="active",
    paid="0",
):
    return Row(name, key, signs, signs in (CODE, OTHER), core, person, house, status, Decimal(paid))


def found(*rows):
    return [tuple(difference) for difference in differences(rows, ROLES)]


EVERYWHERE = [row(name) for name in ROLES]


def test_lists_that_agree_have_no_difference():
    assert found(*EVERYWHERE) == []


def test_a_licensed_firm_without_tax_registration_is_the_tax_offices_and_an_uncounted_one_the_statisticians():
    assert found(row("licences", key="GS1")) == [
        (Kind.NO_TAX, "state_tax", "", "licences", "GS1"),
        (Kind.NO_TAX, "local_tax", "", "licences", "GS1"),
        (Kind.NOT_COUNTED, "units", "", "licences", "GS1"),
    ]


def test_a_suspended_firm_need_not_register_for_tax():
    assert found(row("licences", status="suspended")) == []


def test_a_cancelled_licence_and_taxes_or_insurance_that_go_on():
    ended = row("licences", key="GS1", status="cancelled")

    assert found(
        ended, row("state_tax", key="GT1"), row("insured", key="SB1", status="cancelled", paid="5")
    ) == [
        (Kind.ENDED_BUT_GOING_ON, "state_tax", "GT1", "licences", "GS1"),
        (Kind.ENDED_BUT_GOING_ON, "insured", "SB1", "licences", "GS1"),
    ]
    assert found(ended, row("state_tax", status="cancelled")) == []


def test_taxed_without_a_licence_is_the_registrars():
    assert found(row("state_tax", key="GT1"), row("codes", key="ZJ1")) == [
        (Kind.NO_LICENCE, "licences", "", "state_tax", "GT1"),
    ]


def test_without_a_list_of_licences_nothing_is_said_about_them():
    assert list(differences([row("state_tax")], {"state_tax": Role.TAX})) == []


def test_what_changed_since_is_the_work_of_the_list_that_is_behind():
    changed = [
        row("local_tax", key="DT1", person="周美玲"),
        row("units", key="TJ1", core="恒瑞贸易", house=""),
    ]

    assert found(row("licences", key="GS1"), row("state_tax"), *changed) == [
        (Kind.OTHER_REPRESENTATIVE, "local_tax", "DT1", "licences", "GS1"),
        (Kind.OTHER_NAME, "units", "TJ1", "licences", "GS1"),
    ]


def test_two_codes_and_two_rows():
    rows = [
        row("licences", key="GS1"), row("state_tax", key="GT1", signs=OTHER), row("local_tax", key="DT1"),
        row("local_tax", key="DT2"), row("units", key="TJ1", signs="123"),
    ]  # fmt: skip

    assert found(*rows) == [
        (Kind.LISTED_TWICE, "local_tax", "DT2", "local_tax", "DT1"),
        (Kind.TWO_CODES, "state_tax", "GT1", "licences", "GS1"),
    ]
