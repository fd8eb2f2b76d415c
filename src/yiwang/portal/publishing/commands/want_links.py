"""Have the outside addresses of a page tried."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.publishing.wanting import note_links

WANT = "publishing.links.want"


@command(operation=WANT)
def want_links(*, actor: Actor, at: datetime, urls: Iterable[str]) -> int:
    """Give how many of the addresses can be tried; the worker does it in its own time."""
    permit(Scope(everyone=True), subject="links")
    wanted = note_links(urls, at=at)
    note(links=wanted)
    return wanted
