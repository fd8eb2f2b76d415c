"""First passwords that are read from paper once and changed at the next sign-in."""

from __future__ import annotations

import secrets

# Letters and digits that nobody confuses when reading: 12 of 31 give 59 bits.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 12


def readable_password() -> str:
    """A random password of twelve readable signs."""
    return "".join(secrets.choice(_READABLE) for _ in range(_LENGTH))
