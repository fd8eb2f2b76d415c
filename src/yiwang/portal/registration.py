"""What the portal tells the engines below at start."""

from __future__ import annotations

from yiwang.identity.api import set_landing
from yiwang.portal.disclosure.registration import register as register_disclosure
from yiwang.portal.web.menu import register_menu


def register() -> None:
    """Its entries in the menus, and where citizens come out after signing in."""
    register_menu()
    register_disclosure()
    set_landing("citizen", "portal:space")
