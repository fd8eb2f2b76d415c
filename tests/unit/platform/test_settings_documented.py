"""docs/how-to/run-a-city.md lists every setting of an installation."""

from __future__ import annotations

from yiwang.platform.environment import ROOT, Environment


def test_every_setting_is_documented():
    page = (ROOT / "docs" / "how-to" / "run-a-city.md").read_text(encoding="utf-8")

    assert [name for name in Environment.model_fields if f"`YIWANG_{name.upper()}`" not in page] == []
