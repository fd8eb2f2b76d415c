"""Where in a text the words stand that were asked for. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST_SHOWN = 160


def pieces(text: str, sayings: Sequence[str]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is to be marked; of sayings inside others the longer counts.

    >>> pieces("办理居住证", ["居住证"])
    [('办理', False), ('居住证', True)]
    """
    wanted = sorted(
        {saying for saying in sayings if saying.strip()}, key=lambda saying: (-len(saying), saying)
    )
    if not wanted:
        return [(text, False)] if text else []
    cut = re.split(f"({'|'.join(map(re.escape, wanted))})", text, flags=re.IGNORECASE)
    return [(piece, at % 2 == 1) for at, piece in enumerate(cut) if piece]


def shortened(text: str, *, longest: int = _LONGEST_SHOWN) -> str:
    """The beginning of a text as a line of results shows it.

    >>> shortened("一二三四五", longest=3)
    '一二三…'
    """
    return text if len(text) <= longest else text[:longest].rstrip() + "…"
