"""Every command of every engine, found by walking the packages: a new one is tested by existing."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yiwang
from yiwang.platform.contracts import Operation
from yiwang.platform.operations import OPERATIONS


@dataclass(frozen=True, slots=True)
class Act:
    """A command: its name with its engine's, what it does, the operation that it asks for."""

    name: str
    run: Callable[..., object]
    operation: str

    @property
    def declared(self) -> Operation:
        """The operation as its engine declared it."""
        return OPERATIONS.get(self.operation)

    @property
    def words(self) -> dict[str, None]:
        """Every argument besides actor and time, empty: a refusal must come before one is looked at."""
        return dict.fromkeys(set(inspect.signature(self.run).parameters) - {"actor", "at"})


def acts() -> list[Act]:
    """All of them, by name."""
    return sorted(_found(), key=lambda act: act.name)


def _found() -> Iterator[Act]:
    for module in pkgutil.walk_packages(yiwang.__path__, "yiwang."):
        if ".commands." not in module.name or module.name.startswith("yiwang.cli."):
            continue
        members = vars(importlib.import_module(module.name))
        for name, value in members.items():
            if getattr(value, "__module__", "") != module.name or not hasattr(value, "__wrapped__"):
                continue
            around = inspect.getclosurevars(value).nonlocals
            if "operation" in around:
                engine = module.name.split(".")[1]
                yield Act(f"{engine}.{name}", value, str(around["operation"]))
