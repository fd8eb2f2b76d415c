"""Evidence as a file of JSON lines, which the program ``verifier`` checks; its head says what the format is.

Trace lines stand in it whole (they hold no value that was seen, and name people by blind references), all
other leaves by their commitments: they are there so that the tree can be grown again.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC

from yiwang.exchange.contracts import EvidenceAsked
from yiwang.exchange.evidence import LEAF_KIND, LEAF_SUBJECT, evidence_of
from yiwang.exchange.models import TraceLine
from yiwang.platform.contracts import Json
from yiwang.trust import api as trust
from yiwang.trust.contracts import Leaf

_BATCH = 2_000


def evidence_file(asked: EvidenceAsked) -> Iterator[bytes]:
    """Give the file, compressed (gzip, RFC 1952), a batch of leaves at a time: memory stays flat."""
    packer = zlib.compressobj(level=6, wbits=31)
    for part in _lines(asked):
        if packed := packer.compress(part):
            yield packed
    yield packer.flush()


def _lines(asked: EvidenceAsked) -> Iterator[bytes]:
    yield _line(_heading(asked))
    for leaves in trust.leaves_between(asked.first, asked.size, batch=_BATCH):
        contents = _contents(leaves)
        yield b"".join(_line(told_leaf(leaf, contents.get(leaf.subject))) for leaf in leaves)


def _heading(asked: EvidenceAsked) -> Mapping[str, Json]:
    heads = trust.day_heads(asked.first, asked.size)
    return {
        "format": "yiwang-evidence",
        "version": 1,
        "first": asked.first,
        "edge": [node.hex() for node in trust.edge(asked.first)],
        "key": b64encode(trust.ledger_public_key() or b"").decode(),
        "checkpoints": [head.note for head in heads],
    }


def _contents(leaves: Sequence[Leaf]) -> Mapping[str, str]:
    """What the trace lines of some leaves say, by the subject of the leaf."""
    numbers = [int(leaf.subject.removeprefix(LEAF_SUBJECT)) for leaf in leaves if leaf.kind == LEAF_KIND]
    found = TraceLine.objects.in_bulk(numbers)
    return {
        f"{LEAF_SUBJECT}{pk}": trust.canonical_json(evidence_of(line)).decode() for pk, line in found.items()
    }


def told_leaf(leaf: Leaf, content: str | None) -> dict[str, Json]:
    """A leaf as evidence tells it; the content only with the salt that its commitment was made with."""
    told: dict[str, Json] = {
        "at": leaf.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": leaf.kind,
        "subject": leaf.subject,
    }
    if leaf.kind == LEAF_KIND and leaf.salt is not None and content is not None:
        return told | {"salt": leaf.salt.hex(), "content": content}
    erased: dict[str, Json] = {"erased": "yes"} if leaf.salt is None else {}
    return told | {"committed": leaf.committed.hex()} | erased


def proofs_of(trace_ids: Sequence[int]) -> dict[str, Json] | None:
    """Give trace lines with their paths to the newest signed head, as the file of proofs that a person keeps.

    The caller has seen to it that the lines are the reader's own. None while nothing is signed; a line of
    the last second may be missing.
    """
    found = trust.find_proven([f"{LEAF_SUBJECT}{number}" for number in trace_ids], kind=LEAF_KIND)
    if found is None:
        return None
    head, proven = found
    contents = _contents([each.leaf for each in proven.values()])
    return {
        "format": "yiwang-proofs",
        "version": 1,
        "key": b64encode(trust.ledger_public_key() or b"").decode(),
        "checkpoint": head.note,
        "lines": [
            told_leaf(each.leaf, contents.get(subject))
            | {"index": each.leaf.index, "path": [node.hex() for node in each.path]}
            for subject, each in sorted(proven.items(), key=lambda pair: pair[1].leaf.index)
        ],
    }


def _line(told: Mapping[str, Json]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
