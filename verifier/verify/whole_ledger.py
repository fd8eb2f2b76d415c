"""An evidence file: all leaves in order, with the lines that they commit to, against the signed heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .fields import listed
from .findings import Findings
from .heads import Head, read_head
from .leaves import leaf_of
from .merkle import Tree


def check_evidence(lines: Iterator[dict[str, object]], key: bytes, held: Sequence[Head]) -> Findings:
    """Grow the tree from the leaves and compare it with every signed head on the way."""
    findings = Findings()
    heading = next(lines)
    heads = {head.size: head for head in _signed_heads(heading, key, findings)}
    last = max(heads, default=0)
    tree = Tree(int(str(heading["first"])), [bytes.fromhex(str(part)) for part in listed(heading, "edge")])
    known = {head.size: head for head in held}
    if tree.size and tree.size not in known:
        findings.notes.append(
            (
                f"证据自第 {tree.size} 条起；请用 --checkpoint 提供此前保存的检查点",
                f"the evidence begins at leaf {tree.size}: give the checkpoint of that size that you kept",
            )
        )
    heads_to_meet = [(size, head) for source in (heads, known) for size, head in source.items()]
    wanted: dict[int, list[Head]] = {}
    for size, head in heads_to_meet:
        wanted.setdefault(size, []).append(head)
    _meet(tree, wanted, findings)
    for told in lines:
        tree.add(leaf_of({name: str(value) for name, value in told.items()}, findings, tree.size))
        _meet(tree, wanted, findings)
    findings.leaves = tree.size
    if tree.size != last:
        findings.fault(
            f"文件有 {tree.size} 条，签名的账本有 {last} 条",
            f"the file ends at leaf {tree.size}, the signed ledger has {last}",
        )
    for size in sorted(size for size in wanted if size > tree.size):
        findings.fault(f"账本没有达到检查点 {size}", f"the ledger never reached the checkpoint of {size}")
    return findings


def _signed_heads(heading: dict[str, object], key: bytes, findings: Findings) -> list[Head]:
    heads = []
    for note in listed(heading, "checkpoints"):
        try:
            heads.append(read_head(str(note), key))
        except ValueError as problem:
            findings.fault(f"检查点无效：{problem}", f"a checkpoint does not hold: {problem}")
    return heads


def _meet(tree: Tree, wanted: dict[int, list[Head]], findings: Findings) -> None:
    """Compare the tree with the heads of its present size."""
    for head in wanted.get(tree.size, ()):
        if head.root != tree.root():
            findings.fault(
                f"前 {tree.size} 条与已签名的根不符：其中有记录被改动、删除或调换",
                f"the first {tree.size} leaves do not give the signed root: one was changed, lost or moved",
            )
