"""A text before it is read: one width, Simplified signs, without what is certainly no address."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

#: Telephones with the name before them, identity numbers, postcodes: none is a part, none is kept.
_NUMBERS = re.compile(
    r"(?:(?:^|[ ,;])[\u3400-\u9fff]{1,3}[^\W\d区市省县镇路街村号楼房室][ ,;]*)?"
    r"(?:\+?86[- ]?)?(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
    r"|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?:-\d{1,5})?(?!\d)"
    r"|(?<!\d)\d{17}[\dXx](?!\d)"
    r"|(?:邮编|邮政编码)[:: ]*\d{6}"
    r"|^\d{6}(?=[ \u3400-\u9fff])|(?<=[ ,,])\d{6}$"
)
_LABELS = re.compile(r"(?:(?:收货|通讯|联系|经营|注册|详细|居住)地址|住址|地址|地点|位于|座落|坐落于?)[: ]*")
_PEOPLE = re.compile(
    r"(?:收件人|收货人|联系人|姓名|电话|手机|联系电话|先生|女士)[: ]*(?:[\u3400-\u9fff]{2,4}(?=[ ,;]|$))?"
    r"|[ ,;][\u3400-\u9fff]{2,4}[(]?(?:先生|女士|小姐|收|亲启)[)]?"
)
_BRACKETS = re.compile(r"[(\[{【〔《]([^)\]}】〕》]*)[)\]}】〕》]")
_DASHES = re.compile(r"[—–−‐‑‒﹣~～至](?=\d)|[—–−‐‑‒﹣]")
_BETWEEN_FIGURES = re.compile(r"(?<=\d)[\s,.;、/\\]+(?=\d)")
#: Who keeps a place is no part of its name: 北京街道办事处, 翠洲社区居委会.
_BODIES = re.compile(
    r"(?<=街道)办事处|(?<=社区)(?:居民|村民)?(?:委员会|居委会|村委会)|(?<=村)(?:委会|民委员会)"
)
_BETWEEN = re.compile(r"[\s,.;:、。·•|/\\_'\"“”‘’!?*…]+")


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Traditional signs to Simplified ones, sign by sign, from OpenCC's table (0.6 µs a sign of a text)."""
    table = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(old): new.split(" ")[0] for old, new in pairs if len(old) == 1}


def folded(text: str) -> str:
    """Half width, capitals, Simplified signs; blanks are kept as one.

    >>> folded("廣州市越秀區　北京路１２號ａ座")
    '广州市越秀区 北京路12号A座'
    """
    plain = unicodedata.normalize("NFKC", text).upper().translate(_simplified())
    return " ".join(plain.split())


def cleaned(text: str) -> tuple[str, str]:
    """The text as it is read, without separators, and what stood in brackets.

    >>> cleaned("收件人:张三 13800138000,广州市越秀區北京路１２號（近地铁站）")
    ('广州市越秀区北京路12号', '近地铁站')
    """
    plain = _NUMBERS.sub(" ", folded(text))
    notes = "".join(_BRACKETS.findall(plain))
    plain = _BRACKETS.sub(" ", plain)
    plain = _LABELS.sub(" ", _PEOPLE.sub(" ", plain))
    plain = _DASHES.sub("-", plain.replace("#", "号"))
    plain = _BETWEEN.sub("", _BETWEEN_FIGURES.sub("-", plain))
    return _BODIES.sub("", plain), _BETWEEN.sub("", notes)
