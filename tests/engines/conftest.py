"""The base registers, applied once for tests that want them; who signs in; a folder of a test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from django.db import transaction
from django.test import Client

from yiwang.exchange.nodes.queries.standing import forget_cached
from yiwang.identity.testing import sign_in
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment
from yiwang.registers.testing import DefaultRolesGuard, apply_packs

PACKS = Path(__file__).resolve().parents[2] / "packs"
APPLIED = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)


class Layer:
    """A transaction around the transactions of tests, with the registers in it.

    Applying them takes twelve hundred statements, which was most of what such a test took. A test that
    does not want them, or commits, finds the database as it was.
    """

    def __init__(self) -> None:
        self.blocker = None  # there is no database yet
        self._held = ExitStack()
        self._is_open = False

    def open(self) -> None:
        """Apply them, if nobody has."""
        if self._is_open:
            return
        held = ExitStack()
        with mock.patch.object(command_module, "_guards", [DefaultRolesGuard()]):
            around = transaction.atomic()
            around._from_testcase = True  # acts that insist on being outermost take it for a test's
            held.enter_context(around)
            apply_packs(PACKS, ["population", "legal_entity", "licence_catalogue"], at=APPLIED)
        self._held, self._is_open = held, True

    def close(self) -> None:
        """Take them away."""
        if self._is_open:
            self._is_open = False
            transaction.set_rollback(True)
            self._held.close()


LAYER = Layer()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture of the test, so before its transaction."""
    if LAYER.blocker is not None:
        with LAYER.blocker.unblock():
            if "base_registers" in getattr(item, "fixturenames", ()):
                LAYER.open()
            else:
                LAYER.close()


@pytest.fixture(scope="session")
def _layer(django_db_setup, django_db_blocker):
    LAYER.blocker = django_db_blocker
    yield
    with django_db_blocker.unblock():
        LAYER.close()
    LAYER.blocker = None


@pytest.fixture(scope="module")
def base_registers(_layer, django_db_blocker):
    """Persons, firms and the catalogue of licences; the first test of all has had no database before."""
    with django_db_blocker.unblock():
        LAYER.open()


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
