"""Keys of interest at rest: sealed, for a key is somebody's number."""

from __future__ import annotations

import json
from collections.abc import Sequence

from yiwang.platform.sealing import seal, unseal

_LABEL = "yiwang.exchange/subscription-keys/1"


def seal_keys(keys: Sequence[str], *, subscription: str) -> bytes:
    """Seal; what is sealed belongs to one subscription. Nothing for no keys."""
    if not keys:
        return b""
    return seal(json.dumps(list(keys)).encode(), label=_LABEL, bound_to=subscription)


def unseal_keys(sealed: bytes | memoryview, *, subscription: str) -> tuple[str, ...]:
    """What :func:`seal_keys` was given."""
    if not bytes(sealed):
        return ()
    return tuple(str(key) for key in json.loads(unseal(sealed, label=_LABEL, bound_to=subscription)))
