"""Pictures that say nothing to those who cannot see them (WCAG 2.2, 1.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yiwang.portal.publishing.contracts import Picture, Rule
from yiwang.portal.publishing.rules.reading import Hit, ReadBlock, ReadPage

_FILE_NAME = re.compile(r"\S+\.(jpe?g|png|gif|webp|bmp|tiff?|svg)|(img|dsc|image|pic|图片|微信图片)[-_ ]?\d*")
_EMPTY_WORDS = frozenset({"图", "图片", "照片", "图像", "配图", "插图", "picture", "image", "photo", "img"})


def alternative_texts(page: ReadPage) -> Iterator[Hit]:
    """Pictures without an alternative text, or with one that is only a file's name or the word picture.

    Within HTML, ``alt=""`` declares a picture decorative; only a missing ``alt`` is wrong.
    """
    for read in page.blocks:
        if isinstance(read.block, Picture):
            yield from _of_picture(read, read.block)
        for element in read.markup.of("img") if read.markup else ():
            alt = element.attributes.get("alt")
            if "alt" not in element.attributes:
                yield _hit(read, "html", element.offset, "", "")
            elif alt and _says_nothing(alt):
                yield _hit(read, "html", element.offset, alt, "name")


def _of_picture(read: ReadBlock, picture: Picture) -> Iterator[Hit]:
    if picture.decorative:
        return
    if not picture.alt.strip():
        yield _hit(read, "alt", 0, picture.name, "")
    elif _says_nothing(picture.alt) or picture.alt.strip() == picture.name.strip():
        yield _hit(read, "alt", 0, picture.alt, "name")


def _says_nothing(alt: str) -> bool:
    plain = alt.strip().lower()
    return plain in _EMPTY_WORDS or _FILE_NAME.fullmatch(plain) is not None


def _hit(read: ReadBlock, field: str, offset: int, shown: str, variant: str) -> Hit:
    return Hit(
        rule=Rule.ALTERNATIVE_TEXT,
        block=read.number,
        field=field,
        offset=offset,
        shown=shown,
        variant=variant,
    )
