"""Hostile and faulty expressions: each ends soon, in a FeelProblem that says where and why."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yiwang.kernel.feel import FeelProblem, compile_expression, compile_unary_tests


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("", 1, 1, "ends too early"),
        ("1 +", 1, 4, "ends too early"),
        ("1 +\n  * 2", 2, 3, "“*” is not expected"),
        ("1 2", 1, 3, "“2” is not expected"),
        ('"abc', 1, 1, "is not expected"),
        ("a }", 1, 3, "“}” is not expected"),
        ("x < 3 < 4", 1, 7, "“<” is not expected"),
        ("(1, 2)", 1, 1, "only after “in”"),
        ("{a: 1, a: 2}", 1, 1, "“a” stands twice"),
        ("nothing(1)", 1, 1, "no function called “nothing”"),
        ("1 + count()", 1, 5, "“count” does not take"),
        ('substring(text: "a", start position: 1)', 1, 1, "does not take"),
        ("? > 3", 1, 1, "only in a unary test"),
        ('@"2003-13-01"', 1, 1, "is not a date"),
        ('matches("a", "(b")', 1, 14, "the pattern is refused"),
        (r'matches("a", "(a)\1")', 1, 14, "back references"),
        ("x instance of colour", 1, 15, "no type called “colour”"),
        ("9" * 40, 1, 1, "34 digits"),
        (r'"\q"', 1, 1, "unknown escape"),
        ("1" + " + 1" * 5000, 1, 1, "longer than 10000"),
        ("(" * 3000 + "1" + ")" * 3000, 1, 61, "nested too deeply"),
        ("[" * 3000 + "]" * 3000, 1, 120, "nested too deeply"),
        ("-" * 3000 + "1", 1, 120, "nested too deeply"),
        ("x.__class__.__mro__ + ", 1, 23, "ends too early"),
    ],
)  # fmt: skip
def test_refused_when_compiled(text: str, line: int, column: int, reason: str) -> None:
    with pytest.raises(FeelProblem) as caught:
        compile_expression(text)

    assert (caught.value.line, caught.value.column) == (line, column)
    assert reason in caught.value.sentence.en
    assert caught.value.sentence.zh.startswith(f"表达式第{line}行第{column}列：")


DOUBLING = "{a0: [1], " + ", ".join(f"a{i}: [a{i - 1}, a{i - 1}]" for i in range(1, 100)) + "}.a99"


@pytest.mark.parametrize(
    "text",
    [
        "for a in 1..1000, b in 1..1000 return 1",
        "for a in 1..100000000000 return a",
        "some a in 1..1000, b in 1..1000 satisfies false",
        "(function(f) f(f))(function(f) f(f))",
        DOUBLING,
        f"flatten({DOUBLING})",
        f"string({DOUBLING})",
        f"{DOUBLING} = {DOUBLING}",
        'for i in 1..100000 return "' + "x" * 5000 + '" + "' + "x" * 4000 + '"',
        'for i in 1..90000 return upper case("' + "x" * 9000 + '")',
        "for i in 1..90000 return [" + ",".join(["i + 1"] * 1500) + "]",
        'for i in 1..90000 return matches("' + "a" * 400 + '", "^(a+)+(a*)*(?:a?){500}$")',
        'replace("' + "a" * 4000 + '", "a", "' + "b" * 4000 + '")',
        "for i in 1..90000 return 1.000001 ** 9999.5",
        "count(for i in 1..20000 return append(partial, 1))",
        "for i in 1..10 return partial",
    ],
)
def test_refused_when_too_costly(text: str) -> None:
    """By count: some run for half a second; without it they would run for ever."""
    expression = compile_expression(text)

    with pytest.raises(FeelProblem):
        expression.evaluate({})


def test_python_is_out_of_reach() -> None:
    class Secret:
        key = "x"

    with pytest.raises(TypeError, match="FEEL has no value for Secret"):
        compile_expression("secret.key").evaluate({"secret": Secret()})
    assert compile_expression("text.__class__").evaluate({"text": "a"}) is None
    assert compile_expression("list.append").evaluate({"list": [1]}) == [None]


def test_present_instant_must_be_given() -> None:
    with pytest.raises(FeelProblem, match="no present instant"):
        compile_expression("today()").evaluate({})


def test_cell_with_input_inside_only() -> None:
    assert compile_unary_tests("? = 1").accepts(1, {}) is True
    with pytest.raises(FeelProblem):
        compile_unary_tests("not(1")


def test_numbers_beyond_reach_are_null() -> None:
    context = {"nan": float("nan"), "huge": Decimal("Infinity"), "one": 1}

    assert compile_expression("nan").evaluate(context) is None
    assert compile_expression("huge").evaluate(context) is None
    assert compile_expression("one").evaluate(context) == Decimal(1)
