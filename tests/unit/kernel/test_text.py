"""Pairs of Chinese and English."""

from __future__ import annotations

from yiwang.kernel.text import Text


def test_a_pair_within_a_pair_gives_each_language_its_own():
    still = Text("仍有{what}{count}处", "Still holds {what} in {count} places")

    filled = still.fill(what=Text("手机号码", "a phone number"), count=2)

    assert filled == Text("仍有手机号码2处", "Still holds a phone number in 2 places")
