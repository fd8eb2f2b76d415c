"""Whether a situation fits the registers that it reads."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.exchange.contracts import Secrecy
from yiwang.insight.situations.definitions import Board, ListedRegister
from yiwang.kernel.text import Text
from yiwang.registers.definitions import FieldKind, RegisterDefinition

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
            yield (name,), Text("登记簿不公开", "the register is not open to everybody")
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


def list_misfits(listed: ListedRegister, register: RegisterDefinition) -> Iterator[Misfit]:
    """Columns that the register does not have."""
    asked = [*listed.columns, *([listed.only_field] if listed.only_field else [])]
    for name in asked:
        if register.find(name) is None:
            yield ("columns",), Text(f"登记簿没有字段“{name}”", f"the register has no field {name!r}")
