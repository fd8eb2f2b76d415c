"""Fetch the directory from the centre that was joined."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.nodes import centre
from yiwang.exchange.nodes.commands.accept_directory import accept_directory
from yiwang.exchange.nodes.queries.standing import get_identity, held_version


def refresh_directory(*, at: datetime) -> bool:
    """Take it; tells whether it is newer than the one held.

    Raises:
        NodeUnreachable, DirectoryRefused
    """
    held = held_version()
    return accept_directory(centre.directory(get_identity().centre), at=at) > held
