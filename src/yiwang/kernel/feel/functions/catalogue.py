"""Which built-in function a call means."""

from __future__ import annotations

from collections.abc import Sequence

from yiwang.kernel.feel.functions import contexts, lists, logical, numbers, texts, times
from yiwang.kernel.feel.functions.definition import CATALOGUE, Builtin

SUBJECTS = (contexts, lists, logical, numbers, texts, times)


def is_builtin(name: str) -> bool:
    """Whether a function of this name is built in."""
    return name in CATALOGUE


def find_builtin(name: str, count: int, named: Sequence[str]) -> Builtin | None:
    """The signature that takes so many arguments, or arguments of these names."""
    for builtin in CATALOGUE.get(name, ()):
        if builtin.takes(count, named):
            return builtin
    return None
