"""Cities and registers, applied once for all tests that want them; who signs in; a folder of a test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.test import Client

from yiwang.cases.testing import MONDAY
from yiwang.exchange.nodes.queries.standing import forget_cached
from yiwang.identity.api import load_city
from yiwang.identity.testing import sign_in
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT, environment
from yiwang.registers.testing import DefaultRolesGuard, apply_packs

PACKS = ROOT / "packs"
APPLIED = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
SERVICES = ("service_catalogue", "investment_approval", "company_start", "resident_certificate")


class Layer:
    """A transaction around the transactions of tests, with what many of them want in it.

    Applying packs takes twelve hundred statements and more, which was most of what such a test took. A test
    that wants none of it, or commits, finds the database as it was. No two layers are open at once.
    """

    def __init__(self, fill: Callable[[], None]) -> None:
        self._fill = fill
        self._held = ExitStack()
        self._is_open = False

    def open(self) -> None:
        """Apply it, if nobody has."""
        if self._is_open:
            return
        held = ExitStack()
        around = transaction.atomic()
        around._from_testcase = True  # acts that insist on being outermost take it for a test's
        held.enter_context(around)
        self._fill()
        self._held, self._is_open = held, True

    def close(self) -> None:
        """Take it away."""
        if self._is_open:
            self._is_open = False
            transaction.set_rollback(True)
            self._held.close()


def _base_registers() -> None:
    with mock.patch.object(command_module, "_guards", [DefaultRolesGuard()]):
        apply_packs(PACKS, ["population", "legal_entity", "licence_catalogue"], at=APPLIED)


def _a_city(packs: Sequence[str], *, at: datetime, with_data: bool = False) -> None:
    load_city(ROOT / "cities" / "guangzhou")
    apply_packs(PACKS, packs, at=at, with_data=with_data)


#: By the fixture that wants it.
LAYERS = {
    "base_registers": Layer(_base_registers),
    "caring_city": Layer(partial(_a_city, ["company_start", "data_sharing", "register_care"], at=MONDAY)),
    "serving_city": Layer(partial(_a_city, SERVICES, at=LONG_AGO, with_data=True)),
}
_BLOCKER: list[Any] = []  # empty as long as there is no database


def _wanted(item: pytest.Item) -> str:
    return next((name for name in LAYERS if name in getattr(item, "fixturenames", ())), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that want one layer one after the other, so that it is applied once."""
    order = ["", *LAYERS]
    items.sort(key=lambda item: order.index(_wanted(item)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture of the test, so before its transaction."""
    if _BLOCKER:
        _open(_wanted(item))


def _open(wanted: str) -> None:
    with _BLOCKER[0].unblock():
        for name, layer in LAYERS.items():
            if name != wanted:
                layer.close()
        if wanted:
            LAYERS[wanted].open()


@pytest.fixture(scope="session")
def _layers(django_db_setup, django_db_blocker):
    _BLOCKER.append(django_db_blocker)
    yield
    _open("")
    _BLOCKER.clear()


@pytest.fixture(scope="module")
def base_registers(_layers):
    """Persons, firms and the catalogue of licences; the first test of all has had no database before."""
    _open("base_registers")


@pytest.fixture(scope="module")
def caring_city(_layers):
    """Guangzhou with its registers, their care, access to data and the founding of companies."""
    _open("caring_city")


@pytest.fixture(scope="module")
def serving_city(_layers):
    """Guangzhou with all services and the rows that packs bring."""
    _open("serving_city")


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
