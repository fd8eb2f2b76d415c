"""The ledger's Merkle tree: hashing of RFC 6962 section 2.1 (the same in RFC 9162), grown leaf by leaf.

The tree is kept as its *complete* subtrees, named ``(level, index)``: the subtree over the leaves
``index * 2**level`` up to ``(index + 1) * 2**level``. A complete subtree never changes again, so appending
one leaf writes at most one new node a level, and every root and proof of every earlier size is a fold of
O(log n) stored nodes. A *plan* names those nodes, so that storage can fetch them in one question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import TypeAlias

Node: TypeAlias = tuple[int, int]
Lookup: TypeAlias = Callable[[Node], bytes]
#: One element of a proof: the complete subtrees, left to right, whose fold is the element's hash.
Fold: TypeAlias = tuple[Node, ...]

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """Hash a leaf; the prefix keeps a leaf from passing as a node."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash an inner node."""
    return sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """Give the largest power of two smaller than the size (at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def fold_plan(start: int, end: int) -> Fold:
    """Name the complete subtrees whose fold is the hash over leaves start..end of a tree."""
    nodes: list[Node] = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return tuple(nodes)


def fold(plan: Fold, lookup: Lookup) -> bytes:
    """Fold complete subtrees from the right: the last ones lie deepest."""
    if not plan:
        return EMPTY_ROOT
    result = lookup(plan[-1])
    for node in reversed(plan[:-1]):
        result = node_hash(lookup(node), result)
    return result


def inclusion_plan(index: int, size: int) -> tuple[Fold, ...]:
    """Plan the audit path of leaf ``index`` in the tree of ``size`` leaves (RFC 6962 section 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError("the leaf is not in the tree")
    path: list[Fold] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(fold_plan(middle, end))
            end = middle
        else:
            path.append(fold_plan(start, middle))
            start = middle
    return tuple(reversed(path))


def consistency_plan(first: int, second: int) -> tuple[Fold, ...]:
    """Plan the proof that the tree of ``first`` leaves begins that of ``second`` (RFC 6962 section 2.1.2)."""
    if not 0 < first <= second:
        raise ValueError("a tree is consistent with a later one only")
    path: list[Fold] = []
    start, end = 0, second
    whole = True  # the older tree is a complete left part: its root is known to the verifier
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(fold_plan(middle, end))
            end = middle
        else:
            path.append(fold_plan(start, middle))
            start, whole = middle, False
    if not whole:
        path.append(fold_plan(start, end))
    return tuple(reversed(path))


def proof(plan: Iterable[Fold], lookup: Lookup) -> tuple[bytes, ...]:
    """Work out a planned proof."""
    return tuple(fold(element, lookup) for element in plan)


def appended(size: int, leaves: Sequence[bytes], lookup: Lookup) -> dict[Node, bytes]:
    """Give the complete subtrees, leaves with them, that come into being when leaf hashes follow ``size``.

    ``lookup`` is asked only for nodes of :func:`append_plan`.
    """
    made: dict[Node, bytes] = {}
    for offset, leaf in enumerate(leaves):
        level, index, value = 0, size + offset, leaf
        made[(0, index)] = value
        while index & 1:
            left = (level, index - 1)
            value = node_hash(made[left] if left in made else lookup(left), value)
            level, index = level + 1, index >> 1
            made[(level, index)] = value
    return made


def append_plan(size: int) -> Fold:
    """Name the nodes that appending to a tree of this size needs."""
    return fold_plan(0, size)


def root_from_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Climb from a leaf hash to the root (RFC 9162 section 2.1.3.2).

    Raises:
        ValueError: the path does not belong to this place of a tree of this size.
    """
    if not 0 <= index < size:
        raise ValueError("the leaf is not in the tree")
    fn, sn, value = index, size - 1, leaf
    for element in path:
        if sn == 0:
            raise ValueError("the path is too long")
        if fn & 1 or fn == sn:
            value = node_hash(element, value)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            value = node_hash(value, element)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise ValueError("the path is too short")
    return value


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Check that the leaf hash stands at ``index`` under the root (RFC 9162 section 2.1.3.2)."""
    try:
        return root_from_path(leaf, index, size, path) == root
    except ValueError:
        return False


def verify_consistency(
    first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]
) -> bool:
    """Check that the older tree is the beginning of the newer (RFC 9162 section 2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    elements = [first_root, *path] if first & (first - 1) == 0 else list(path)
    if not elements:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    older = newer = elements[0]
    for element in elements[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            older, newer = node_hash(element, older), node_hash(element, newer)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            newer = node_hash(newer, element)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and older == first_root and newer == second_root
