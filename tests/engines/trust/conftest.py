"""Keys of a test lie in the test's own folder."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _in_own_folder(own_folder: Path) -> None:
    """Give trust an empty ``var`` of its own."""
