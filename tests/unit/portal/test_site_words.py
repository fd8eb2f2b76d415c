"""Traditional characters, outlines and data blocks: pure rules of public pages."""

from __future__ import annotations

import json

import pytest

from yiwang.portal.sites.rules.outline import drawn, rings_of
from yiwang.portal.sites.rules.structured import as_data_block
from yiwang.portal.sites.rules.traditional import converted
from yiwang.portal.sites.traditional_words import traditional


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ('<p title="网站">头发</p>', '<p title="網站">頭髮</p>'),
        ('<input value="网站" placeholder="网站">', '<input value="网站" placeholder="網站">'),
        ("<textarea>网站</textarea>网站", "<textarea>网站</textarea>網站"),
        ('<script type="x">网站</script>网站', '<script type="x">网站</script>網站'),
        ('<a translate="no"><a>简体</a>简体</a>简体', '<a translate="no"><a>简体</a>简体</a>簡體'),
        ('<link hreflang="zh-Hans">', '<link hreflang="zh-Hans">'),
        ('<html lang="zh-Hans"><img alt="后台">', '<html lang="zh-Hant"><img alt="後台">'),
    ],
)
def test_b35_words_are_converted_and_what_was_typed_is_not(page: str, wanted: str):
    assert converted(page, traditional) == wanted


def test_b34_a_place_stands_in_its_outline():
    square = {"type": "Polygon", "coordinates": [[[113.0, 0.0], [114.0, 0.0], [114.0, 1.0], [113.0, 1.0]]]}
    outline = drawn(list(rings_of(square)), (113.5, 0.5), width=100)
    assert outline is not None
    assert (outline.width, outline.height, outline.x, outline.y) == (100, 100, 50.0, 50.0)
    assert outline.edges == ("M0 100L100 100L100 0L0 0Z",)
    assert drawn([], (113.5, 0.5)) is None
    assert list(rings_of({"type": "Point", "coordinates": [1.0, 2.0]})) == []


def test_b40_nothing_in_a_data_block_ends_its_script():
    written = as_data_block([{"name": "</script><script>alert(1)&"}])
    assert "<" not in written
    assert json.loads(written) == [{"name": "</script><script>alert(1)&"}]
