"""Registers that grids and checks of the ground name: what is not there is said at its place."""

from __future__ import annotations

from pathlib import Path

from yiwang.maps.named_registers import SHAPE, misnamed
from yiwang.packs.contracts import Definition, Known, SourceFile

SOURCE = SourceFile(pack="p", path=Path("g.yaml"), shown="p/grids/g.yaml", content=b"", lines={("cells",): 4})
FIELDS = [
    {
        "id": number,
        "name": name,
        "kind": kind,
        "title": {"zh": name, "en": name},
        "secrecy": "public",
        **more,
    }
    for number, (name, kind, more) in enumerate(
        [
            ("code", "text", {"required": True, "unique": True, "max_length": 9}),
            ("border", "area", {"searchable": True}),
        ],
        start=1,
    )
]
CELLS = {
    "code": "cells",
    "title": {"zh": "格", "en": "Cells"},
    "summary": {"zh": "格", "en": "Cells"},
    "owner": "planning",
    "key": "code",
    "fields": FIELDS,
}
KNOWN = Known(
    {
        ("registers", "cells"): Definition(
            kind="registers", code="cells", source=SOURCE, content=CELLS, digest=""
        )
    },
    faulty=[("registers", "spoilt")],
)


def _said(register: str, fields: dict[tuple[str, ...], str]) -> list[tuple[int, str, str]]:
    found = misnamed(SOURCE, KNOWN, register, fields, at=("cells",))
    return [(each.line, each.path, each.reason.en) for each in found]


def test_d44_a_register_with_the_fields_is_in_order() -> None:
    assert _said("cells", {SHAPE: "border", ("code",): "code"}) == []


def test_d44_what_is_not_there_or_of_another_kind_is_said_at_its_place() -> None:
    assert _said("nowhere", {SHAPE: "border"}) == [(4, "cells.register", "there is no register 'nowhere'")]
    assert _said("cells", {SHAPE: "code", ("code",): "border", ("cell",): "row"}) == [
        (4, "cells.shape", "the field 'code' is of another kind"),
        (4, "cells.code", "the field 'border' is of another kind"),
        (4, "cells.cell", "the register 'cells' has no field 'row'"),
    ]


def test_d44_a_faulty_register_is_told_by_its_own_faults() -> None:
    assert _said("spoilt", {SHAPE: "border"}) == []
