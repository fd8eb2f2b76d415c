"""What situations register at start."""

from __future__ import annotations

from yiwang.insight.situations.kinds import SituationKind
from yiwang.kernel.text import Text
from yiwang.packs.api import KINDS
from yiwang.platform.web.navigation import DATA, Entry
from yiwang.platform.web.navigation import register as register_entry

_TITLE = Text("城市现况", "The city now")


def register() -> None:
    """Run once, when all apps are ready."""
    KINDS.register(SituationKind.key, SituationKind())
    register_entry(Entry(key="now", title=_TITLE, url_name="situations:all", order=58))
    register_entry(
        Entry(
            key="now",
            title=_TITLE,
            url_name="situations:all",
            order=160,
            area="desk",
            group=DATA,
            icon="chart",
        )
    )
