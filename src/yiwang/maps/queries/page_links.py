"""Pages of what is drawn: entries of a register, or what another source says of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from yiwang.maps.queries.features import Feature
from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.contracts import Actor
from yiwang.registers.api import CASES, DRAWN_SOURCES


def pages_of(actor: Actor, read: ReadLayer, features: Sequence[Feature]) -> Mapping[int, str]:
    """Addresses by number for an officer; nothing where he sees only what everybody sees."""
    entries = [each.entry for each in features]
    if read.layer.cases:
        return DRAWN_SOURCES.get(CASES).pages(actor, entries)
    if read.drawn.reach == "public":
        return {}
    return {entry: reverse("registers:entry", args=[read.layer.register_code, entry]) for entry in entries}
