"""A city whose people write to it, shared by all tests here."""

from __future__ import annotations

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _chinese() -> None:
    """A page in English leaves its language on the thread."""
    translation.activate("zh-hans")


@pytest.fixture(scope="module", autouse=True)
def _applied_city(writing_city) -> None:
    """The city of all tests of talking."""
