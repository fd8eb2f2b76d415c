"""What the assessment registers at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.packs.api import KINDS
from yiwang.platform.web.navigation import Entry
from yiwang.platform.web.navigation import register as register_entry
from yiwang.portal.assessing.kinds import AssessmentKind
from yiwang.portal.assessing.operations import READ, declare_operations


def register() -> None:
    """Run once, when all apps are ready."""
    declare_operations()
    KINDS.register(AssessmentKind.key, AssessmentKind())
    register_entry(
        Entry(
            key="assessing",
            title=Text("公开考评", "Assessment"),
            url_name="assessing:all",
            operation=READ,
            group=Text("信息公开", "Disclosure"),
            icon="scale",
            area="desk",
            order=63,
        )
    )
