"""The linear pattern machine against Python's backtracking one, and where the latter would hang."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.pattern import PatternRefused, PatternTooCostly, compile_pattern, covers

ATOMS = st.sampled_from(
    ["a", "b", "c", ".", "[ab]", "[^a]", r"\d", r"\w", "^", "$", "(a|b)", "(?:bc|c)", "1"]
)
PIECES = st.builds(
    lambda atom, mark: atom if atom in "^$" else atom + mark,
    ATOMS,
    st.sampled_from(["", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{1,}"]),
)
SOURCES = st.lists(st.lists(PIECES, max_size=4).map("".join), min_size=1, max_size=3).map("|".join)
TEXTS = st.text(st.sampled_from("abc1"), max_size=10)


@given(SOURCES, TEXTS)
def test_finds_what_python_finds(source: str, text: str) -> None:
    ours = compile_pattern(source).search(text, 0)
    theirs = re.search(source, text)

    assert (ours is None) is (theirs is None)
    if ours is not None and theirs is not None:
        assert ours[:2] == theirs.span()
        assert covers(source, text) is (re.fullmatch(source, text) is not None)


@pytest.mark.parametrize(
    ("source", "flags", "text", "found"),
    [
        (r"\p{L}+", "", "广州2003", "广州"),
        (r"\p{Lu}", "", "abC", "C"),
        (r"[a-z-[aeiou]]+", "", "eibcd", "bcd"),
        ("A+", "i", "xaAa", "aAa"),
        ("a.b", "s", "a\nb", "a\nb"),
        ("a b", "x", "ab", "ab"),
        (r"\.", "", "a.b", "."),
        (r"[\d\-.]+", "", "x1-2.3", "1-2.3"),
        ("a{2,3}", "", "aaaa", "aaa"),
        ("x*", "", "aaa", ""),
    ],
)
def test_flavour(source: str, flags: str, text: str, found: str) -> None:
    match = compile_pattern(source, flags).search(text, 0)

    assert match is not None
    assert text[match[0] : match[1]] == found


@pytest.mark.parametrize(
    "source",
    ["(", ")", "a**", "*", "[", "[]", "[z-a]", r"(a)\1", "(?=a)", "(?<n>a)", r"\q", "a{3,1}", "a{", "a{9999}",
     r"\p{Q}", r"\p", "(" * 60 + ")" * 60, "a" * 1001, "((((a{99}){99}){99}){99})", "\\", "[a"],
)  # fmt: skip
def test_refused(source: str) -> None:
    with pytest.raises(PatternRefused):
        compile_pattern(source)


def test_hostile_patterns_take_linear_time() -> None:
    """One that goes back and tries again would not end."""
    assert compile_pattern("^(a+)+$").matches("a" * 2000 + "!") is False
    assert compile_pattern("^(a|a)*$").matches("a" * 2000 + "!") is False
    assert compile_pattern("(a*)*b").matches("a" * 300) is False


def test_costs_are_bounded() -> None:
    with pytest.raises(PatternTooCostly):
        compile_pattern("(?:a?){500}b").matches("a" * 5000)


def test_replace_and_split() -> None:
    assert compile_pattern(r"(\d+)-(\d+)").replace("1-2, 3-4", r"$2\$$1") == "2$1, 4$3"
    assert compile_pattern("x*").replace("ab", "-") == "-a-b-"
    assert compile_pattern(",").split("a,b") == ["a", "b"]
