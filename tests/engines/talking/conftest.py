"""A city with the mailbox, applied once a module and taken back after it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation
from tests.engines.cities import a_city

LONG_AGO = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _chinese() -> None:
    """A page in English leaves its language on the thread."""
    translation.activate("zh-hans")


_applied_city = a_city(["mailbox"], at=LONG_AGO)
