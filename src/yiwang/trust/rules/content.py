"""What a ledger leaf commits to: salted hashes of canonical JSON, so that a leaf never tells its content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from yiwang.platform.contracts import Json


def canonical_json(content: Mapping[str, Json]) -> bytes:
    """Give the one spelling of the content: keys sorted, no blanks, UTF-8, no floats.

    This is RFC 8785 for everything but floats, whose spelling differs between languages: they are refused.
    """
    _refuse_floats(content)
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _refuse_floats(value: object) -> None:
    match value:
        case str() | int() | None:
            return
        case float():
            raise TypeError("amounts in evidence are integers or text, never floats")
        case Mapping():
            for key, inner in value.items():
                if not isinstance(key, str):
                    raise TypeError("keys of evidence are text")
                _refuse_floats(inner)
        case list() | tuple():
            for inner in value:
                _refuse_floats(inner)


def content_hash(salt: bytes, content: Mapping[str, Json]) -> bytes:
    """Commit to the content.

    The salt keeps anybody from guessing a short content back from its hash; once it is erased together
    with the content, the leaf stands for nothing any more.
    """
    return sha256(salt + canonical_json(content)).digest()


def leaf_entry(*, kind: str, subject: str, committed: bytes, at: datetime) -> bytes:
    """Give the bytes that the tree hashes; the instant in UTC to the microsecond, as it is stored."""
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    return canonical_json({"at": stamp, "content": committed.hex(), "kind": kind, "subject": subject})
