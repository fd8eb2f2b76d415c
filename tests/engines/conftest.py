"""Cities and registers, applied once for all tests that want them; who signs in; a folder of a test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from unittest import mock

import pytest
from django.test import Client
from tests.layers import LAYERS

from yiwang.cases.testing import MONDAY
from yiwang.exchange.nodes.queries.standing import forget_cached
from yiwang.identity.api import load_city
from yiwang.identity.testing import sign_in
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT, environment
from yiwang.registers.testing import DefaultRolesGuard, apply_packs
from yiwang.server import city

PACKS = ROOT / "packs"
APPLIED = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
CATALOGUED = ("population", "legal_entity", "licence_catalogue", "social_insurance", "macro_economy")
SERVICES = ("service_catalogue", "investment_approval", "company_start", "resident_certificate")

_MINUTES = count(1)


def _base_registers() -> None:
    with mock.patch.object(command_module, "_guards", [DefaultRolesGuard()]):
        apply_packs(PACKS, ["population", "legal_entity", "licence_catalogue"], at=APPLIED)


def _a_city(packs: Sequence[str], *, at: datetime, with_data: bool = False) -> None:
    load_city(ROOT / "cities" / "guangzhou")
    apply_packs(PACKS, packs, at=at, with_data=with_data)


def _whole_city() -> None:
    city.apply(city.read(), actor=Actor.system("apply"), at=LONG_AGO)


LAYERS.add("base_registers", _base_registers)
LAYERS.add("caring_city", partial(_a_city, ("company_start", "data_sharing", "register_care"), at=MONDAY))
LAYERS.add("mapped_city", partial(_a_city, ("base_map", "register_care"), at=MONDAY))
LAYERS.add("serving_city", partial(_a_city, SERVICES, at=LONG_AGO, with_data=True))
LAYERS.add("writing_city", partial(_a_city, ("mailbox",), at=LONG_AGO))
LAYERS.add("catalogued_city", partial(_a_city, CATALOGUED, at=MONDAY, with_data=True))
LAYERS.add("whole_city", _whole_city)


@pytest.fixture(scope="module")
def base_registers(layers):
    """Persons, firms and the catalogue of licences; the first test of all has had no database before."""
    LAYERS.open("base_registers")


@pytest.fixture(scope="module")
def caring_city(layers):
    """Guangzhou with its registers, their care, access to data and the founding of companies."""
    LAYERS.open("caring_city")


@pytest.fixture(scope="module")
def mapped_city(layers):
    """Guangzhou with the registers and layers of its base map, and the care of registers."""
    LAYERS.open("mapped_city")


@pytest.fixture(scope="module")
def serving_city(layers):
    """Guangzhou with all services and the rows that packs bring."""
    LAYERS.open("serving_city")


@pytest.fixture(scope="module")
def writing_city(layers):
    """Guangzhou with its mailbox."""
    LAYERS.open("writing_city")


@pytest.fixture(scope="module")
def catalogued_city(layers):
    """Guangzhou with what its catalogue of resources is tried on."""
    LAYERS.open("catalogued_city")


@pytest.fixture(scope="module")
def whole_city(layers):
    """Guangzhou with every pack."""
    LAYERS.open("whole_city")


@pytest.fixture(autouse=True)
def _paces(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, a test asks within one moment, and each test a minute after the last."""
    moment = 60.0 * next(_MINUTES)
    for keeper in ("yiwang.platform.http.pace", "yiwang.exchange.clients.bearers"):
        monkeypatch.setattr(f"{keeper}.monotonic", lambda: moment)


@pytest.fixture
def as_actor(client: Client) -> Callable[[Actor], Client]:
    """The test's browser, signed in as an actor."""
    return partial(sign_in, client)


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Iterator[Path]:
    """An empty ``var``: keys and files of a test lie in the test's own folder."""
    monkeypatch.setenv("YIWANG_VAR", str(tmp_path))
    settings.STATIC_ROOT = tmp_path
    environment.cache_clear()
    forget_cached()
    yield tmp_path
    environment.cache_clear()
    forget_cached()
