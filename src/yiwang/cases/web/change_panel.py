"""The change of a register that a case asks for, as rows: when asked, now, wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from yiwang.cases.contracts.changes import CHANGE_ACT_TEXTS, asked_change
from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, Json
from yiwang.registers.api import Outline, get_register, masked_when_opened, outline_of, worded
from yiwang.registers.contracts import RegisterNotFound
from yiwang.registers.definitions import SHAPES, RegisterDefinition


class ChangeRow(TypedDict):
    """One field."""

    title: Text
    before: Text
    #: As when asked, until the present values are taken after the entry has changed.
    present: Text
    wanted: Text
    differs: bool
    #: Of a shape: what it is now and what it should be.
    outline: Outline | None


class ChangePanel(TypedDict):
    """The whole panel."""

    act: Text
    register: Text
    version: int
    #: It says more than the answers, which hold no sensitive field and nothing that came later.
    needed: bool
    rows: list[ChangeRow]


_UNSEEN = Text("无权查阅", "not yours to see")


def _is_told(definition: RegisterDefinition, name: str) -> bool:
    """Whether a field, if there is such a one, is kept out of the answers, or drawn."""
    field = definition.find(name)
    return field is not None and (field.secrecy is Secrecy.SENSITIVE or field.kind in SHAPES)


def _unseen(title: Text) -> ChangeRow:
    return ChangeRow(
        title=title, before=_UNSEEN, present=_UNSEEN, wanted=_UNSEEN, differs=False, outline=None
    )


def change_panel(data: Mapping[str, Json], actor: Actor) -> ChangePanel | None:
    """The panel of a case; None if it asks for no change, or the register was closed since.

    Whoever would not see a field in the opened entry does not see it here.
    """
    asked = asked_change(data)
    if asked is None:
        return None
    try:
        definition = get_register(asked.register)
    except RegisterNotFound:
        return None
    hidden = masked_when_opened(actor, asked.register)
    rows: list[ChangeRow] = []
    for name, wanted in asked.values.items():
        if definition.find(name) is None:
            continue
        before, now = asked.before.get(name), asked.present.get(name)
        if name in hidden:
            rows.append(_unseen(definition.get(name).title))
            continue
        rows.append(
            ChangeRow(
                title=definition.get(name).title,
                before=worded(definition, name, before),
                present=worded(definition, name, now if asked.present else before),
                wanted=worded(definition, name, wanted),
                differs=bool(asked.present) and now != before,
                outline=outline_of(now if asked.present else before, wanted)
                if definition.get(name).kind in SHAPES
                else None,
            )
        )
    return ChangePanel(
        act=CHANGE_ACT_TEXTS[asked.act],
        register=definition.title,
        version=asked.version,
        needed=bool(asked.present) or any(_is_told(definition, name) for name in asked.values),
        rows=rows,
    )
