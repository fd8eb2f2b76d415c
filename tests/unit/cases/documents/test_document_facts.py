"""Facts as they stand on a licence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yiwang.cases.rules.document_facts import fact_on_document


@pytest.mark.parametrize(
    ("value", "shown", "printed"),
    [
        (86000000, "number", "86,000,000"),
        (Decimal("1234.50"), "number", "1,234.50"),
        ("-", "number", "-"),
        ("2019-09-01", "date", "2019年9月1日"),
        ("unknown", "date", "unknown"),
        ("C30", "industry", "非金属矿物制品业"),
        ("Z99", "industry", "Z99"),
        (None, "number", ""),
        ("科学城演示路2号", "text", "科学城演示路2号"),
    ],
)
def test_a_fact_is_printed_as_people_write_it(value, shown, printed):
    assert fact_on_document(value, shown) == printed
