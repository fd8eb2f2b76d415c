"""Where words stand among the characters of a page, whatever lines and spaces lie between. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from yiwang.portal.disclosure.severing.contracts import Region

_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A character as it stands on a page: sides as in ``Region``. None where it has no ink, as a space."""

    sign: str
    box: _Box | None


#: Ink may stand out of a character's box (italics, accents): added on each side, in widths and heights.
_MARGIN = 0.2


def find_words(page: int, glyphs: Sequence[Glyph], words: str) -> tuple[tuple[Region, ...], int]:
    """Give the regions of each occurrence, overlapping ones too, and how many there are.

    Width, case and spaces don't matter: a name set in wide letters or broken by a line is the same name.
    """
    wanted = _plain(words)
    if not wanted:
        return (), 0
    letters = [(letter, place) for place, glyph in enumerate(glyphs) for letter in _plain(glyph.sign)]
    line = "".join(letter for letter, _ in letters)
    regions: list[Region] = []
    count, start = 0, line.find(wanted)
    while start >= 0:
        count += 1
        places = sorted({place for _, place in letters[start : start + len(wanted)]})
        regions += _boxes(page, [box for place in places if (box := glyphs[place].box) is not None])
        start = line.find(wanted, start + 1)
    return tuple(dict.fromkeys(regions)), count


def _plain(words: str) -> str:
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKC", words).casefold()
        if not sign.isspace() and unicodedata.category(sign) not in {"Cc", "Cf"}
    )


def _boxes(page: int, boxes: Sequence[_Box]) -> list[Region]:
    """One rectangle a run of characters; a new line or column begins another, whichever way the page lies."""
    runs: list[list[_Box]] = []
    for box in boxes:
        if runs and (_goes_on(runs[-1][-1], box, along=0) or _goes_on(runs[-1][-1], box, along=1)):
            runs[-1].append(box)
        else:
            runs.append([box])
    return [_around(page, run) for run in runs]


def _goes_on(last: _Box, box: _Box, *, along: int) -> bool:
    """Whether two characters stand beside each other: on one line, with no more than a space between."""
    across = 1 - along
    overlap = min(last[across + 2], box[across + 2]) - max(last[across], box[across])
    thinner = min(last[across + 2] - last[across], box[across + 2] - box[across])
    gap = max(last[along], box[along]) - min(last[along + 2], box[along + 2])
    wider = max(last[along + 2] - last[along], box[along + 2] - box[along])
    return overlap > thinner / 2 and gap <= 1.5 * wider


def _around(page: int, run: Sequence[_Box]) -> Region:
    beside = _MARGIN * max(box[2] - box[0] for box in run)
    above = _MARGIN * max(box[3] - box[1] for box in run)
    return Region(
        page=page,
        left=max(min(box[0] for box in run) - beside, 0.0),
        top=max(min(box[1] for box in run) - above, 0.0),
        right=min(max(box[2] for box in run) + beside, 1.0),
        bottom=min(max(box[3] for box in run) + above, 1.0),
    )
