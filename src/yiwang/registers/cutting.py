"""Registers count their entries by fields, for releases of open data: the cut of a register."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from yiwang.exchange.contracts import CutField, ResourceInfo
from yiwang.kernel.text import Text
from yiwang.registers.definitions import FieldKind
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import rows

#: More groups than this are no table that anybody reads, and their sorting would hold the worker up.
_MOST_GROUPS = 20_000
_FREE = frozenset(
    {
        FieldKind.RESIDENT_ID,
        FieldKind.PHONE,
        FieldKind.ADDRESS,
        FieldKind.LONG_TEXT,
        FieldKind.JSON,
        FieldKind.POINT,
        FieldKind.MOMENT,
        FieldKind.REFERENCE,
    }
)


class RegisterCuts:
    """Counts of the present entries of a register."""

    def refuses(self, resource: ResourceInfo, fields: Sequence[CutField]) -> Text | None:
        """Why these fields cannot be counted by: keys, people's numbers, addresses, free text never can."""
        register = get_register(resource.source)
        for asked in fields:
            field = register.find(asked.name)
            if field is None or field.kind in _FREE or field.unique or field.encrypted:
                return Text(f"不能按“{asked.name}”分组", f"entries are not counted by {asked.name!r}")
        return None

    def count_by(
        self, resource: ResourceInfo, fields: Sequence[CutField]
    ) -> list[tuple[tuple[str, ...], int]] | None:
        """Numbers of entries by values, empty texts for no value; None when there are too many groups."""
        columns = [
            sql.SQL("coalesce(left({}::text, {}), '')").format(
                sql.Identifier("t", field.name), sql.Literal(field.first or 200)
            )
            for field in fields
        ]
        statement = sql.SQL("SELECT {}, count(*) FROM {} t GROUP BY {} ORDER BY {} LIMIT {}").format(
            sql.SQL(", ").join(columns),
            table(get_register(resource.source).code),
            *(sql.SQL(", ").join(sql.SQL(str(place + 1)) for place in range(len(fields))) for _ in range(2)),
            sql.Literal(_MOST_GROUPS + 1),
        )
        found = [(tuple(str(value) for value in row[:-1]), int(row[-1])) for row in rows(statement)]
        return found if len(found) <= _MOST_GROUPS else None
