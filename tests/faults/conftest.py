"""The longest first: two files run at once, and the last should be a short one."""

from __future__ import annotations

import pytest

#: Three minutes and one and a half; all others take less than one.
_LONGEST = ("test_nodes.py", "test_kill.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every worker must arrive at the same order."""
    places = {name: place for place, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))
