"""What identity registers at start: its guard, its operations, its menus."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from yiwang.identity import operations
from yiwang.identity.api import find_actor
from yiwang.identity.guard import DirectoryGuard
from yiwang.identity.sign_in_records import purge_failures, purge_sessions
from yiwang.identity.web.menu import register_menu
from yiwang.platform.command import guard, install_guard
from yiwang.platform.loops import repeat
from yiwang.platform.web.navigation import use_permission_check


def register() -> None:
    """Run once, when all apps are ready."""
    install_guard(DirectoryGuard())
    operations.declare_all()
    use_permission_check(_reader_may)
    register_menu()
    repeat("identity.forget", _forget, seconds=3600)


def _forget(at: datetime) -> int:
    """Rows of sign-in that no longer mean anything."""
    return purge_failures(at) + purge_sessions(at)


def _reader_may(request: HttpRequest, operation: str) -> bool:
    actor = find_actor(request)
    return actor is not None and guard().may(actor, operation)
