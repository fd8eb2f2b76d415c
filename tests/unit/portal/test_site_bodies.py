"""Bodies of pages: what goes into the stream comes out, and acts on parts do what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.portal.sites.rules.bodies import KINDS, Part, as_stream, from_stream, gaps, rearranged, rows_of
from yiwang.portal.sites.web.shown import as_html

words = st.text(max_size=20)
files = st.integers(0, 99)
parts = st.one_of(
    st.builds(Part, kind=st.sampled_from(["heading", "paragraph"]), text=words),
    st.builds(Part, kind=st.just("picture"), file=files, alt=words, caption=words),
    st.builds(Part, kind=st.just("attachment"), file=files, caption=words),
    st.builds(Part, kind=st.just("table"), text=words, caption=words),
)
A, B, C = (Part(kind="paragraph", text=text) for text in "ABC")


@given(st.lists(parts, max_size=6))
def test_what_goes_into_the_stream_comes_out(body):
    assert from_stream(as_stream(body)) == tuple(body)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("up:1", (B, A, C)),
        ("down:1", (A, C, B)),
        ("up:0", (A, B, C)),
        ("down:2", (A, B, C)),
        ("drop:1", (A, C)),
        ("add:table", (A, B, C, Part(kind="table"))),
        ("add:script", (A, B, C)),
        ("drop:9", (A, B, C)),
        ("save", (A, B, C)),
    ],
)
def test_an_act_on_parts(act, expected):
    assert rearranged((A, B, C), act) == expected


@given(st.lists(parts, max_size=6), st.text(max_size=12))
def test_no_act_breaks_a_body(body, act):
    assert len(rearranged(body, act)) - len(body) in {-1, 0, 1}


def test_rows_of_a_table_have_the_same_width():
    assert rows_of("单位 | 时间\n\n市水务局\n a|b|c ") == [
        ["单位", "时间", ""],
        ["市水务局", "", ""],
        ["a", "b", "c"],
    ]


def test_every_kind_of_part_has_gaps_when_empty():
    assert [problem.path for problem in gaps([Part(kind=kind) for kind in KINDS], "body")] == [
        "body.0.text",
        "body.1.text",
        "body.2.file",
        "body.3.text",
        "body.4.file",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**重**", "<p><strong>重</strong></p>\n"),
        ("<img src=x onerror=y>", "<p>&lt;img src=x onerror=y&gt;</p>\n"),
        ("[看](javascript:alert(1))", "<p>[看](javascript:alert(1))</p>\n"),
        ("[看](https://example.org)", '<p><a href="https://example.org">看</a></p>\n'),
        ("- 一\n- 二", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n"),
    ],
)
def test_marks_become_html_and_html_stays_text(text, expected):
    assert as_html(text) == expected
