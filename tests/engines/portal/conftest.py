"""A city with its organisations and packs, shared by all tests here."""

from __future__ import annotations

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _chinese() -> None:
    """A page in English leaves its language on the thread."""
    translation.activate("zh-hans")


@pytest.fixture(scope="module", autouse=True)
def _applied_city(serving_city) -> None:
    """The city of all portal tests but those that name another."""
