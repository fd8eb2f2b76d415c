"""The change of a register that a case asks for, as rows: when asked, now, wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from yiwang.cases.contracts.changes import CHANGE_ACT_TEXTS, asked_change
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.registers.api import get_register, worded
from yiwang.registers.contracts import RegisterNotFound


class ChangeRow(TypedDict):
    """One field."""

    title: Text
    before: Text
    #: Where the present values were taken after the entry had changed.
    present: Text | None
    wanted: Text
    differs: bool


class ChangePanel(TypedDict):
    """The whole panel."""

    act: Text
    register: Text
    version: int
    renewed: bool
    rows: list[ChangeRow]


def change_panel(data: Mapping[str, Json]) -> ChangePanel | None:
    """The panel of a case; None if it asks for no change, or the register was closed since."""
    asked = asked_change(data)
    if asked is None:
        return None
    try:
        definition = get_register(asked.register)
    except RegisterNotFound:
        return None
    rows: list[ChangeRow] = []
    for name, wanted in asked.values.items():
        if definition.find(name) is None:
            continue
        before, now = asked.before.get(name), asked.present.get(name)
        rows.append(
            ChangeRow(
                title=definition.get(name).title,
                before=worded(definition, name, before),
                present=worded(definition, name, now) if asked.present else None,
                wanted=worded(definition, name, wanted),
                differs=bool(asked.present) and now != before,
            )
        )
    return ChangePanel(
        act=CHANGE_ACT_TEXTS[asked.act],
        register=definition.title,
        version=asked.version,
        renewed=bool(asked.present),
        rows=rows,
    )
