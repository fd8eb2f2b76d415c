"""A city with its catalogue of services and its sites, shared by all tests here."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation
from tests.engines.registers.conftest import one_connection
from tests.layers import LAYERS

from yiwang.cases.testing import MONDAY
from yiwang.identity.api import load_city
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.portal.openness.api import load_catalogue, read_catalogue
from yiwang.registers.testing import apply_packs

__all__ = ["one_connection"]
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def _disclosing_city() -> None:
    load_city(ROOT / "cities" / "guangzhou")
    apply_packs(
        ROOT / "packs", ["population", "legal_entity", "mailbox", "disclosure"], at=MONDAY, with_data=False
    )


LAYERS.add("disclosing_city", _disclosing_city)


@pytest.fixture(scope="module", autouse=True)
def disclosing_city(layers) -> None:
    """Guangzhou with its mailbox and with requests for information."""
    LAYERS.open("disclosing_city")


@pytest.fixture(autouse=True)
def _chinese() -> None:
    """A page in English leaves its language on the thread."""
    translation.activate("zh-hans")


@pytest.fixture
def catalogue(disclosing_city, db) -> Path:
    """Guangzhou's own catalogue, loaded."""
    folder = ROOT / "cities" / "guangzhou"
    load_catalogue(actor=Actor.system("tests"), at=AT, catalogue=read_catalogue(folder))
    return folder
