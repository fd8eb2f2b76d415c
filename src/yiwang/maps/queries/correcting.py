"""Corrections of features: which fields may be asked for on the map, and the request itself.

The map writes nothing: what is wanted goes to the desk for changes of registers, which opens a case; its
approval writes the register, and the tiles show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.queries.layers import ReadLayer
from yiwang.maps.queries.one_feature import WholeFeature
from yiwang.maps.rules.texts import text_of
from yiwang.platform.contracts import Actor
from yiwang.registers.api import CHANGE_DESK, CHANGE_DESKS, WantedChange, masked_when_opened
from yiwang.registers.definitions import FieldDefinition

_SAME = Text("没有改动：请移动图形或改写字段", "Nothing differs: move the shape or change a field")
_NO_SHAPE = Text("图形不能为空", "The shape must not be empty")


def may_correct(actor: Actor | None, read: ReadLayer) -> bool:
    """Whether an officer, or a department's system, may ask for corrections of a layer's features."""
    if actor is None or actor.kind == "citizen" or CHANGE_DESK not in CHANGE_DESKS:
        return False
    if read.layer.cases or read.layer.measure is not None:  # changed on the desk; numbers of another register
        return False
    return CHANGE_DESKS.get(CHANGE_DESK).may_ask(actor, read.drawn.definition.code)


def correctable(actor: Actor, read: ReadLayer) -> tuple[FieldDefinition, ...]:
    """Fields beside the shape: those that the layer shows, in clear and not its key."""
    definition = read.drawn.definition
    hidden = masked_when_opened(actor, definition.code)
    return tuple(
        field
        for field in definition.fields
        if field.name in read.seen
        and field.name not in hidden
        and field.name != definition.key
        and field.secrecy.level < Secrecy.PERSONAL.level
    )


def ask_correction(
    *,
    actor: Actor,
    at: datetime,
    read: ReadLayer,
    feature: WholeFeature,
    act: Literal["correction", "change"],
    shape: str,
    values: Mapping[str, str],
    reason: str,
) -> str:
    """Ask for what differs; gives the address of the case.

    Raises:
        LayerNotFound: this reader may not ask for changes of it.
        InvalidInput: nothing differs, or the shape is empty.
        EntryRefused: the register would refuse it, such as a border that crosses itself.
    """
    if not may_correct(actor, read):
        raise LayerNotFound(layer=read.layer.code)
    if not shape.strip():
        raise InvalidInput(problems=(FieldProblem("shape", _NO_SHAPE),))
    offered = {field.name for field in correctable(actor, read)}
    wanted = {
        name: said for name, said in values.items() if name in offered and said != as_typed(feature, name)
    }
    if shape.strip() != feature.shape:
        wanted[read.drawn.shape.name] = shape
    if not wanted:
        raise InvalidInput(problems=(FieldProblem("shape", _SAME),))
    asked = WantedChange(
        register=read.drawn.definition.code,
        entry=feature.entry,
        act=act,
        values={name: said or None for name, said in wanted.items()},
        reason=reason,
    )
    return CHANGE_DESKS.get(CHANGE_DESK).ask(actor, asked, at=at)


def ask_end(*, actor: Actor, at: datetime, read: ReadLayer, feature: WholeFeature, reason: str) -> str:
    """Ask that a feature's entry ends; gives the address of the case.

    Raises:
        LayerNotFound: this reader may not ask for changes of it.
    """
    if not may_correct(actor, read):
        raise LayerNotFound(layer=read.layer.code)
    asked = WantedChange(
        register=read.drawn.definition.code, entry=feature.entry, act="retire", values={}, reason=reason
    )
    return CHANGE_DESKS.get(CHANGE_DESK).ask(actor, asked, at=at)


def enterable(actor: Actor, read: ReadLayer) -> tuple[FieldDefinition, ...]:
    """Fields that a new entry may be given here beside its shape: those that he sees in clear, its key too.

    More than the layer shows: what is required has to be said by whoever adds something.
    """
    drawn = read.drawn
    hidden = masked_when_opened(actor, drawn.definition.code)
    return tuple(
        field
        for field in drawn.definition.fields
        if field.name in drawn.columns
        and field.name in drawn.clear - hidden
        and field.secrecy.level < Secrecy.PERSONAL.level
    )


def ask_new(
    *, actor: Actor, at: datetime, read: ReadLayer, shape: str, values: Mapping[str, str], reason: str
) -> str:
    """Ask that an entry be added; gives the address of the case.

    Raises:
        LayerNotFound: this reader may not ask for changes of it.
        InvalidInput: the shape is empty.
        EntryRefused: the register would refuse it, each fault with its field.
    """
    if not may_correct(actor, read):
        raise LayerNotFound(layer=read.layer.code)
    if not shape.strip():
        raise InvalidInput(problems=(FieldProblem("shape", _NO_SHAPE),))
    offered = {field.name for field in enterable(actor, read)}
    said = {name: value for name, value in values.items() if name in offered and value.strip()}
    asked = WantedChange(
        register=read.drawn.definition.code,
        entry=None,
        act="enter",
        values={**said, read.drawn.shape.name: shape},
        reason=reason,
    )
    return CHANGE_DESKS.get(CHANGE_DESK).ask(actor, asked, at=at)


def as_typed(feature: WholeFeature, name: str) -> str:
    """A value as it stands in a field to be changed."""
    return text_of(feature.values.get(name))
