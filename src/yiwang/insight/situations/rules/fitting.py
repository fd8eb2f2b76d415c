"""Whether a situation fits the registers that it reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from yiwang.exchange.contracts import Secrecy
from yiwang.insight.situations.definitions import (
    Board,
    Borne,
    Follower,
    ListedRegister,
    Responses,
    Suggestion,
)
from yiwang.kernel.text import Text
from yiwang.registers.definitions import FieldKind, RegisterDefinition

_OF_RESPONSES = {
    "level": {FieldKind.CODE},
    "opened": {FieldKind.MOMENT},
    "closed": {FieldKind.MOMENT},
    "state": {FieldKind.CODE},
    "reason": {FieldKind.TEXT},
    "ending": {FieldKind.TEXT},
    "by": {FieldKind.TEXT},
}
_CLOSED = Text("登记簿不公开", "the register is not open to everybody")
_NUMBERS = frozenset({FieldKind.DECIMAL, FieldKind.INTEGER})
Misfit = tuple[tuple[str | int, ...], Text]
_VALUES = {
    "value": {FieldKind.DECIMAL, FieldKind.INTEGER},
    "moment": {FieldKind.MOMENT},
    "quantity": {FieldKind.CODE},
    "unit": {FieldKind.CODE},
    "station": {FieldKind.REFERENCE, FieldKind.TEXT},
}


def board_misfits(
    board: Board, stations: RegisterDefinition | None, values: RegisterDefinition | None
) -> Iterator[Misfit]:
    """What of a board does not fit, with its place; registers that are not known are told elsewhere."""
    for name, register in (("stations", stations), ("values", values)):
        if register is not None and not register.open:
            yield (name,), _CLOSED
    for name, kinds in _VALUES.items():
        if values is None:
            break
        field = values.find(str(getattr(board, name)))
        if field is None or field.kind not in kinds or field.secrecy is not Secrecy.PUBLIC:
            yield (
                (name,),
                Text("登记簿没有这样的公开字段", "the register has no such public field of a fitting kind"),
            )
    if stations is None:
        return
    names = {field.name for field in stations.fields if field.secrecy is Secrecy.PUBLIC}
    if not {"name", "name_en"} <= names or not any(
        field.kind is FieldKind.POINT and field.name in names for field in stations.fields
    ):
        yield (
            ("stations",),
            Text(
                "登记簿须有公开的name、name_en和坐标点字段",
                "the register needs public fields name, name_en and a point",
            ),
        )


def borne_misfits(
    board: Board,
    stations: RegisterDefinition | None,
    values: RegisterDefinition | None,
    followers: Mapping[str, RegisterDefinition],
) -> Iterator[Misfit]:
    """What stations and their followers can't bear; a field that may stand empty, of a fitting kind."""
    if board.bears is None:
        return
    if stations is not None:
        yield from _stations_misfits(board, board.bears, stations)
    measured = values.find(board.quantity) if values is not None else None
    for quantity in board.bears.quantities:
        if measured is not None and quantity not in {each.code for each in measured.codes}:
            yield ("quantities", quantity), Text("没有这样的监测项目", "there is no such quantity")
    for place, follower in enumerate(board.bears.followers):
        path = ("followers", place)
        if set(follower.levels) != {each.level for each in board.levels}:
            yield (*path, "levels"), Text("须写明每一级", "every level has to be given")
        register = followers.get(follower.register_code)
        if register is not None:
            for where, reason in _follower_misfits(follower, register):
                yield (*path, *where), reason


def _stations_misfits(board: Board, bears: Borne, stations: RegisterDefinition) -> Iterator[Misfit]:
    levels = {each.level for each in board.levels}
    yield from _written(stations, bears.level, {FieldKind.CODE}, ("level",), codes=levels)
    if bears.index is not None:
        yield from _written(stations, bears.index, _NUMBERS, ("index",))
    if bears.moment is not None:
        yield from _written(stations, bears.moment, {FieldKind.MOMENT}, ("moment",))
    for quantity, name in bears.quantities.items():
        yield from _written(stations, name, _NUMBERS, ("quantities", quantity))


def _follower_misfits(follower: Follower, register: RegisterDefinition) -> Iterator[Misfit]:
    if not register.open:
        yield ("register",), _CLOSED
    codes = set(follower.levels.values())
    yield from _written(register, follower.level, {FieldKind.CODE}, ("level",), codes=codes)
    for name in (follower.by, *([follower.at_least] if follower.at_least else [])):
        if register.find(name) is None:
            yield (), Text(f"登记簿没有字段“{name}”", f"the register has no field {name!r}")


def _written(
    register: RegisterDefinition,
    name: str,
    kinds: Collection[FieldKind],
    path: tuple[str | int, ...],
    *,
    codes: Collection[str] = (),
) -> Iterator[Misfit]:
    field = register.find(name)
    if field is None or field.kind not in kinds or field.secrecy is not Secrecy.PUBLIC or field.required:
        yield (
            path,
            Text(
                f"“{name}”须是种类相符、公开、可为空的字段",
                f"{name!r} has to be a public field of a fitting kind that may stand empty",
            ),
        )
        return
    lacking = sorted(set(codes) - {each.code for each in field.codes})
    if lacking:
        yield path, Text(f"“{name}”没有代码{lacking}", f"{name!r} has no codes {lacking}")


def responses_misfits(
    suggestion: Suggestion, responses: Responses, register: RegisterDefinition
) -> Iterator[Misfit]:
    """What a register can't say of a response that is opened and ended."""
    if not register.open:
        yield ("register",), _CLOSED
    if register.key_field.kind is not FieldKind.TEXT:
        yield ("register",), Text("主键须为文本", "its key has to be a text")
    levels = {each.level for each in suggestion.levels}
    for name, kinds in _OF_RESPONSES.items():
        field = register.find(str(getattr(responses, name)))
        if field is None or field.kind not in kinds or field.secrecy.level > Secrecy.INTERNAL.level:
            yield (name,), Text("登记簿没有这样的字段", "the register has no such field of a fitting kind")
            continue
        codes = {each.code for each in field.codes}
        if name == "state" and codes != {"open", "closed"}:
            yield (name,), Text("代码须为open和closed", "its codes have to be open and closed")
        if name == "level" and not codes <= levels:
            yield (name,), Text("有的代码不是响应级别", "some of its codes are no levels of the suggestion")


def list_misfits(listed: ListedRegister, register: RegisterDefinition) -> Iterator[Misfit]:
    """Columns that the register does not have."""
    asked = [*listed.columns, *([listed.only_field] if listed.only_field else [])]
    for name in asked:
        if register.find(name) is None:
            yield ("columns",), Text(f"登记簿没有字段“{name}”", f"the register has no field {name!r}")
