"""A consistency proof, as ``/api/trust/consistency`` gives it: the older ledger begins the newer one."""

from __future__ import annotations

from base64 import b64decode

from .fields import listed
from .findings import Findings
from .heads import read_head
from .merkle import consistent


def check_consistency(told: dict[str, object], key: bytes) -> Findings:
    """Check that the older ledger begins the newer one."""
    findings = Findings()
    try:
        older, newer = (read_head(str(told[name]), key) for name in ("older", "newer"))
    except ValueError as problem:
        findings.fault(f"检查点无效：{problem}", f"a checkpoint does not hold: {problem}")
        return findings
    path = [b64decode(str(part), validate=True) for part in listed(told, "path")]
    if not consistent(older, newer, path):
        findings.fault("旧账本不是新账本的开头", "the older ledger is not the beginning of the newer")
    findings.leaves = newer.size
    return findings
