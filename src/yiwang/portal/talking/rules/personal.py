"""Personal data in a text that is to be published: found, and taken out.

What is found is certain enough to stop a publication: numbers of identity cards, mobile telephones, bank
cards and passports, e-mail addresses, and the names that are given. An office's own landline is none. What
no rule sees (a street number that gives a household away) is for the officer who reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from yiwang.kernel.text import Text


class Personal(StrEnum):
    """What was found."""

    RESIDENT_ID = "resident_id"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    PASSPORT = "passport"
    EMAIL = "email"
    NAME = "name"


PERSONAL_TEXTS = {
    Personal.RESIDENT_ID: Text("身份证号", "identity number"),
    Personal.PHONE: Text("手机号", "mobile number"),
    Personal.BANK_CARD: Text("银行卡号等长号码", "bank card or other long number"),
    Personal.PASSPORT: Text("护照号", "passport number"),
    Personal.EMAIL: Text("电子邮箱", "e-mail address"),
    Personal.NAME: Text("姓名", "name"),
}
#: What stands where something was taken out.
GAP = "＊＊＊"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something personal from ``start`` until before ``end``."""

    kind: Personal
    start: int
    end: int


# Full-width signs are read as their plain ones, sign for sign, so that places stay the same.
_PLAIN = {0xFF01 + i: 0x21 + i for i in range(94)}
# People write numbers in groups, and some to slip through.
_GAP = r"[ \u3000\-—.·]{0,2}"
_PATTERNS = (
    (Personal.EMAIL, re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,10}")),
    (Personal.RESIDENT_ID, re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{16}}{_GAP}[\dXx](?!\d)")),
    (Personal.BANK_CARD, re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{15,60}}(?!\d)")),
    (Personal.RESIDENT_ID, re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{14}}(?!\d)")),
    (Personal.PHONE, re.compile(rf"(?<!\d)(?:86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")),
    (Personal.PASSPORT, re.compile(r"(?<![A-Za-z0-9])[EeGgDdSsPpHh][A-Za-z]?\d{7,8}(?!\d)")),
)
_SHORTEST_NAME = 2


def personal_in(text: str, *, names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What is personal in a text, in its order; no two findings overlap, the surer kind goes first."""
    plain = text.translate(_PLAIN)
    found: list[Finding] = []
    for kind, pattern in (*_PATTERNS, *_named(names)):
        for match in pattern.finditer(plain):
            start, end = match.span()
            if all(end <= other.start or start >= other.end for other in found):
                found.append(Finding(kind=kind, start=start, end=end))
    return tuple(sorted(found, key=lambda finding: finding.start))


def without_personal(text: str, *, names: Iterable[str] = ()) -> str:
    """The text with a gap in place of each finding."""
    kept, last = [], 0
    for finding in personal_in(text, names=names):
        kept += [text[last : finding.start], GAP]
        last = finding.end
    return "".join([*kept, text[last:]])


def _named(names: Iterable[str]) -> list[tuple[Personal, re.Pattern[str]]]:
    written = {name.strip().translate(_PLAIN) for name in names}
    return [
        (Personal.NAME, re.compile(re.escape(name)))
        for name in sorted(written, key=len, reverse=True)
        if len(name) >= _SHORTEST_NAME
    ]
