"""Files that are refused, with file, line and reason; overlaps; gaps as warnings."""

from __future__ import annotations

import pytest
from tests.unit.cases.dmn.tables import HEAD, document, model, require, table

from yiwang.cases.rules.dmn.checks import check_model
from yiwang.cases.rules.dmn.reading import read_model

X = [("x", "number")]
OUT = [("out", "string")]
BILLION = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, ""),
        (b"<definitions", 1, ""),
        (b"\n<definitions/>", 2, "not a DMN file"),
        (f"<?xml version='1.0'?>\n{BILLION}<d>&b;</d>".encode(), 2, "a document type is not allowed"),
        (b"<?xml version='1.0' encoding='UTF-16'?><d/>", 1, "encoding must be UTF-8"),
        (b"<d>\n\xff</d>", 2, "not UTF-8"),
        (b"<d>" * 300 + b"</d>" * 300, 1, ""),
        (b" " * 2_000_001, 1, "larger than"),
        (document(), 1, "holds no decision"),
        (document(table(X, OUT, [["<", '"a"']])), 2, "“<”, column 2: the expression ends too early"),
        (document(table(X, OUT, [["nothing(?)", '"a"']])), 2, "no function called “nothing”"),
        (document(table(X, OUT, [["-", ""]])), 2, "an expression is missing"),
        (document(table(X, OUT, [["-"]])), 2, "it has 1 conditions and 0 answers, not 1 and 1"),
        (document(table(X, OUT, [])), 2, "the table has no rule"),
        (document(table(X, [("a",), ("a",)], [["-", "1", "2"]])), 2, "each output needs a name of its own"),
        (document(table(X, OUT, [["-", "1"]], policy="BEST")), 2, "unknown hit policy “BEST”"),
        (document(table([("x", "colour")], OUT, [["-", "1"]])), 2, "unknown type “colour”"),
        (document(table(X, OUT, [["-", "1"]], needs=require("z"))), 2, "it needs “z”, which is not"),
        (document('<decision id="d"><context/></decision>'), 2, "<context> is not supported here"),
        (document('<decision id="d"/>'), 2, "one table or one literal expression"),
        (document("<businessKnowledgeModel/>"), 2, "this part of DMN is not supported here"),
        (
            document(
                table(X, OUT, [["-", "1"]], key="a", needs=require(decisions=["b"])),
                table(X, OUT, [["-", "1"]], key="b", needs=require(decisions=["a"])),
            ),
            2,
            "in a circle: a -> b -> a",
        ),
    ],
)  # fmt: skip
def test_faulty_files(content: bytes, line: int, reason: str) -> None:
    read, problems = read_model(content, "packs/p/decisions/t.dmn")

    assert read is None
    assert [problem for problem in problems if problem.line == line and reason in problem.reason.en] != []
    assert all(problem.file == "packs/p/decisions/t.dmn" for problem in problems)


def test_a_line_inside_a_cell_is_counted() -> None:
    expression = "<literalExpression>\n<text>1 +\n\n</text></literalExpression>"
    content = f"{HEAD}\n<decision id='d'>\n{expression}</decision></definitions>"

    _, problems = read_model(content.encode(), "t.dmn")

    assert [(problem.line, problem.path) for problem in problems] == [(6, "d")]


@pytest.mark.parametrize(
    ("made", "known", "reason"),
    [
        (table([("z.a",)], OUT, [["-", '"a"']]), None, "“z” is not among the inputs"),
        (table([("x.b",)], OUT, [["-", '"a"']]), {"x.a"}, "there is no “x.b”"),
        (table([("x.a.year",)], OUT, [["-", '"a"']]), {"x.a"}, None),
        (table(X, OUT, [['"a"', '"b"']]), None, "a string stands where a number is wanted"),
        (table(X, OUT, [["1", "2"]]), None, "a number stands where a string is wanted"),
        (table([("x", "string", '"a","b"')], OUT, [['"c"', '"b"']]), None, "“c” is not an allowed value"),
        (table(X, [("out", "string", '"a"')], [["1", '"b"']]), None, "“b” is not an allowed value"),
        (table([("x", "date")], OUT, [['"2003-01-01"', '"b"']]), None, "a string stands where a date"),
    ],
)
def test_names_and_cells(made: str, known: set[str] | None, reason: str | None) -> None:
    report = check_model(model(made), frozenset(known) if known is not None else None)

    assert [problem.reason for problem in report.problems if reason and reason in problem.reason.en] == [
        problem.reason for problem in report.problems
    ]
    assert bool(report.problems) is (reason is not None)


