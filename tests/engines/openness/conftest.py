"""A city with its catalogue of services and its sites, shared by all tests here."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.portal.openness.api import load_catalogue, read_catalogue

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _chinese() -> None:
    """A page in English leaves its language on the thread."""
    translation.activate("zh-hans")


@pytest.fixture
def catalogue(writing_city, db) -> Path:
    """Guangzhou's own catalogue, loaded."""
    folder = ROOT / "cities" / "guangzhou"
    load_catalogue(actor=Actor.system("tests"), at=AT, catalogue=read_catalogue(folder))
    return folder
