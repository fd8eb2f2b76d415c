"""Our matcher of OpenCC's dictionaries gives what OpenCC gives."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from yiwang.portal.sites.traditional_words import _WORDS, traditional

_OPENCC = OpenCC("s2hk")
#: Some of the words, and characters that stand in words and alone.
_SOME = random.Random(4).sample(sorted(_WORDS), 3000)
_PIECES = st.one_of(
    st.sampled_from(_SOME), st.sampled_from(list("着里面发干后只台系复，。 ab1<\u3000")), st.characters()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=14).map("".join))
def test_it_converts_as_opencc_does(text: str) -> None:
    assert traditional(text) == _OPENCC.convert(text)


def test_words_that_overlap_are_taken_as_opencc_takes_them() -> None:
    text = "头发发展，皇后后面，干部干净里面，一台计算机；系统联系着老百姓的里里外外，面包面条出租车。" * 3
    assert traditional(text) == _OPENCC.convert(text)
    assert traditional("广州市政府网站") == "廣州市政府網站"
    # the last word is shorter than others that begin like it
    assert traditional("快松下") == "快鬆下"
    assert traditional("发干着") == "發乾着"
