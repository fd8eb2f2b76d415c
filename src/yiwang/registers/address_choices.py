"""The choice among standard addresses that a page shows for an address that somebody typed.

A note is ``{typed, code, full, confidence}``; an empty code means that the person keeps what was typed though
the register of addresses has nothing for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, Option
from yiwang.registers.address_books import ADDRESS_BOOK, ADDRESS_BOOKS, AddressBook, BookAddress

#: Sent for the last line of the choice.
AS_TYPED = "as-typed"
#: What is found so surely is chosen beforehand; what is the standard text itself is not asked about.
LIKELY, SURE = 0.75, 0.9
#: Said of an address that is still to be chosen.
WHICH_ADDRESS = Text("请选择所填地址对应的标准地址", "Choose the standard address that is meant")
_KEEP = Text("都不是，按我填写的保留", "None of these: keep what I typed")
_KEEP_ALONE = Text(
    "标准地址库中没有找到，按我填写的保留", "Not found in the register of addresses: keep what I typed"
)
_SAID = Text("可信度{percent}%。{reasons}", "{percent}% likely. {reasons}")


@dataclass(frozen=True, slots=True)
class PickedAddress:
    """What a page sent for the choice: a code or ``AS_TYPED``, and the text for which it was shown."""

    code: str
    typed: str


def address_book() -> AddressBook | None:
    """The city's book; None where no engine keeps one."""
    return ADDRESS_BOOKS.get(ADDRESS_BOOK) if ADDRESS_BOOK in ADDRESS_BOOKS else None


def suggesting() -> str:
    """Path of the door that suggests addresses; empty where the city has none."""
    book = address_book()
    return book.suggesting() if book is not None else ""


def noted_address(
    typed: str, found: tuple[BookAddress, ...], picked: PickedAddress | None
) -> dict[str, Json] | None:
    """The note for what was picked for this very text, or for what is the standard text itself; else None."""
    if picked is not None and picked.typed == typed:
        if picked.code == AS_TYPED:
            return {"typed": typed, "code": ""}
        for each in found:
            if each.code == picked.code:
                return _note(typed, each)
    if found and found[0].full == typed and found[0].confidence >= SURE:
        return _note(typed, found[0])
    return None


def choosing(control: Control, typed: str, found: tuple[BookAddress, ...]) -> Control:
    """The control of an address with the choice among what was found."""
    options = [
        Option(
            value=each.code,
            label=Text(each.full, each.full),
            hint=_SAID.fill(percent=percent(each.confidence), reasons=joined_reasons(each)),
        )
        for each in found
    ]
    chosen = AS_TYPED
    if found:
        chosen = found[0].code if found[0].confidence >= LIKELY else ""
    options.append(Option(value=AS_TYPED, label=_KEEP if found else _KEEP_ALONE))
    return replace(control, places=tuple(options), places_for=typed, place=chosen)


def joined_reasons(each: BookAddress) -> Text:
    """Part by part, what agrees, as one sentence."""
    return Text("；".join(said.zh for said in each.reasons), "; ".join(said.en for said in each.reasons))


def percent(confidence: object) -> int:
    """Whole per cent, never more than 99: nothing that was read is certain."""
    return min(round(confidence * 100), 99) if isinstance(confidence, int | float) else 0


def _note(typed: str, each: BookAddress) -> dict[str, Json]:
    return {"typed": typed, "code": each.code, "full": each.full, "confidence": each.confidence}


def typed_in(note: Mapping[str, Json] | Json) -> str:
    """The text for which a note stands; empty for what is no note."""
    typed = note.get("typed") if isinstance(note, Mapping) else None
    return typed if isinstance(typed, str) else ""
