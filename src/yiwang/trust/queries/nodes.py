"""Stored hashes of the tree, many at a time."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from yiwang.trust.rules.merkle import Node

_NODES = """
    SELECT n.level, n.index, n.hash FROM trust_treenode n
    JOIN unnest(%s::smallint[], %s::bigint[]) AS wanted(level, index)
      ON n.level = wanted.level AND n.index = wanted.index
    UNION ALL
    SELECT 0, l.index, l.leaf_hash FROM trust_ledgerleaf l WHERE l.index = ANY(%s::bigint[])
"""


def fetch_nodes(nodes: Iterable[Node]) -> dict[Node, bytes]:
    """Give the hashes of complete subtrees in one question; level 0 lies in the leaves themselves."""
    wanted = set(nodes)
    inner = [node for node in wanted if node[0] > 0]
    leaves = [index for level, index in wanted if level == 0]
    with connection.cursor() as cursor:
        cursor.execute(_NODES, [[level for level, _ in inner], [index for _, index in inner], leaves])
        return {(level, index): bytes(value) for level, index, value in cursor.fetchall()}
