"""Guangzhou with disclosure, applied once for all its tests."""

from __future__ import annotations

import pytest
from tests.layers import LAYERS

from yiwang.cases.testing import MONDAY
from yiwang.identity.api import load_city
from yiwang.platform.environment import ROOT
from yiwang.registers.testing import apply_packs


def _asking_city() -> None:
    load_city(ROOT / "cities" / "guangzhou")
    apply_packs(ROOT / "packs", ["population", "legal_entity", "disclosure"], at=MONDAY, with_data=False)


LAYERS.add("asking_city", _asking_city)


@pytest.fixture(scope="module")
def asking_city(layers) -> None:
    """The city in which people ask for information."""
    LAYERS.open("asking_city")
