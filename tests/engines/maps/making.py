"""Layers made by officers, for tests: who makes them, and what of the ground they draw."""

from __future__ import annotations

from datetime import UTC, datetime

from yiwang.kernel.text import Text
from yiwang.maps.making import api
from yiwang.maps.making.contracts import PublishedLayer, SavedLayer
from yiwang.platform.contracts import Actor

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TITLE, GROUP = Text("拟出让地块", "Plots for sale"), Text("土地", "Land")


def begun(actor: Actor, register: str = "plots", code: str = "for_sale") -> SavedLayer:
    """A draft of a layer of plots."""
    return api.begin_layer(
        actor=actor, at=AT, register=register, title=TITLE, summary=TITLE, group=GROUP, code=code
    )


def published(
    actor: Actor, register: str = "plots", code: str = "for_sale", **part: object
) -> PublishedLayer:
    """A published layer of plots, changed as a test wants."""
    saved = begun(actor, register, code)
    if part:
        saved = api.save_layer(actor=actor, at=AT, draft=saved.draft, version=saved.version, part=part)
    return api.publish_layer(actor=actor, at=AT, draft=saved.draft, version=saved.version)
