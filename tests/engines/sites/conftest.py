"""A small group of three sites, made once for all tests here; who edits them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from django.utils import translation
from tests.layers import LAYERS

from yiwang.identity.api import load_city
from yiwang.identity.testing import an_officer
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.portal.sites.testing import ORGANISATIONS, load_small_group

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _chinese() -> None:
    """A page in English leaves its language on the thread."""
    translation.activate("zh-hans")


#: Who edits which site, in the layer that is open.
_EDITORS: dict[str, Actor] = {}


def _small_group() -> None:
    load_city(ROOT / "cities" / "guangzhou")
    load_small_group(AT)
    both = {"editor", "publisher"}
    for site, code in ORGANISATIONS.items():
        _EDITORS[site] = an_officer(code, roles=both, password="x")


LAYERS.add("editors", _small_group)


@pytest.fixture(scope="module")
def editors(layers) -> Mapping[str, Actor]:
    """An editor and publisher for each of three sites, in a city with its organisations."""
    LAYERS.open("editors")
    return _EDITORS
