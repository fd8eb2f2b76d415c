"""Checks of what lies below some ground: the engine of maps makes them, pages about the ground offer them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from yiwang.kernel.registry import Registry
from yiwang.platform.contracts import Actor

GROUND_CHECK = "maps"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundAsked:
    """Ground as WKT in degrees, metres of depth, days in ISO form; ``reason`` begins with a case's number."""

    area: str
    depth: str
    begins: str
    ends: str
    case: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCheck:
    """A check that was made, and where it is read."""

    number: str
    address: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOffer:
    """What a form sends, and where, to make the check; ``made`` are those of the reader's organisation."""

    address: str
    fields: Mapping[str, str]
    made: Sequence[MadeCheck]


class GroundChecker(Protocol):
    """Makes checks."""

    def offered(self, actor: Actor, asked: GroundAsked) -> CheckOffer | None:
        """The check for this reader; None where he may make none."""
        ...


GROUND_CHECKS: Registry[GroundChecker] = Registry("checks of ground")


def ground_check(actor: Actor, asked: GroundAsked) -> CheckOffer | None:
    """The same from whoever makes them; None where nobody does."""
    if GROUND_CHECK not in GROUND_CHECKS:
        return None
    return GROUND_CHECKS.get(GROUND_CHECK).offered(actor, asked)
