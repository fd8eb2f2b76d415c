"""Bodies of messages at rest: sealed under a key of the installation's secret.

The database alone shows no person's data; what proves a message are its signatures, which stay when the
body is erased.
"""

from __future__ import annotations

from yiwang.platform.sealing import seal, unseal

_LABEL = "yiwang.exchange.bodies"


def closed(body: bytes) -> bytes:
    """Encrypt."""
    return seal(body, label=_LABEL)


def opened(kept: bytes) -> bytes:
    """Decrypt.

    Raises:
        ValueError: the installation's secret is another one, or the bytes were altered.
    """
    return unseal(kept, label=_LABEL)
