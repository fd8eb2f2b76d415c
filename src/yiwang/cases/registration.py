"""What the case engine registers downwards, at start: kinds, loops, menu entries, acts of the desk."""

from __future__ import annotations

from yiwang.cases import loops
from yiwang.cases.access_desk import CaseDesk
from yiwang.cases.drawn_cases import DrawnCases
from yiwang.cases.kinds.case_types import CaseTypeKind
from yiwang.cases.kinds.decisions import DecisionKind
from yiwang.cases.kinds.forms import FormKind
from yiwang.cases.kinds.processes import ProcessKind
from yiwang.cases.kinds.templates import TemplateKind
from yiwang.cases.queries.purposes import is_reason
from yiwang.cases.web.acts import ALL
from yiwang.cases.web.acts.page import ACTS
from yiwang.cases.web.ask_change import may_ask
from yiwang.cases.web.change_desk import CaseChangeDesk
from yiwang.cases.web.menu import register_menu
from yiwang.exchange.api import ACCESS_DESKS, DESK, PURPOSE_CHECKS
from yiwang.identity.api import set_landing
from yiwang.kernel.text import Text
from yiwang.packs.api import KINDS
from yiwang.platform.loops import repeat
from yiwang.platform.web.components.picking import use_days_off
from yiwang.registers.api import (
    CASES,
    CHANGE_DESK,
    CHANGE_DESKS,
    DRAWN_SOURCES,
    ENTRY_LINKS,
    EntryLink,
)


def register() -> None:
    """Register all of it."""
    for kind in (FormKind(), DecisionKind(), TemplateKind(), ProcessKind(), CaseTypeKind()):
        KINDS.register(kind.key, kind)
    repeat("cases.timers", loops.timers, seconds=1.0)
    repeat("cases.cards", loops.cards, seconds=5.0)
    repeat("cases.silences", loops.silences, seconds=30.0)
    repeat("cases.defects", loops.defects, seconds=30.0)
    repeat("cases.lapses", loops.lapses, seconds=30.0)
    for act in ALL:
        ACTS.register(act.key, act)
    PURPOSE_CHECKS.register("case", is_reason)
    ENTRY_LINKS.register(
        "ask_change",
        EntryLink(title=Text("申请变更", "Ask for a change"), url_name="desk:ask_change", fits=may_ask),
    )
    ACCESS_DESKS.register(DESK, CaseDesk())
    CHANGE_DESKS.register(CHANGE_DESK, CaseChangeDesk())
    DRAWN_SOURCES.register(CASES, DrawnCases())
    register_menu()
    use_days_off("days-off")
    set_landing("officer", "desk:inbox")
