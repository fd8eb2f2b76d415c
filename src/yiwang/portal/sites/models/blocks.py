"""What the body of a page is made of."""

from __future__ import annotations

from wagtail import blocks

from yiwang.portal.sites.rules.bodies import LIMITS

_FILE = blocks.IntegerBlock(min_value=1)


class BodyBlock(blocks.StreamBlock):
    """Parts in their order. Files are named by the id of a file of the same site."""

    heading = blocks.CharBlock(max_length=LIMITS["heading"])
    paragraph = blocks.TextBlock(max_length=LIMITS["paragraph"])
    picture = blocks.StructBlock(
        [
            ("file", _FILE),
            ("alt", blocks.CharBlock(required=False, max_length=LIMITS["alt"])),
            ("caption", blocks.CharBlock(required=False, max_length=LIMITS["caption"])),
        ]
    )
    table = blocks.StructBlock(
        [
            ("caption", blocks.CharBlock(required=False, max_length=LIMITS["caption"])),
            ("rows", blocks.TextBlock(max_length=LIMITS["table"])),
        ]
    )
    attachment = blocks.StructBlock(
        [("file", _FILE), ("caption", blocks.CharBlock(required=False, max_length=LIMITS["caption"]))]
    )
