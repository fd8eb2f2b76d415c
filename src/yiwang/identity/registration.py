"""What identity registers at start: its guard, its operations, its menus."""

from __future__ import annotations

from django.http import HttpRequest

from yiwang.identity import operations
from yiwang.identity.api import find_actor
from yiwang.identity.guard import DirectoryGuard
from yiwang.platform.command import guard, install_guard
from yiwang.platform.web.navigation import use_permission_check


def register() -> None:
    """Run once, when all apps are ready."""
    install_guard(DirectoryGuard())
    operations.declare_all()
    use_permission_check(_reader_may)


def _reader_may(request: HttpRequest, operation: str) -> bool:
    actor = find_actor(request)
    return actor is not None and guard().may(actor, operation)
