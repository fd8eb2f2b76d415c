"""The ledger's tree against the known vectors of Certificate Transparency and a naive tree."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.trust.rules import merkle
from yiwang.trust.rules.merkle import Node

# The eight leaves and the roots of the reference tests of Certificate Transparency (RFC 6962).
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# (leaf number from 1, tree size, audit path)
PATHS = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (3, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        2,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]


# ---- the oracle: the recursive definitions of RFC 6962, word for word ---------------------------------


def naive_split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def naive_root(d: list[bytes]) -> bytes:
    if not d:
        return sha256(b"").digest()
    if len(d) == 1:
        return sha256(b"\x00" + d[0]).digest()
    k = naive_split(len(d))
    return sha256(b"\x01" + naive_root(d[:k]) + naive_root(d[k:])).digest()


def naive_path(m: int, d: list[bytes]) -> list[bytes]:
    if len(d) == 1:
        return []
    k = naive_split(len(d))
    if m < k:
        return [*naive_path(m, d[:k]), naive_root(d[k:])]
    return [*naive_path(m - k, d[k:]), naive_root(d[:k])]


def naive_subproof(m: int, d: list[bytes], *, known: bool) -> list[bytes]:
    if m == len(d):
        return [] if known else [naive_root(d)]
    k = naive_split(len(d))
    if m <= k:
        return [*naive_subproof(m, d[:k], known=known), naive_root(d[k:])]
    return [*naive_subproof(m - k, d[k:], known=False), naive_root(d[:k])]


def grown(entries: list[bytes]) -> dict[Node, bytes]:
    return merkle.appended(0, [merkle.leaf_hash(entry) for entry in entries], lambda _: b"")


@pytest.mark.parametrize("size", range(1, 9))
def test_known_roots(size: int) -> None:
    nodes = grown(LEAVES)
    assert merkle.fold(merkle.fold_plan(0, size), nodes.__getitem__).hex() == ROOTS[size - 1]


def test_the_empty_tree() -> None:
    assert merkle.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.fold((), lambda _: b"") == merkle.EMPTY_ROOT


@pytest.mark.parametrize(("number", "size", "path"), PATHS)
def test_known_audit_paths(number: int, size: int, path: list[str]) -> None:
    found = merkle.proof(merkle.inclusion_plan(number - 1, size), grown(LEAVES).__getitem__)
    assert [element.hex() for element in found] == path
    leaf = merkle.leaf_hash(LEAVES[number - 1])
    assert merkle.verify_inclusion(leaf, number - 1, size, found, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("first", "second", "path"), CONSISTENCY)
def test_known_consistency_proofs(first: int, second: int, path: list[str]) -> None:
    found = merkle.proof(merkle.consistency_plan(first, second), grown(LEAVES).__getitem__)
    assert [element.hex() for element in found] == path
    roots = [bytes.fromhex(ROOTS[size - 1]) for size in (first, second)]
    assert merkle.verify_consistency(first, second, roots[0], roots[1], found)


entries = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


@given(entries, st.data())
def test_roots_and_proofs_agree_with_the_definitions(d: list[bytes], data: st.DataObject) -> None:
    lookup = grown(d).__getitem__
    size = data.draw(st.integers(1, len(d)))
    older = data.draw(st.integers(1, size))
    index = data.draw(st.integers(0, size - 1))
    root = merkle.fold(merkle.fold_plan(0, size), lookup)
    assert root == naive_root(d[:size])
    path = merkle.proof(merkle.inclusion_plan(index, size), lookup)
    assert list(path) == naive_path(index, d[:size])
    assert merkle.verify_inclusion(merkle.leaf_hash(d[index]), index, size, path, root)
    between = merkle.proof(merkle.consistency_plan(older, size), lookup)
    assert list(between) == naive_subproof(older, d[:size], known=True)
    assert merkle.verify_consistency(older, size, naive_root(d[:older]), root, between)


@given(entries, st.data())
def test_growing_in_batches_gives_the_same_nodes(d: list[bytes], data: st.DataObject) -> None:
    nodes: dict[Node, bytes] = {}
    size = 0
    while size < len(d):
        batch = d[size : size + data.draw(st.integers(1, 9))]
        known = {node: nodes[node] for node in merkle.append_plan(size)}
        fresh = merkle.appended(size, [merkle.leaf_hash(entry) for entry in batch], known.__getitem__)
        assert not fresh.keys() & nodes.keys()
        nodes |= fresh
        size += len(batch)
    assert nodes == grown(d)


@given(entries, st.data())
def test_a_changed_proof_is_refused(d: list[bytes], data: st.DataObject) -> None:
    lookup = grown(d).__getitem__
    size = len(d)
    index = data.draw(st.integers(0, size - 1))
    root = naive_root(d)
    leaf = merkle.leaf_hash(d[index])
    path = merkle.proof(merkle.inclusion_plan(index, size), lookup)
    assert not merkle.verify_inclusion(leaf, size, size, path, root)
    assert not merkle.verify_inclusion(leaf, index, size, (*path, root), root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"another entry"), index, size, path, root)
    if path:
        broken = data.draw(st.integers(0, len(path) - 1))
        changed = [bytes(32) if i == broken else element for i, element in enumerate(path)]
        assert not merkle.verify_inclusion(leaf, index, size, changed, root)
        assert not merkle.verify_inclusion(leaf, index, size, path[:-1], root)


@given(entries, st.data())
def test_a_rewritten_history_is_refused(d: list[bytes], data: st.DataObject) -> None:
    older = data.draw(st.integers(1, len(d)))
    lookup = grown(d).__getitem__
    between = merkle.proof(merkle.consistency_plan(older, len(d)), lookup)
    forged = [*d[: older - 1], d[older - 1] + b"!"]
    assert not merkle.verify_consistency(older, len(d), naive_root(forged), naive_root(d), between)
    assert not merkle.verify_consistency(len(d) + 1, len(d), naive_root(d), naive_root(d), between)


def test_plans_refuse_what_is_not_in_the_tree() -> None:
    with pytest.raises(ValueError, match="not in the tree"):
        merkle.inclusion_plan(8, 8)
    with pytest.raises(ValueError, match="later one"):
        merkle.consistency_plan(9, 8)


def test_a_proof_in_a_tree_of_a_million_needs_few_nodes() -> None:
    assert len(merkle.inclusion_plan(777_777, 1_000_000)) == 20
    assert sum(len(fold) for fold in merkle.inclusion_plan(777_777, 1_000_000)) <= 40
