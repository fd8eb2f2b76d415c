"""How the desk writes time."""

from __future__ import annotations

import pytest

from yiwang.cases.web.presenting import time_text
from yiwang.kernel.text import Text


@pytest.mark.parametrize(
    ("amount", "unit", "zh", "en"),
    [
        (20, "working_days", "20个工作日", "20 working days"),
        (1, "working_days", "1个工作日", "1 working day"),
        (0, "calendar_days", "0日", "0 days"),
        (480, "working_minutes", "480工作分钟", "480 working minutes"),
    ],
)
def test_time_is_written_with_its_unit(amount: int, unit: str, zh: str, en: str):
    assert time_text(amount, unit) == Text(zh, en)
