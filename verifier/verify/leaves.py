"""A leaf of the ledger, hashed from what the file tells of it.

An entry is ``{"at":…,"content":…,"kind":…,"subject":…}`` as canonical JSON (RFC 8785), where ``content`` is
the hexadecimal SHA-256(salt || content).
"""

from __future__ import annotations

import json
from hashlib import sha256

from .fields import canonical
from .findings import Findings

LOOKED = "exchange.looked"


def leaf_of(told: dict[str, str], findings: Findings, number: int) -> bytes:
    """The hash of a leaf; a trace line is hashed anew, so that a changed one no longer fits the tree."""
    if "content" in told:
        committed = sha256(bytes.fromhex(told["salt"]) + told["content"].encode()).hexdigest()
        findings.lines += 1
        _check_subject(told, findings, number)
    else:
        committed = told["committed"]
        if told["kind"] == LOOKED and told.get("erased") != "yes":
            findings.fault(
                f"第 {number} 条：查询留痕缺失（只剩账本记录）", f"leaf {number}: the trace line is missing"
            )
    entry = {"at": told["at"], "content": committed, "kind": told["kind"], "subject": told["subject"]}
    return sha256(b"\x00" + canonical(entry)).digest()


def _check_subject(told: dict[str, str], findings: Findings, number: int) -> None:
    if told["subject"] != f"trace:{json.loads(told['content']).get('trace')}":
        findings.fault(
            f"第 {number} 条：留痕编号与账本不符", f"leaf {number}: the line is not the one that it names"
        )
