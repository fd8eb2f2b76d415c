"""What the proofs register at start."""

from __future__ import annotations

from yiwang.platform.loops import repeat
from yiwang.platform.outbox import subscribe
from yiwang.portal.proofs import api


def register() -> None:
    """Prove on publication, and look each minute for what has no proof."""
    subscribe("sites.page_published", "proofs", api.hear_of_page)
    repeat("proofs.prove", api.prove_waiting, seconds=60.0)
