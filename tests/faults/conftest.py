"""The longest first: two files run at once, and the last should be a short one."""

from __future__ import annotations

import pytest

#: Two and a half minutes and one; all others take less. Between those two, which copy one city with a
#: database of its own, stands one that copies the other kind: each makes what it copies, and none waits.
_FIRST = ("test_nodes.py", "test_full_disk.py", "test_kill.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every worker must arrive at the same order."""
    places = {name: place for place, name in enumerate(_FIRST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))
