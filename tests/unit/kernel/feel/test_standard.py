"""Examples of the DMN standard (chapter 10.3) and the behaviours that its tables prescribe."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from yiwang.kernel.feel import Range, YearsMonths, compile_expression, compile_unary_tests

AT = datetime(2003, 7, 1, 20, 0, tzinfo=UTC)  # already the second of July in Guangzhou
SHANGHAI = ZoneInfo("Asia/Shanghai")
CONTEXT = {
    "answers": {
        "kind": "new",
        "area": 1200,
        "ratio": 0.1,
        "rows": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}, {"a": 3}],
        "born": "1990-02-03",
    },
    "departments": ("fire", "planning"),
    "x": 5,
}


def value_of(text: str) -> object:
    return compile_expression(text).evaluate(CONTEXT, at=AT)


def D(text: str) -> Decimal:  # noqa: N802 - stands for Decimal
    return Decimal(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # numbers
        ("1 + 2 * 3", D("7")),
        ("(1 + 2) * 3", D("9")),
        ("10 / 4", D("2.5")),
        ("1 / 3", D("0.3333333333333333333333333333333333")),
        ("1 / 0", None),
        ("2 ** 10", D("1024")),
        ("-2 ** 2", D("4")),
        ("0.1 + 0.2 = 0.3", True),
        ("answers.ratio + 0.2 = 0.3", True),
        ("10 ** 10000", None),
        ("1 + null", None),
        ('1 + "1"', None),
        # texts
        ('"foo" + "bar"', "foobar"),
        (r'"\"q\" \u5E7F"', '"q" 广'),
        # logic (table 38)
        ("true and null", None),
        ("false and null", False),
        ("true or null", True),
        ("false or null", None),
        ('true and "x"', None),
        # equality (table 42)
        ("null = null", True),
        ("answers.absent = null", True),
        ('answers.absent = "x"', False),
        ('answers.absent != "x"', True),
        ('1 = "1"', None),
        ("[1, 2] = [1, 2]", True),
        ("{a: 1, b: [2]} = {b: [2], a: 1}", True),
        ("[1..5] = [1..5]", True),
        ("[1..5] = [1..5)", False),
        # order
        ('"a" < "b"', True),
        ("null < 1", None),
        ("true < false", None),
        ("x between 1 and 5", True),
        ("x between 6 and 7 or true", True),
        # in
        ("x in (1, 5)", True),
        ("x in (< 3, >= 5)", True),
        ("x in [1..5)", False),
        ("x in ]4..5]", True),
        ("x in [5..6[ and true", True),
        ("x in [1, [5..9]]", True),
        ("x in > 4", True),
        ('"fire" in departments', True),
        # if
        ("if answers.absent then 1 else 2", D("2")),
        ('1 + if x > 3 then 1 else 2', D("2")),
        # for, some, every
        ("for i in [1, 2, 3] return i * i", [D("1"), D("4"), D("9")]),
        ("for i in 1..3 return i", [D("1"), D("2"), D("3")]),
        ("for i in 3..1 return i", [D("3"), D("2"), D("1")]),
        ("for i in [1, 2], j in [10, 20] return i + j", [D("11"), D("21"), D("12"), D("22")]),
        ("for i in 0..3 return if i = 0 then 1 else i * partial[-1]", [D("1"), D("1"), D("2"), D("6")]),
        ("some r in answers.rows satisfies r.a > 2", True),
        ('every r in answers.rows satisfies r.b = "x"', False),
        ("every r in [] satisfies false", True),
        ("some r in [null, 1] satisfies r > 3", None),
        # lists, filters, projections
        ("answers.rows.a", [D("1"), D("2"), D("3")]),
        ("answers.rows[a > 1].b", ["y", None]),
        ("answers.rows[item.a = 1].b", ["x"]),
        ("answers.rows[2].b", "y"),
        ("answers.rows[-1].a", D("3")),
        ("[1, 2, 3][4]", None),
        ("[1, 2, 3][item >= 2]", [D("2"), D("3")]),
        ("answers.absent[1]", None),
        ("[{x: 1, y: 2}, {x: 2, y: 3}][x = 1]", [{"x": D("1"), "y": D("2")}]),
        ("5[1]", D("5")),
        # contexts and functions
        ("{a: 1, b: a + 1}.b", D("2")),
        ("(function(a, b) a + b)(1, 2)", D("3")),
        ("{f: function(n: number) n * 2, r: f(21)}.r", D("42")),
        # types
        ('"x" instance of string', True),
        ("1 instance of string", False),
        ("null instance of Any", False),
        ('[1, 2] instance of list<number>', True),
        ('[1, "2"] instance of list<number>', False),
        ('@"P1Y" instance of years and months duration', True),
        # comments
        ("// note\n1 /* more */ + 1", D("2")),
    ],
)  # fmt: skip
def test_expression(text: str, expected: object) -> None:
    assert value_of(text) == expected
    assert type(value_of(text)) is type(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('date("2012-12-25")', date(2012, 12, 25)),
        ("date(2012, 12, 25)", date(2012, 12, 25)),
        ('date("2012-02-30")', None),
        ('date(date and time("2012-12-25T11:00:00Z"))', date(2012, 12, 25)),
        ('time("23:59:00Z")', time(23, 59, tzinfo=UTC)),
        ('time(23, 59, 0, duration("-PT8H")).hour', D("23")),
        ('date and time("2012-12-24T23:59:00")', datetime(2012, 12, 24, 23, 59)),
        ('date and time(date("2012-12-24"), time("23:59:00"))', datetime(2012, 12, 24, 23, 59)),
        ('date("2012-12-25") - date("2012-12-24")', timedelta(days=1)),
        ('date("2003-01-31") + duration("P1M")', date(2003, 2, 28)),
        ('date("2003-01-31") + duration("P20D")', date(2003, 2, 20)),
        ('duration("P2Y2M")', YearsMonths(26)),
        ('duration("P3DT4H") > duration("P3D")', True),
        ('duration("P1D") * 1.5', timedelta(hours=36)),
        ('duration("P1D") / duration("PT6H")', D("4")),
        ('years and months duration(date("2011-12-22"), date("2013-08-24"))', YearsMonths(20)),
        ('date("2005-09-07").weekday', D("3")),
        ('day of week(date("2019-09-17"))', "Tuesday"),
        ('day of year(date("2019-09-17"))', D("260")),
        ('duration("P3DT4H5M").hours', D("4")),
        ('duration("-P26M").years', D("-2")),
        ("today()", date(2003, 7, 2)),
        ("now()", datetime(2003, 7, 2, 4, tzinfo=SHANGHAI)),
        ("today() - date(answers.born) > @\"P18D\"", True),
        ('@"2003-07-01T08:30:00+08:00" = @"2003-07-01T00:30:00Z"', True),
        ('is(@"2003-07-01T08:30:00+08:00", @"2003-07-01T00:30:00Z")', False),
        ('@"2003-07-01T08:30:00" < @"2003-07-01T00:30:00Z"', None),
        ('date("2003-07-01") in [@"2003-01-01"..@"2003-12-31"]', True),
        ('string(@"2003-07-01T08:30:00.5@Asia/Shanghai")', "2003-07-01T08:30:00.5@Asia/Shanghai"),
        ('string(@"-P1DT2H3M4.5S")', "-P1DT2H3M4.5S"),
        ('string(@"P14M")', "P1Y2M"),
        ('string(@"PT0S")', "PT0S"),
        ('@"9999-12-31" + @"P1D"', None),
        ('duration("P999999999Y") + duration("P1Y") > duration("P1Y")', True),
    ],
)  # fmt: skip
def test_time(text: str, expected: object) -> None:
    assert value_of(text) == expected
    assert type(value_of(text)) is type(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('substring("foobar", 3)', "obar"),
        ('substring("foobar", 3, 3)', "oba"),
        ('substring("foobar", -2, 1)', "a"),
        ('substring(string: "foobar", start position: 3)', "obar"),
        ('string length("广州")', D("2")),
        ('upper case("aBc4")', "ABC4"),
        ('lower case("aBc4")', "abc4"),
        ('substring before("foobar", "bar")', "foo"),
        ('substring after("foobar", "ob")', "ar"),
        ('substring after("", "a")', ""),
        ('contains("foobar", "of")', False),
        ('starts with("foobar", "fo")', True),
        ('ends with("foobar", "r")', True),
        ('matches("foobar", "^fo*b")', True),
        ('matches("FOO", "foo", "i")', True),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', "[1=ab][2=]cd"),
        (r'replace("a1b22", "\d+", "#")', "a#b#"),
        ('split("John Doe", "\\s")', ["John", "Doe"]),
        ('split("a;b;;", ";")', ["a", "b", "", ""]),
        ('string join(["a", null, "b"], ", ")', "a, b"),
        ("string(1.10)", "1.1"),
        ('string({a: [1, "x", null]})', '{a: [1, "x", null]}'),
        ('number("1 500,5", " ", ",")', D("1500.5")),
        ('number("1_000")', None),
        ("list contains([1, 2, null], null)", True),
        ("count([1, 2])", D("2")),
        ("min([1, 2, 3])", D("1")),
        ("max(1, 2, 3)", D("3")),
        ('max("a", "b")', "b"),
        ("min([])", None),
        ('min(1, "a")', None),
        ("sum(1, 2, 3)", D("6")),
        ("sum([])", None),
        ('sum([1, "2"])', None),
        ("mean(1, 2, 3)", D("2")),
        ("median(8, 2, 5, 3, 4)", D("4")),
        ("median([6, 1, 2, 3])", D("2.5")),
        ("stddev(2, 4, 7, 5)", D("2.081665999466132735282297706979931")),
        ("mode([6, 1, 9, 6, 1])", [D("1"), D("6")]),
        ("product(2, 3, 4)", D("24")),
        ("sublist([4, 5, 6], 1, 2)", [D("4"), D("5")]),
        ("append([1], 2, 3)", [D("1"), D("2"), D("3")]),
        ("concatenate([1, 2], [3])", [D("1"), D("2"), D("3")]),
        ("insert before([1, 3], 1, 2)", [D("2"), D("1"), D("3")]),
        ("remove([1, 2, 3], 2)", [D("1"), D("3")]),
        ("reverse([1, 2])", [D("2"), D("1")]),
        ("index of([1, 2, 3, 2], 2)", [D("2"), D("4")]),
        ("union([1, 2], [2, 3])", [D("1"), D("2"), D("3")]),
        ("distinct values([1, 2, 1])", [D("1"), D("2")]),
        ("flatten([[1, 2], [[3]], 4])", [D("1"), D("2"), D("3"), D("4")]),
        ("sort([3, 1, 2], function(x, y) x > y)", [D("3"), D("2"), D("1")]),
        ("sort([3, 1, 2])", [D("1"), D("2"), D("3")]),
        ("decimal(1/3, 2)", D("0.33")),
        ("decimal(2.5, 0)", D("2")),
        ("floor(-1.5)", D("-2")),
        ("ceiling(1.5)", D("2")),
        ("round up(-5.5, 0)", D("-6")),
        ("round down(5.5, 0)", D("5")),
        ("round half up(1.126, 2)", D("1.13")),
        ("round half down(-2.5, 0)", D("-2")),
        ("decimal(1, 99999)", None),
        ("abs(-10)", D("10")),
        ('abs(@"-P1D")', timedelta(days=1)),
        ("modulo(-12, 5)", D("3")),
        ("modulo(12, -5)", D("-3")),
        ("modulo(10.1, 4.5)", D("1.1")),
        ("modulo(1, 0)", None),
        ("sqrt(16)", D("4")),
        ("odd(5)", True),
        ("even(-2)", True),
        ("not(true)", False),
        ('not("x")', None),
        ("all([true, null, false])", False),
        ("all([true, null])", None),
        ("all([])", True),
        ("any([false, null, true])", True),
        ("any([])", False),
        ("all(true, false)", False),
        ('get value({key1: "value1"}, "key1")', "value1"),
        ('get entries({key1: "value1"})', [{"key": "key1", "value": "value1"}]),
        ('context put({x: 1}, "y", 2)', {"x": D("1"), "y": D("2")}),
        ("context merge([{x: 1, y: 0}, {y: 2}])", {"x": D("1"), "y": D("2")}),
        ('context([{key: "a", value: 1}])', {"a": D("1")}),
        ('string length(["ab"])', D("2")),
        ("count(null)", None),
    ],
)
def test_builtin(text: str, expected: object) -> None:
    assert value_of(text) == expected
    assert type(value_of(text)) is type(expected)


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("-", None, True),
        ("", 1, True),
        ("< 10", 9, True),
        (">= 10", 9, False),
        ("< 10", None, None),
        ("= 9", 9, True),
        ("!= 9", 9, False),
        ("[1..5]", 5, True),
        ("[1..5)", 5, False),
        ("]1..5]", 1, False),
        ("[1..2], [7..9]", 8, True),
        ('"a", "b"', "b", True),
        ('not("a", "b")', "b", False),
        ('not("a", "b")', "c", True),
        ("not(> 3)", None, None),
        ("null", None, True),
        ("true", True, True),
        ("false", True, False),
        ("? > 3 and ? < 5", 4, True),
        ('starts with(?, "G")', "GZ", True),
        ("departments", "fire", True),
        ("x", 5, True),
        ("> x", 6, True),
        ('date("2003-07-01")', date(2003, 7, 1), True),
        ('< date("2003-07-01")', date(2003, 6, 30), True),
        ("-5", -5, True),
        ('list contains(?, "a")', ["a"], True),
    ],
)
def test_unary_tests(cell: str, value: object, expected: object) -> None:
    assert compile_unary_tests(cell).accepts(value, CONTEXT, at=AT) is expected


def test_range_is_a_value() -> None:
    assert value_of("[1..x)") == Range(D("1"), D("5"), includes_start=True, includes_end=False)


@pytest.mark.parametrize(
    ("text", "sure", "perhaps"),
    [
        ('answers.kind = "new" and x > 3', {"answers.kind", "x"}, set()),
        ("count(answers.rows[a > limit].b)", {"answers.rows"}, {"a", "limit"}),
        ("some r in answers.rows satisfies r.a > x", {"answers.rows", "x"}, set()),
        ("{a: 1, b: a + c}", {"c"}, set()),
        ("(function(p) p + q)(1)", {"q"}, set()),
        ("for i in 1..n return partial[1] + i", {"n"}, set()),
        ("get value(answers, key)", {"answers", "key"}, set()),
    ],
)
def test_free_names(text: str, sure: set[str], perhaps: set[str]) -> None:
    expression = compile_expression(text)

    assert expression.names == sure
    assert expression.item_names == perhaps
