"""Two contents compared: both can be read back from what is marked, and what did not change is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.text import Text
from yiwang.portal.sites.rules.comparing import Line, Mark, compare_fields, compare_parts, compare_words

_texts = st.text(alphabet="水质良好。，\n a1", max_size=40)
_LABELS = {"heading": Text("小标题", "Heading"), "paragraph": Text("文字", "Text")}
_parts = st.lists(
    st.builds(lambda label, text: Line(label=_LABELS[label], text=text), st.sampled_from([*_LABELS]), _texts),
    max_size=8,
)


@given(before=_texts, after=_texts)
def test_b27_both_texts_are_read_back_from_the_marks(before, after):
    pieces = compare_words(before, after)

    assert "".join(one.text for one in pieces if one.mark is not Mark.ADDED) == before
    assert "".join(one.text for one in pieces if one.mark is not Mark.REMOVED) == after


@given(before=_parts, after=_parts)
def test_b27_every_part_of_both_bodies_is_accounted_for(before, after):
    found = list(compare_parts(before, after))

    count = {mark: sum(one.count for one in found if one.mark is mark) for mark in Mark}
    stayed = count[Mark.SAME] + count[Mark.CHANGED]
    # a part without words comes and goes without a mark of its own
    if all(line.text for line in (*before, *after)):
        assert stayed + count[Mark.REMOVED] == len(before)
        assert stayed + count[Mark.ADDED] == len(after)
    if before == after:
        assert stayed == count[Mark.SAME] == len(before)


def test_b27_words_and_signs_are_the_least_that_changes():
    before = [Line(label=_LABELS["paragraph"], text="水质良好，达标率98。")]
    after = [
        Line(label=_LABELS["paragraph"], text="水质优良，达标率100。"),
        Line(label=_LABELS["heading"], text="附"),
    ]

    changed, added = compare_parts(before, after)

    assert [(one.mark.value, one.text) for one in changed.pieces if one.mark is not Mark.SAME] == [
        ("added", "优"),
        ("removed", "好"),
        ("removed", "98"),
        ("added", "100"),
    ]
    assert (added.mark, added.label.zh, added.pieces[0].text) == (Mark.ADDED, "小标题", "附")
    title = Line(label=Text("标题", "Title"), text="河涌")
    assert list(compare_fields([title], [title])) == []


def test_a_long_text_is_compared_by_its_sentences():
    before = "".join(f"第{n}句话说的是水。" for n in range(1500))

    pieces = compare_words(before, before.replace("第700句话说的是水", "第700句话说的是气"))

    changed = [one.text for one in pieces if one.mark is not Mark.SAME]
    assert changed == ["第700句话说的是水。", "第700句话说的是气。"]
