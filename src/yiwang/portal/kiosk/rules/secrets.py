"""The secret of a terminal: as it is typed, and as it is kept."""

from __future__ import annotations

import hashlib
import re

#: Digits and letters that cannot be taken for each other; twenty of them hold 100 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, _GROUP = 20, 5
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_COOKIE = re.compile(rf"([1-9]\d{{0,9}})\.([{ALPHABET}]{{{LENGTH}}})")


def grouped(signs: str) -> str:
    """Twenty signs in fours of five, as they are shown: ``ABCDE-…``."""
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))


def typed(secret: str) -> str:
    """A secret as somebody typed it, without dashes and blanks, look-alikes made right."""
    return "".join(sign for sign in secret.upper().translate(_ALIKE) if sign in ALPHABET)


def digest_of(secret: str) -> str:
    """What is kept of a secret; it is random and long, so a plain SHA-256 tells nothing of it."""
    return hashlib.sha256(typed(secret).encode()).hexdigest()


def cookie_of(terminal: int, secret: str) -> str:
    """What the terminal's browser keeps."""
    return f"{terminal}.{typed(secret)}"


def read_cookie(cookie: str) -> tuple[int, str] | None:
    """The terminal and its secret, or None where it is no such cookie."""
    found = _COOKIE.fullmatch(cookie)
    return (int(found[1]), found[2]) if found else None
