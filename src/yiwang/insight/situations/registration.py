"""What situations register at start."""

from __future__ import annotations

from yiwang.insight.situations.commands.write_standing import OPERATION
from yiwang.insight.situations.following import note_write
from yiwang.insight.situations.kinds import SituationKind
from yiwang.insight.situations.queries.responses import DECIDE
from yiwang.kernel.text import Text
from yiwang.packs.api import KINDS
from yiwang.platform.operations import declare
from yiwang.platform.outbox import subscribe
from yiwang.platform.web.navigation import DATA, Entry
from yiwang.platform.web.navigation import register as register_entry

_TITLE = Text("城市现况", "The city now")


def register() -> None:
    """Run once, when all apps are ready."""
    KINDS.register(SituationKind.key, SituationKind())
    declare(OPERATION, Text("写入监测点评价", "Write the standing of stations"), roles=frozenset({"system"}))
    declare(DECIDE, Text("启动、终止应急响应", "Open and end a response"), roles=frozenset({"approver"}))
    for fact in ("EntryEntered", "EntryAmended", "EntryRetired", "RegisterFileLoaded"):
        subscribe(fact, "situations.standing", note_write)
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
