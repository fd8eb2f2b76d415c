"""Where a written address is compared with the standard ones: an engine above knows them, others ask here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text

#: The one book of a city.
ADDRESS_BOOK = "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAddress:
    """A standard address; degrees are of CGCS2000, None where the register has no point."""

    code: str
    full: str
    division: str
    longitude: float | None
    latitude: float | None
    #: The chance, 0 to 1, that the number of the building is right; 1 for one that was named by its code.
    confidence: float = 1.0
    #: Part by part, what agrees with the text and what was corrected or supplied.
    reasons: tuple[Text, ...] = ()


class AddressBook(Protocol):
    """Finds standard addresses for what people write."""

    def suggesting(self) -> str:
        """Path of the door that is asked while somebody types; empty while there are no addresses."""
        ...

    def find(self, text: str, *, division: str = "") -> tuple[BookAddress, ...] | None:
        """What a text may mean, the likeliest first; None while there are no addresses to compare with.

        ``division`` is where the place lies as far as another answer says it: 6, 9 or 12 digits.
        """
        ...

    def find_all(
        self, asked: Sequence[tuple[str, str]], *, most: int
    ) -> list[tuple[BookAddress, ...]] | None:
        """The same for many texts, each with its division: up to ``most`` addresses for each."""
        ...

    def made_of(self) -> frozenset[str]:
        """The registers of which the book is made: their own addresses are not looked for in it."""
        ...

    def of_code(self, code: str) -> BookAddress | None:
        """The address of a code, unless it was ended."""
        ...


ADDRESS_BOOKS: Registry[AddressBook] = Registry("books of standard addresses")
