"""The results of table 3, as the annual report counts them."""

from __future__ import annotations

from itertools import groupby

from yiwang.portal.disclosure.rules.results import GROUP_TEXTS, RESULT_ROWS, ROWS, ResultGroup, ResultKind


def test_b10_the_rows_are_those_of_table_3_in_its_order() -> None:
    assert [row.kind for row in RESULT_ROWS] == list(ResultKind) == list(ROWS)
    assert [(group, len(list(rows))) for group, rows in groupby(row.group for row in RESULT_ROWS)] == [
        (ResultGroup.GRANTED, 1),
        (ResultGroup.PARTLY_GRANTED, 1),
        (ResultGroup.REFUSED, 8),
        (ResultGroup.CANNOT_PROVIDE, 3),
        (ResultGroup.NOT_HANDLED, 5),
        (ResultGroup.OTHER, 3),
    ]
    assert list(GROUP_TEXTS) == list(ResultGroup)
