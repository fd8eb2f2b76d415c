"""What a trace line writes: its row, and the leaf in the ledger that commits to it."""

from __future__ import annotations

from typing import LiteralString

from django.db import connection

from yiwang.exchange.evidence import LEAF_KIND, LEAF_SUBJECT, evidence_of
from yiwang.exchange.models import TraceLine
from yiwang.platform import sql
from yiwang.trust import api as trust

#: Stands for the number that only the statement knows; longer than any that the evidence can hold.
NUMBER = 10**17 + 3

_COLUMNS = tuple(
    (column.attname, (column.db_type(connection) or "text").partition("(")[0])
    for column in TraceLine._meta.concrete_fields
    if column.attname not in ("id", "size")
)
_PARAMETERS = tuple((f"trace_{name}", name) for name, _ in _COLUMNS)
#: Columns of a line but its number and size, and their values by :func:`column_params`.
COLUMNS: LiteralString = ", ".join(name for name, _ in _COLUMNS)
VALUES: LiteralString = ", ".join(f"%(trace_{name})s::{kind}" for name, kind in _COLUMNS)

_ROW: LiteralString = f"""
INSERT INTO exchange_traceline ({COLUMNS}, size) VALUES ({VALUES}, %(trace_size)s::integer) RETURNING id
"""
_CONTENT: LiteralString = """
SELECT %(ledger_content_subject)s::text || t.id AS subject,
  %(ledger_content_head)s::text || t.id || %(ledger_content_tail)s::text AS content FROM trace t
"""


def keep_line(line: TraceLine) -> int:
    """Write a line and its leaf in the current transaction; gives its number."""
    ((number,),) = sql.write_parts(line_parts(line), giving="SELECT id FROM trace")
    if not isinstance(number, int):
        raise TypeError("the statement gives the number of the line")
    return number


def line_parts(line: TraceLine) -> list[sql.Part]:
    """The same as parts of the caller's statement, whose other parts read ``id`` from ``trace``."""
    line.pk = NUMBER
    head, _, tail = trust.canonical_text(evidence_of(line)).partition(str(NUMBER))
    content = {
        "ledger_content_subject": LEAF_SUBJECT,
        "ledger_content_head": head,
        "ledger_content_tail": tail,
    }
    return [
        sql.Part("trace", _ROW, {**column_params(line), "trace_size": line.size}),
        sql.Part("ledger_content", _CONTENT, content),
        sql.Part("computed_leaf", trust.COMPUTED_LEAF, trust.computed_params(LEAF_KIND, at=line.at)),
    ]


def column_params(line: TraceLine) -> dict[str, object]:
    """What :data:`VALUES` takes."""
    values = {name: getattr(line, column) for name, column in _PARAMETERS}
    return values | {"trace_fields": sql.json_text(line.fields)}
