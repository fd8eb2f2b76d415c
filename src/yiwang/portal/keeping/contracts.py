"""Words of the kept pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChange:
    """A published page changed. Without an address anything may have."""

    position: int
    address: str
    is_leaf: bool
    #: Where its news also stands: ``up`` on the main site's first page, ``down`` on those of all others.
    flows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at the database found: all that happened before ``position`` is in it."""

    position: int
    changes: tuple[PageChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer that is the same for everybody.

    ``look`` is the number of the process's last look before it was made, ``parts`` name what it shows (see
    ``rules.parts``), and ``made`` is the instant by the monotonic clock.
    """

    look: int
    parts: tuple[str, ...]
    made: float
    tag: str
    media_type: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    packed: bytes
