"""A purpose is known, refers to something, reads well, and never names a person's number."""

from __future__ import annotations

import pytest

from yiwang.exchange.contracts import Purpose
from yiwang.exchange.rules.purposes import PURPOSES, is_sound, purpose_text
from yiwang.kernel.text import Text


@pytest.mark.parametrize(
    ("kind", "reference", "sound"),
    [
        ("case", "TZ-2026-000123", True),
        ("case", "穗规划〔2026〕1号", True),
        ("supervision", "2026年一季度双随机检查（第3组）", True),
        ("statistics", "", True),
        ("own_application", "", True),
        ("own_duty", "户籍窗口核对", True),
        ("case", "", False),
        ("case", " TZ", False),
        ("case", "x" * 81, False),
        ("case", "<script>", False),
        ("case", "a\nb", False),
        ("case", "查11010519491231002X", False),
        ("case", "查110105491231002", False),
        ("unknown", "x", False),
    ],
)
def test_a_purpose_is_sound_or_not(kind, reference, sound):
    assert is_sound(Purpose(kind=kind, reference=reference)) is sound


def test_every_purpose_reads_well_in_both_languages():
    for kind in PURPOSES:
        text = purpose_text(Purpose(kind=kind, reference="TZ-1"))
        assert text.zh
        assert text.en
        assert "{" not in text.zh + text.en
    assert purpose_text(Purpose(kind="gone", reference="x")) == Text("gone", "gone")
