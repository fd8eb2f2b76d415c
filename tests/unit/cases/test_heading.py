"""A case that is called after its item is called so in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yiwang.cases.contracts import CaseRow, Channel, Light, Phase
from yiwang.kernel.text import Text


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("企业开办", Text("企业开办", "Start a company")),
        ("广州示例有限公司", Text("广州示例有限公司", "广州示例有限公司")),
    ],
)
def test_heading(title: str, heading: Text):
    row = CaseRow(
        id=1, number="QY20260302-000001", parent_id=None, type_code="company_start",
        type_title=Text("企业开办", "Start a company"), title=title, applicant_name="", organisation="",
        division_code="", channel=Channel.ONLINE, phase=Phase.RECEIVED, outcome="", urgent=False, version=1,
        opened_at=datetime(2026, 3, 2, tzinfo=UTC), accepted_at=None, decided_at=None, closed_at=None,
        due_at=None, light=Light.NONE,
    )  # fmt: skip

    assert row.heading == heading
