"""Keys of a test lie in the test's own folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from yiwang.platform.environment import environment


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Iterator[Path]:
    """Give trust an empty ``var`` of its own."""
    monkeypatch.setenv("YIWANG_VAR", str(tmp_path))
    settings.STATIC_ROOT = tmp_path
    environment.cache_clear()
    yield tmp_path
    environment.cache_clear()
