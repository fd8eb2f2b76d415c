"""Transactions around the transactions of tests, with what many of them want in it.

Applying packs takes twelve hundred statements and more, which was most of what such a test took. A test
that wants none of it, or commits, finds the database as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import pytest
from django.db import transaction

from yiwang.platform import command as command_module
from yiwang.registers.testing import DefaultRolesGuard


class Layer:
    """One of them; no two are open at once."""

    def __init__(self, fill: Callable[[], object]) -> None:
        self._fill = fill
        self._held = ExitStack()
        self._is_open = False

    def open(self) -> None:
        """Fill it, if nobody has."""
        if self._is_open:
            return
        held = ExitStack()
        around = transaction.atomic()
        around._from_testcase = True  # acts that insist on being outermost take it for a test's
        held.enter_context(around)
        self._fill()
        self._held, self._is_open = held, True

    def close(self) -> None:
        """Take away what is in it."""
        if self._is_open:
            self._is_open = False
            transaction.set_rollback(True)
            self._held.close()


class Layers:
    """Those that tests of several modules share, by the fixture that wants them."""

    def __init__(self) -> None:
        self.blocker: Any = None  # there is no database yet
        self._layers: dict[str, Layer] = {}

    def add(self, name: str, fill: Callable[[], object]) -> None:
        """A layer for the tests that use the fixture of this name."""
        self._layers[name] = Layer(fill)

    def wanted_by(self, item: pytest.Item) -> str:
        """Its layer, or nothing."""
        return next((name for name in self._layers if name in getattr(item, "fixturenames", ())), "")

    def sort(self, items: list[pytest.Item]) -> None:
        """Those that want one layer one after the other, so that it is filled once."""
        places = {name: place for place, name in enumerate([*self._layers, ""])}
        items.sort(key=lambda item: places[self.wanted_by(item)])

    def open(self, wanted: str) -> None:
        """Only this one."""
        with self.blocker.unblock():
            for name, layer in self._layers.items():
                if name != wanted:
                    layer.close()
            if wanted:
                self._layers[wanted].open()


LAYERS = Layers()


@contextmanager
def held(fill: Callable[[], object], blocker: Any) -> Iterator[None]:
    """A layer for the tests of one module, who may do what the default roles may."""
    layer = Layer(fill)
    with blocker.unblock():
        with mock.patch.object(command_module, "_guards", [DefaultRolesGuard()]):
            layer.open()
        yield
        layer.close()
