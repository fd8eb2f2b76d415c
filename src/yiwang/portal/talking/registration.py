"""What talking registers at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.operations import declare
from yiwang.platform.web.navigation import Entry
from yiwang.platform.web.navigation import register as register_entry

_TALKING = Text("互动", "Talking with people")


def register() -> None:
    """Run once, when all apps are ready."""
    declare(
        "talking.letter.publish",
        Text("公开来信和答复", "Publish letters and replies"),
        roles={"reviewer", "approver"},
    )
    register_entry(
        Entry(key="mailbox", title=Text("互动交流", "Have your say"), url_name="talking:mailbox", order=35)
    )
    register_entry(
        Entry(
            key="letters",
            title=Text("来信公开", "Letters to publish"),
            url_name="talking-desk:letters",
            operation="talking.letter.publish",
            group=_TALKING,
            icon="inbox",
            area="desk",
            order=60,
        )
    )
