"""What publishing registers at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.packs.api import KINDS
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare
from yiwang.portal.publishing.commands.want_links import WANT
from yiwang.portal.publishing.kinds import PublishingKind
from yiwang.portal.publishing.link_loop import ask_for_tries


def register() -> None:
    """Its kind of definitions, its operation and its loop."""
    declare(WANT, Text("查验页面外部链接", "Have outside links tried"), roles={"editor", "publisher"})
    KINDS.register(PublishingKind.key, PublishingKind())
    repeat("portal.links", ask_for_tries, seconds=5.0, reaches_out=True)
