"""Laws that hold for all expressions, by hypothesis: printing and parsing, and the logic of three values."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.feel import (
    FeelProblem,
    compile_expression,
    print_expression,
    print_unary_tests,
    tree,
)
from yiwang.kernel.feel.parser import parse_expression, parse_unary_tests

NAMES = st.sampled_from(["a", "b", "answers", "数量", "item1"])
LITERALS = st.builds(
    tree.Literal,
    st.none()
    | st.booleans()
    | st.decimals(min_value=0, max_value=10**9, places=3)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"\\'), max_size=8),
)


def composed(inner: st.SearchStrategy[tree.Node]) -> st.SearchStrategy[tree.Node]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    comparators = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    tests = st.lists(inner | st.builds(tree.CompareTest, comparators, inner), min_size=1, max_size=3).map(
        tuple
    )
    bindings = st.lists(st.builds(tree.Binding, NAMES, inner, st.none() | inner), min_size=1, max_size=2)
    return st.one_of(
        st.builds(tree.Path, inner, NAMES),
        st.builds(tree.Filter, inner, inner),
        st.builds(tree.Negation, inner),
        st.builds(tree.Arithmetic, st.sampled_from(["+", "-", "*", "/", "**"]), inner, inner),
        st.builds(tree.Compare, comparators, inner, inner),
        st.builds(tree.Between, inner, inner, inner),
        st.builds(tree.In, inner, tests),
        st.builds(tree.Logic, st.sampled_from(["and", "or"]), several),
        st.builds(tree.If, inner, inner, inner),
        st.builds(tree.For, bindings.map(tuple), inner),
        st.builds(tree.Quantified, st.sampled_from(["some", "every"]), bindings.map(tuple), inner),
        st.builds(tree.FunctionLiteral, st.lists(NAMES, unique=True, max_size=2).map(tuple), inner),
        st.builds(tree.ListLiteral, st.lists(inner, max_size=3).map(tuple)),
        st.builds(
            tree.ContextLiteral,
            st.lists(
                st.tuples(NAMES | st.just("two words"), inner), max_size=3, unique_by=lambda entry: entry[0]
            ).map(tuple),
        ),
        st.builds(tree.RangeLiteral, inner, inner, st.booleans(), st.booleans()),
        st.builds(tree.InstanceOf, inner, st.sampled_from(["number", "date and time"])),
        st.builds(tree.Call, st.builds(tree.Name, NAMES), several),
    )


NODES = st.recursive(LITERALS | st.builds(tree.Name, NAMES), composed, max_leaves=12)


@given(NODES)
def test_what_is_printed_parses_to_the_same_tree(node: tree.Node) -> None:
    assert parse_expression(print_expression(node)) == node


@given(st.lists(NODES, max_size=3), st.booleans())
def test_a_printed_cell_parses_to_the_same_tree(nodes: list[tree.Node], negated: bool) -> None:
    cell = tree.UnaryTests(tuple(nodes), negated=negated and bool(nodes))

    assert parse_unary_tests(print_unary_tests(cell)) == cell


@given(st.text(st.sampled_from(' abinortfels123.,()[]{}<>=!+-*/"?@:'), max_size=40))
def test_any_text_parses_or_is_refused(text: str) -> None:
    try:
        printed = print_expression(compile_expression(text).tree)
    except FeelProblem:
        return  # the only way to be refused
    assert parse_expression(printed) == parse_expression(text)


THREE = {"true": True, "false": False, "null": None}


def naive(word: str, values: list[bool | None]) -> bool | None:
    """Kleene's strong logic, as minimum and maximum of false < null < true."""
    order = [False, None, True]
    places = [order.index(value) for value in values]
    return order[min(places) if word == "and" else max(places)]


@pytest.mark.parametrize("word", ["and", "or"])
def test_logic_of_three_values(word: str) -> None:
    for names in product(THREE, repeat=3):
        expression = compile_expression(f" {word} ".join(names))

        assert expression.evaluate({}) is naive(word, [THREE[name] for name in names])


@given(st.lists(st.sampled_from([True, False, None]), max_size=6))
def test_quantifiers_agree_with_logic(values: list[bool | None]) -> None:
    some = compile_expression("some v in values satisfies v").evaluate({"values": values})
    every = compile_expression("every v in values satisfies v").evaluate({"values": values})

    assert some is (naive("or", values) if values else False)
    assert every is (naive("and", values) if values else True)


@given(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12), st.sampled_from(["+", "-", "*"]))
def test_whole_numbers_are_exact(left: int, right: int, sign: str) -> None:
    result = compile_expression(f"a {sign} b").evaluate({"a": left, "b": right})
    expected = {"+": left + right, "-": left - right, "*": left * right}[sign]

    assert result == Decimal(expected)
