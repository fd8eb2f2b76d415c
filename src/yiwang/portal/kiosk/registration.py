"""What the kiosks register at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.operations import declare
from yiwang.platform.web.navigation import Entry
from yiwang.platform.web.navigation import register as register_entry

_COMMUNITY = Text("社区和终端", "Communities and terminals")


def register() -> None:
    """Run once, when all apps are ready."""
    declare(
        "kiosk.notice.post",
        Text("发布社区信息", "Post notices of a community"),
        roles=frozenset({"community"}),
    )
    declare("kiosk.terminal.keep", Text("管理终端", "Keep terminals"), roles=frozenset({"terminal_keeper"}))
    register_entry(
        Entry(
            key="local_notices",
            title=Text("社区信息", "Community notices"),
            url_name="kiosk-desk:notices",
            operation="kiosk.notice.post",
            group=_COMMUNITY,
            icon="home",
            area="desk",
            order=72,
        )
    )
    register_entry(
        Entry(
            key="terminals",
            title=Text("自助终端", "Terminals"),
            url_name="kiosk-desk:terminals",
            operation="kiosk.terminal.keep",
            group=_COMMUNITY,
            icon="map",
            area="desk",
            order=73,
        )
    )
