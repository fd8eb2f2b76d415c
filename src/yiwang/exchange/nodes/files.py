"""The files that the node's listener and connections read: certificate, key and root, in ``var/node``."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from yiwang.platform.environment import environment

CHAIN, KEY, ROOT = "certificate.pem", "key.pem", "root.pem"


def tls_folder() -> Path:
    """The folder, for the installation's user only."""
    place = environment().var / "node"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def write(name: str, content: bytes) -> None:
    """Write a file for the installation's user only, by one rename.

    The TLS library reads the key itself, so that it lies here unencrypted; it opens connections and signs
    nothing.
    """
    place = tls_folder() / name
    temporary = place.with_suffix(f".{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(place)