@pytest.mark.parametrize(
    ("cells", "overlap"),
    [
        (["< 10", "[10..20]"], False),
        (["<= 10", "[10..20]"], True),
        (["(10..20)", "20"], False),
        (["not(5)", "5"], None),
        (["1, 3", "2"], False),
        (["1, 3", "> 2"], True),
        (["-", "5"], True),
        (["!= 5", "5"], False),
        (["-5", "< 0"], True),
        (["> y", "> y"], True),
        (["> y", "5"], None),
    ],
)
def test_overlapping_numbers(cells: list[str], overlap: bool | None) -> None:
    report = check_model(model(table(X, OUT, [[cell, '"a"'] for cell in cells])))

    assert [problem.reason.en for problem in report.problems] == (
        ["it overlaps rule 1 (line 2); UNIQUE allows one"] if overlap else []
    )


@pytest.mark.parametrize(
    ("kind", "cells", "overlap"),
    [
        ("string", ['"a","b"', '"c"'], False),
        ("string", ['"a","b"', '"b"'], True),
        ("string", ['not("a")', '"a"'], False),
        ("string", ['not("a")', '"b"'], True),
        ("boolean", ["true", "false"], False),
        ("boolean", ["true", "true"], True),
        ("boolean", ["not(true)", "true"], False),
        ("date", ['< date("2003-07-01")', '[@"2003-07-01"..@"2003-07-31"]'], False),
        ("date", ['<= date("2003-07-01")', '[@"2003-07-01"..@"2003-07-31"]'], True),
    ],
)
def test_overlapping_choices(kind: str, cells: list[str], overlap: bool) -> None:
    report = check_model(model(table([("x", kind)], OUT, [[cell, '"a"'] for cell in cells])))

    assert bool(report.problems) is overlap


def test_two_columns_part_rules() -> None:
    rules = [["1", '"a"', '"o"'], ["1", '"b"', '"o"'], ["2", '"a"', '"o"']]

    assert check_model(model(table([*X, ("y", "string")], OUT, rules))).problems == ()


@pytest.mark.parametrize(
    ("columns", "rules", "gaps"),
    [
        (X, [["< 10", '"a"'], ["> 10", '"b"']], ["no rule for x: 10"]),
        (X, [["<= 10", '"a"'], ["> 10", '"b"']], []),
        ([("x", "number", "[0..20]")], [["<= 10", '"a"'], ["(10..20]", '"b"']], []),
        ([("x", "boolean")], [["true", '"a"']], ["no rule for x: false"]),
        ([("x", "string", '"a","b"')], [['"a"', '"a"']], ["no rule for x: “b”"]),
        ([("x", "date")], [['<= @"2003-07-01"', '"a"'], ['>= @"2003-07-02"', '"b"']], []),
        ([("x", "number")], [["> y", '"a"']], []),
        (
            [("x", "boolean"), ("y", "boolean")],
            [["true", "-", '"a"'], ["-", "true", '"b"']],
            ["no rule for x: false, y: false"],
        ),
    ],
)
def test_gaps_are_warnings(columns: list[tuple[str, ...]], rules: list[list[str]], gaps: list[str]) -> None:
    report = check_model(model(table(columns, OUT, rules, policy="FIRST")))

    assert [warning.reason.en for warning in report.warnings] == gaps
    assert report.problems == ()
