"""How a name may begin to be typed. Web processes don't import this: pypinyin costs 0.2 s and 55 MB."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_LONGEST = 60


@lru_cache(maxsize=4_096)
def _syllable(sign: str) -> str:
    return lazy_pinyin(sign, style=Style.NORMAL, v_to_u=False)[0]


def beginnings(name: str) -> tuple[str, ...]:
    """The name in characters, in pinyin and by first letters.

    >>> beginnings("北京路")
    ('北京路', 'beijinglu', 'bjl')
    """
    syllables = [_syllable(sign) for sign in name]
    spoken, first = "".join(syllables).lower(), "".join(each[:1] for each in syllables).lower()
    return tuple(dict.fromkeys((name[:_LONGEST], spoken[:_LONGEST], first[:_LONGEST])))
