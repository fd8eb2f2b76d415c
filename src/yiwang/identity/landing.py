"""Where people come out after signing in: upper engines name their start pages here, by kind of actor."""

from __future__ import annotations

from typing import Literal

from yiwang.kernel.registry import Registry

#: URL names by kind; without one the account page is the start.
_LANDINGS: Registry[str] = Registry("start pages")


def set_landing(kind: Literal["citizen", "officer"], url_name: str) -> None:
    """Name the start page of a kind of actor, at start."""
    _LANDINGS.register(kind, url_name)


def landing_for(kind: str) -> str:
    """URL name of the start page of a kind of actor."""
    return _LANDINGS.get(kind) if kind in _LANDINGS else "account_home"
