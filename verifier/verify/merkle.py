"""The Merkle tree of RFC 6962 and the paths of RFC 9162.

A leaf is SHA-256(0x00 || entry), an inner node SHA-256(0x01 || left || right).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from .findings import Unreadable
from .heads import Head


class Tree:
    """The right edge of a growing tree: the roots of its complete subtrees, the largest first."""

    def __init__(self, size: int = 0, edge: Sequence[bytes] = ()) -> None:
        if len(edge) != size.bit_count():
            raise Unreadable("the edge does not fit the size")
        self.size = size
        self._edge = list(edge)

    def add(self, leaf: bytes) -> None:
        """Append a leaf hash."""
        merged = self.size
        while merged & 1:
            leaf = sha256(b"\x01" + self._edge.pop() + leaf).digest()
            merged >>= 1
        self._edge.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over everything so far."""
        if not self._edge:
            return sha256(b"").digest()
        value = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            value = sha256(b"\x01" + left + value).digest()
        return value


def included(leaf: bytes, index: int, head: Head, path: Sequence[bytes]) -> bool:
    """Whether a leaf stands in the ledger of a head."""
    return climbed(leaf, index, head.size, path) == head.root


def climbed(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a path leads to (RFC 9162, section 2.1.3.2); None when it does not fit index and size."""
    if not 0 <= index < size:
        return None
    fn, sn, value = index, size - 1, leaf
    for part in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            value = sha256(b"\x01" + part + value).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            value = sha256(b"\x01" + value + part).digest()
        fn, sn = fn >> 1, sn >> 1
    return value if sn == 0 else None


def consistent(older: Head, newer: Head, path: Sequence[bytes]) -> bool:
    """RFC 9162, section 2.1.4.2."""
    if not 0 < older.size <= newer.size:
        return False
    if older.size == newer.size:
        return not path and older.root == newer.root
    parts = [older.root, *path] if older.size & (older.size - 1) == 0 else list(path)
    if not parts:
        return False
    fn, sn = older.size - 1, newer.size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = parts[0]
    for part in parts[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = sha256(b"\x01" + part + first).digest(), sha256(b"\x01" + part + second).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = sha256(b"\x01" + second + part).digest()
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and first == older.root and second == newer.root
