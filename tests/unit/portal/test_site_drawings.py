"""Drawings lose what runs and loads; what would keep the cleaner or a browser busy is refused at once."""

from __future__ import annotations

import pytest

from yiwang.portal.sites.rules.drawings import DrawingRefused, cleaned, looks_like_drawing

_SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
HOSTILE = "".join(
    (
        f'<?xml version="1.0"?><svg {_SVG} width="120px" viewBox="0 0 120 60" onload="alert(1)">',
        "<script>alert(1)</script><metadata>113.2644 23.1291</metadata>",
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(2)"/></foreignObject>',
        '<image xlink:href="http://elsewhere.example/x.png"/><image href="/desk/sites/"/>',
        '<a xlink:href="javascript:alert(3)"><rect id="r" width="9" height="9" onclick="alert(4)"/></a>',
        '<use xlink:href="#r"/><use href="http://elsewhere.example/y.svg#a"/><circle r="5"/></svg>',
    )
).encode()
_DANGERS = ("script", "alert", "onload", "onclick", "elsewhere", "foreignObject", "113.2644", "/desk/")


def test_b27_a_drawing_keeps_its_shapes_and_nothing_that_runs_or_loads():
    drawing = cleaned(HOSTILE)

    text = drawing.content.decode()
    assert (drawing.width, drawing.height) == (120, 60)
    for shape in ("<rect", "<circle", 'href="#r"'):
        assert shape in text
    for danger in _DANGERS:
        assert danger not in text
    assert cleaned(drawing.content).content == drawing.content


def nested(depth: int) -> str:
    return f"<svg {_SVG}>" + "<g>" * depth + "</g>" * depth + "</svg>"


_LAUGHS = "".join(f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))


@pytest.mark.parametrize(
    "content",
    [
        f'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg {_SVG}><text>&a;</text></svg>',
        nested(100_000),
        f"<svg {_SVG}>" + "<g/>" * 30_000 + "</svg>",
        f'<svg {_SVG}><rect id="l0"/>{_LAUGHS}</svg>',
        "<svg",
        "<html><svg/></html>",
    ],
)
def test_what_cannot_be_a_harmless_drawing_is_refused(content):
    with pytest.raises(DrawingRefused):
        cleaned(content.encode())


def test_drawings_are_told_by_their_content():
    assert looks_like_drawing(b"\xef\xbb\xbf\n<!-- x --><svg/>")
    assert not looks_like_drawing(b"%PDF-1.4 <svg/>")
    assert not looks_like_drawing(b"<?xml version='1.0'?><html/>")
