"""Chinese numerals in the places of an address where a number belongs; names of roads keep theirs."""

from __future__ import annotations

import re

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "廿": 20, "卅": 30}
SIGNS = "".join((*_DIGITS, *_TENS))
_RUN = f"[{SIGNS}]+"
#: Before these a run of numerals is a number.
_COUNTED = "号|栋|幢|座|单元|梯|层|楼|室|房|铺|组|期"
_BEFORE = re.compile(f"({_RUN})(?={_COUNTED})")
#: Closed by 号, so that a room behind it keeps its figures: 之一301房.
_AFTER = re.compile(f"(?<=[之附])({_RUN})号?")
_SPOKEN = "零一二三四五六七八九"


def number_of(run: str) -> int:
    """The number of a run of numerals: by places (一百二十三, 廿三) or digit by digit (一二三).

    >>> number_of("一百二十三"), number_of("一二三"), number_of("一百零五"), number_of("廿三")
    (123, 123, 105, 23)
    """
    if not any(sign in _TENS for sign in run):
        return int("".join(str(_DIGITS[sign]) for sign in run))
    total, waiting = 0, 0
    for sign in run:
        if sign in _DIGITS:
            waiting = _DIGITS[sign]
        elif sign in "廿卅":
            total, waiting = total + _TENS[sign], 0
        else:
            total, waiting = total + (waiting or 1) * _TENS[sign], 0
    return total + waiting


def in_words(number: int) -> str:
    """A number below 10,000 in Chinese: what stands on a plate behind 之.

    >>> in_words(1), in_words(10), in_words(12), in_words(20), in_words(105), in_words(1010)
    ('一', '十', '十二', '二十', '一百零五', '一千零一十')
    """
    if not 0 < number < 10_000:
        raise ValueError("only numbers from 1 to 9999 are written out")
    found, gap = "", False
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            found += ("零" if gap and found else "") + _SPOKEN[digit] + sign
            gap = False
        else:
            gap = True
    return found.removeprefix("一") if 10 <= number < 20 else found


def in_figures(text: str) -> str:
    """Numerals as figures where a number belongs.

    >>> in_figures("中山五路一百二十三号之一"), in_figures("十三行路三号楼")
    ('中山五路123号之1号', '十三行路3号楼')
    """
    text = _BEFORE.sub(lambda run: str(number_of(run[1])), text)
    return _AFTER.sub(lambda run: f"{number_of(run[1])}号", text)
