"""What is wrong with rows as departments really keep them, and what would have been right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from yiwang.registers.synthesis.names import TAKEN_FOR

#: Nothing is wrong with a row; its cells as they are.
Cells = tuple[str, ...]
Spoil = Callable[[str], str]


class Fault(NamedTuple):
    """One thing that is wrong. ``truth`` is the right cell; of a duplicate, nothing."""

    kind: str
    field: str
    truth: str


class Dirt:
    """Spoils a share of the rows, each in one way."""

    def __init__(self, chance: Random, share: float) -> None:
        if not 0 <= share <= 1:
            raise ValueError("a share is between 0 and 1")
        self._chance = chance
        self._share = share
        self._ways: dict[str, Spoil] = {
            "typo": self._typo,
            "transposed": self._transposed,
            "shortened": _shortened,
            "spaced": lambda text: f" {text}\u3000",
            "missing": lambda text: "",
        }

    def falls(self) -> bool:
        """Whether a row is spoiled."""
        return self._chance.random() < self._share

    def spoil(
        self, cells: Cells, fields: Sequence[str], ways: Sequence[tuple[str, str]]
    ) -> tuple[Cells, Fault | None]:
        """Spoil one cell in one of the ways (kind and field); some cells are beyond spoiling."""
        kind, field = self._chance.choice(ways)
        place = fields.index(field)
        wrong = self._ways[kind](cells[place])
        if wrong == cells[place]:
            return cells, None
        return (*cells[:place], wrong, *cells[place + 1 :]), Fault(kind, field, cells[place])

    def _typo(self, text: str) -> str:
        places = [place for place, sign in enumerate(text) if sign in TAKEN_FOR]
        if not places:
            return text
        place = self._chance.choice(places)
        return text[:place] + TAKEN_FOR[text[place]] + text[place + 1 :]

    def _transposed(self, text: str) -> str:
        """Two neighbours change places: what MOD 11-2 and MOD 31 always find."""
        places = [
            place
            for place in range(len(text) - 1)
            if text[place] != text[place + 1] and text[place : place + 2].isalnum()
        ]
        if not places:
            return text
        place = self._chance.choice(places)
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _shortened(text: str) -> str:
    """As people say it: 广州市天河区… without the city, 有限公司 as 公司."""
    return text.removeprefix("广州市").replace("有限公司", "公司").replace("街道", "街")


#: Ways in which rows are wrong; a wrong number or none is refused by a load, most of the rest slips through.
PERSON_WAYS = (
    ("typo", "name"), ("typo", "name"), ("transposed", "id_number"), ("missing", "id_number"),
    ("transposed", "phone"), ("missing", "phone"), ("shortened", "residence_address"),
    ("missing", "residence_address"), ("transposed", "birth_date"), ("spaced", "name"),
)  # fmt: skip
FIRM_WAYS = (
    ("typo", "name"), ("typo", "legal_representative"), ("shortened", "name"), ("shortened", "address"),
    ("transposed", "credit_code"), ("missing", "credit_code"), ("missing", "representative_id"),
    ("transposed", "phone"), ("missing", "industry"), ("spaced", "name"),
)  # fmt: skip
