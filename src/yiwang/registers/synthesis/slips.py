"""What goes wrong with a firm's row in a department's list, each kind with its own frequency."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from yiwang.registers.synthesis.dirt import Cells
from yiwang.registers.synthesis.names import TAKEN_FOR

#: Cells without the number, and the kinds of what is wrong in them.
Slipped = tuple[Cells, tuple[str, ...]]
#: Signs of names and addresses in their traditional form, as older systems keep them.
_TRADITIONAL = str.maketrans(
    "广云华兴丰达联创东义礼银龙凤马国众贵寿乐顺胜优鹏鹤红蓝黄车场门号县区贸务软织机药装饰",
    "廣雲華興豐達聯創東義禮銀龍鳳馬國眾貴壽樂順勝優鵬鶴紅藍黃車場門號縣區貿務軟織機藥裝飾",
)
_WIDE = str.maketrans("0123456789()", "０１２３４５６７８９（）")
_CODE, _NAME, _PERSON, _ADDRESS, _PHONE = 0, 1, 2, 4, 5


class ListSlips:
    """Spoils rows; ``share`` scales all frequencies, 1 being a list as departments really have it."""

    def __init__(self, chance: Random, share: float) -> None:
        self._chance = chance
        self._random = chance.random
        self._share = share
        #: Kind, cell, frequency, how.
        self._ways: tuple[tuple[str, int, float, Callable[[str], str]], ...] = (
            ("typo", _NAME, 0.025, self._typo),
            ("traditional", _NAME, 0.02, lambda text: text.translate(_TRADITIONAL)),
            ("shortened", _NAME, 0.04, _short_name),
            ("spaced", _NAME, 0.02, lambda text: f" {text.translate(_WIDE)}\u3000"),
            ("typo", _PERSON, 0.015, self._typo),
            ("shortened", _ADDRESS, 0.12, _short_address),
            ("wide", _ADDRESS, 0.04, lambda text: text.translate(_WIDE)),
            ("missing", _ADDRESS, 0.01, lambda text: ""),
            ("transposed", _PHONE, 0.01, self._transposed),
        )
        self._codes: tuple[tuple[str, float, Callable[[str, str], str]], ...] = (
            ("code_missing", 0.03, lambda code, other: ""),
            ("code_transposed", 0.01, lambda code, other: self._transposed(code)),
            ("code_digit", 0.007, lambda code, other: self._digit(code)),
            ("code_old_registration", 0.025, lambda code, other: self._registration(code)),
            ("code_organisation", 0.015, lambda code, other: code[8:17]),
            ("code_tax_number", 0.01, lambda code, other: code[2:8] + code[8:17]),
            ("code_of_another", 0.0005, lambda code, other: other),
        )
        self._any_code = sum(way[1] for way in self._codes) * share

    def spoil(self, cells: Cells, *, other_code: str) -> Slipped:
        """Spoil a row; ``other_code`` is that of a firm nearby in the books."""
        random = self._random
        spoiled = list(cells)
        kinds: list[str] = []
        drawn = random() / self._share if self._share else 1.0
        for kind, frequency, give in self._codes:
            if drawn < frequency:
                spoiled[_CODE] = give(cells[_CODE], other_code)
                if spoiled[_CODE] != cells[_CODE]:
                    kinds.append(kind)
                break
            drawn -= frequency
        for kind, place, frequency, change in self._ways:
            if random() < frequency * self._share:
                wrong = change(spoiled[place])
                if wrong != spoiled[place]:
                    spoiled[place] = wrong
                    kinds.append(kind)
        return tuple(spoiled), tuple(kinds)

    def _typo(self, text: str) -> str:
        slots = [slot for slot, sign in enumerate(text) if sign in TAKEN_FOR]
        if not slots:
            return text
        slot = slots[int(self._random() * len(slots))]
        return text[:slot] + TAKEN_FOR[text[slot]] + text[slot + 1 :]

    def _transposed(self, text: str) -> str:
        if len(text) < 2:
            return text
        slot = int(self._random() * (len(text) - 1))
        return text[:slot] + text[slot + 1] + text[slot] + text[slot + 2 :]

    def _digit(self, code: str) -> str:
        slot = 8 + int(self._random() * 9)
        return code[:slot] + "0123456789"[int(self._random() * 10)] + code[slot + 1 :]

    def _registration(self, code: str) -> str:
        """A registration number of 15 digits from before 2015; nothing in it leads to the new code."""
        return f"4401{int(self._random() * 10**11):011}"


def _short_name(text: str) -> str:
    return (
        text.removeprefix("广州市")
        .removeprefix("广州")
        .replace("有限责任公司", "公司")
        .replace("有限公司", "公司")
    )


def _short_address(text: str) -> str:
    return (
        text.removeprefix("广东省").removeprefix("广州市").replace("街道", "街").replace("社区居委会", "社区")
    )
