"""The door of the kiosks: acts, then reads."""

from yiwang.portal.kiosk.commands.post_notice import post_notice
from yiwang.portal.kiosk.commands.register_terminal import register_terminal, renew_terminal
from yiwang.portal.kiosk.commands.retire_terminal import retire_terminal
from yiwang.portal.kiosk.commands.withdraw_notice import withdraw_notice
from yiwang.portal.kiosk.queries.notices import (
    local_below,
    neighbourhood,
    notice_for_officer,
    notice_view,
    own_notices,
    shown_notice,
    shown_notices,
)
from yiwang.portal.kiosk.queries.places import offices
from yiwang.portal.kiosk.queries.terminals import (
    heard_from,
    terminal,
    terminal_by_secret,
    terminal_counts,
    terminal_view,
    terminals,
)

__all__ = [
    "heard_from",
    "local_below",
    "neighbourhood",
    "notice_for_officer",
    "notice_view",
    "offices",
    "own_notices",
    "post_notice",
    "register_terminal",
    "renew_terminal",
    "retire_terminal",
    "shown_notice",
    "shown_notices",
    "terminal",
    "terminal_by_secret",
    "terminal_counts",
    "terminal_view",
    "terminals",
    "withdraw_notice",
]
