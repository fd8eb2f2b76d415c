"""A file of proofs: single trace lines, each with its path to a signed head."""

from __future__ import annotations

from .fields import listed
from .findings import Findings, Unreadable
from .heads import read_head
from .leaves import leaf_of
from .merkle import included


def check_proofs(told: dict[str, object], key: bytes) -> Findings:
    """Check single lines, each by its path to the signed head."""
    findings = Findings()
    try:
        head = read_head(str(told["checkpoint"]), key)
    except ValueError as problem:
        findings.fault(f"检查点无效：{problem}", f"the checkpoint does not hold: {problem}")
        return findings
    for line in listed(told, "lines"):
        if not isinstance(line, dict):
            raise Unreadable("a line is no object")
        number = int(line["index"])
        path = [bytes.fromhex(part) for part in line["path"]]
        leaf = leaf_of({name: str(value) for name, value in line.items()}, findings, number)
        if not included(leaf, number, head, path):
            findings.fault(f"第 {number} 条不在账本中", f"leaf {number} does not stand in the ledger")
    findings.leaves = head.size
    return findings
