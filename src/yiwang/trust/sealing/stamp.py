"""The red seal as it is seen: a one-page PDF, drawn once for each key."""

from __future__ import annotations

import secrets
from pathlib import Path

from yiwang.trust import keystore
from yiwang.trust.documents.typesetting import set_source
from yiwang.trust.models import SigningKey

_SOURCE = b"""\
#import "@yiwang/documents:0.1.0": seal
#set page(width: 42mm, height: 42mm, margin: 0mm, fill: none)
#let words = sys.inputs
#seal(words.name, inscription: if words.inscription == "" { none } else { words.inscription })
"""


def stamp_file(key: SigningKey) -> Path:
    """Give the drawing's file; made at first use, renamed into place whole."""
    place = keystore.folder() / "seals" / f"{key.fingerprint}.pdf"
    if not place.exists():
        drawing = set_source(_SOURCE, {"name": key.name_zh, "inscription": key.inscription})
        temporary = place.with_suffix(f".{secrets.token_hex(4)}")
        temporary.write_bytes(drawing)
        temporary.rename(place)
    return place
