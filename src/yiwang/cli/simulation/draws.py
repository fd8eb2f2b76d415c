"""Chance by name: the same seed and name give the same draws, in whatever order they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draws:
    """The chance of one simulation."""

    seed: int

    def of(self, *name: object) -> Random:
        """The stream of one thing, such as ``of("case", "TZ20261121-000003", "accept")``."""
        words = "/".join(str(part) for part in (self.seed, *name))
        return Random(words)  # noqa: S311 - chance of a simulation; nothing secret hangs on it


def pick(chance: Random, shares: Mapping[T, float]) -> T:
    """One of the keys, each as likely as its share of the sum."""
    return chance.choices(list(shares), weights=list(shares.values()))[0]


def happens(chance: Random, share: float) -> bool:
    """Whether a thing that happens in this share of all cases happens now."""
    return chance.random() < share


def between(chance: Random, span: Sequence[float]) -> float:
    """A number of a span (its two ends)."""
    least, most = span
    return chance.uniform(least, most)
