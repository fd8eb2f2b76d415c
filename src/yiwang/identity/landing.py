"""Where people come out after signing in: upper engines name their start pages here, by kind of actor."""

from __future__ import annotations

from typing import Literal

from yiwang.kernel.registry import Registry
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor

#: URL names by kind; without one the account page is the start.
_LANDINGS: Registry[str] = Registry("start pages")
#: URL names by the operation that opens the page and the one that its readers lack.
_SPECIAL: Registry[tuple[str, str]] = Registry("start pages of those who have no cases")


def set_landing(kind: Literal["citizen", "officer"], url_name: str) -> None:
    """Name the start page of a kind of actor, at start."""
    _LANDINGS.register(kind, url_name)


def set_special_landing(url_name: str, *, may: str, may_not: str) -> None:
    """Name the start page of officers who may do one operation and not the other, at start."""
    _SPECIAL.register(url_name, (may, may_not))


def landing_for(actor: Actor) -> str:
    """URL name of the start page of an actor."""
    if actor.kind == "officer":
        for url_name, (may, may_not) in _SPECIAL:
            if guard().may(actor, may) and not guard().may(actor, may_not):
                return url_name
    return _LANDINGS.get(actor.kind) if actor.kind in _LANDINGS else "account_home"
