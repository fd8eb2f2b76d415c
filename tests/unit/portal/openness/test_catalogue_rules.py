"""Index numbers, categories and written texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.portal.openness.rules.blocks import Block, blocks_of, cells, from_stored, stored, written
from yiwang.portal.openness.rules.categories import CATEGORIES, place_of
from yiwang.portal.openness.rules.index_numbers import FORM, index_number, next_agency_code
from yiwang.portal.openness.rules.links import Need, missing


def test_b19_an_index_number_is_the_agency_the_year_and_a_serial():
    assert index_number("GZ03", 2026, 12) == "GZ03/2026-00012"
    assert next_agency_code("GZ", {"GZ01", "GZ02", "GZ04"}) == "GZ03"
    assert FORM.fullmatch(index_number("GZ03", 2026, 123_456))
    for wrong in (("", 2026, 1), ("GZ03", 26, 1), ("GZ03", 2026, 0), ("gz", 2026, 1)):
        with pytest.raises(ValueError, match="no such index number"):
            index_number(*wrong)


def test_b19_the_categories_are_those_of_both_articles():
    assert [c.item for c in CATEGORIES.values() if c.article == 20] == list(range(1, 16))
    assert sum(c.article == 21 for c in CATEGORIES.values()) == 5
    assert place_of(CATEGORIES["other"]).zh == "第二十条第十五项"
    assert place_of(CATEGORIES["recruitment"]).zh == "第二十条第十四项"
    assert place_of(CATEGORIES["projects"]).zh == "第二十条第十项"


def test_b21_what_is_missing_is_what_has_no_link_and_is_not_done_without():
    assert missing({Need.EXPLANATION: 1}, ["service"]) == (Need.QUESTIONS,)
    assert missing({}, []) == tuple(Need)


LINE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).filter(lambda s: s[0] not in "#-|")
BLOCK = st.builds(Block, kind=st.sampled_from(["heading", "paragraph", "point"]), text=LINE)


@given(st.lists(BLOCK))
def test_b21_what_is_written_is_read_back_and_kept_whole(blocks):
    assert blocks_of(written(blocks)) == tuple(blocks)
    assert from_stored(stored(blocks)) == tuple(blocks)


def test_b21_lines_of_a_table_belong_together():
    [table] = blocks_of("| 类别 | 周期 |\n| 工业 |")

    assert cells(table.text) == [["类别", "周期"], ["工业", ""]]
