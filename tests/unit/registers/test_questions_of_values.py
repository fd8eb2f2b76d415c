"""D23: the answer to a declared question, from a value alone."""

from __future__ import annotations

from datetime import date

import pytest

from yiwang.exchange.contracts import Question
from yiwang.exchange.contracts import Test as Asked
from yiwang.kernel.text import Text
from yiwang.registers.definitions import FieldKind
from yiwang.registers.rules.questions import answered


@pytest.mark.parametrize(
    ("test", "bounds", "kind", "value", "said"),
    [
        (Asked.YEARS_AT_LEAST, ("18",), FieldKind.DATE, "2008-02-28", False),  # the anniversary itself
        (Asked.YEARS_AT_LEAST, ("18",), FieldKind.DATE, "2008-02-27", True),
        (Asked.YEARS_AT_LEAST, ("18",), FieldKind.DATE, None, None),
        (Asked.ON_OR_BEFORE, ("2000-01-01",), FieldKind.DATE, "2000-01-01", True),
        (Asked.ON_OR_BEFORE, ("2000-01-01",), FieldKind.DATE, "2000-01-02", False),
        (Asked.ON_OR_AFTER, ("2000-01-01",), FieldKind.DATE, "1999-12-31", False),
        (Asked.AT_LEAST, ("1000.50",), FieldKind.MONEY, "1000.50", True),
        (Asked.AT_MOST, ("1000.50",), FieldKind.MONEY, "1000.51", False),
        (Asked.AT_LEAST, ("9",), FieldKind.INTEGER, 10, True),
        (Asked.ONE_OF, ("1", "2"), FieldKind.CODE, "2", True),
        (Asked.ONE_OF, ("1",), FieldKind.CODE, "12", False),
        (Asked.ONE_OF, ("440103",), FieldKind.DIVISION, "440103001101", True),
        (Asked.ONE_OF, ("440103",), FieldKind.DIVISION, "440104001101", False),
    ],
)
def test_d23_a_question_of_a_value(test, bounds, kind, value, said):
    question = Question(name="q", title=Text("问", "q"), field="f", test=test, bounds=bounds)

    assert answered(question, kind, value, today=date(2026, 2, 28)) is said


def test_years_from_a_leap_day_have_a_last_day_too():
    question = Question(
        name="q", title=Text("问", "q"), field="f", test=Asked.YEARS_AT_LEAST, bounds=("18",)
    )  # fmt: skip
    kind, leap_day = FieldKind.DATE, date(2024, 2, 29)

    # eighteen years before 29 February 2024 there was no such day: its place is the 28th's
    assert answered(question, kind, "2006-02-28", today=leap_day) is False
    assert answered(question, kind, "2006-02-27", today=leap_day) is True
