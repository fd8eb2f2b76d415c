"""What a leaf commits to, and the text form of a signed head."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yiwang.trust.rules.checkpoint import Checkpoint, note, parsed
from yiwang.trust.rules.content import canonical_json, content_hash, leaf_entry


def test_one_spelling() -> None:
    assert (
        canonical_json({"b": [1, None, True], "a": "市建委"}) == '{"a":"市建委","b":[1,null,true]}'.encode()
    )
    assert canonical_json({"a": 1, "b": 2}) == canonical_json({"b": 2, "a": 1})


@pytest.mark.parametrize("content", [{"a": 1.5}, {"a": [{"b": 0.1}]}, {"a": float("nan")}])
def test_floats_are_no_evidence(content: dict) -> None:
    with pytest.raises(TypeError, match="never floats"):
        canonical_json(content)


def test_the_salt_hides_a_short_content() -> None:
    assert content_hash(b"a" * 16, {"result": "refused"}) != content_hash(b"b" * 16, {"result": "refused"})


def test_the_leaf_holds_hashes_only() -> None:
    at = datetime(2026, 11, 21, 18, 0, 0, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    entry = leaf_entry(kind="decision", subject="case:1", committed=b"\x01\x02", at=at)
    assert (
        entry
        == b'{"at":"2026-11-21T10:00:00.000005+00:00","content":"0102","kind":"decision","subject":"case:1"}'
    )


def test_a_checkpoint_goes_out_and_back() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    checkpoint = Checkpoint(origin="city.example/ledger", size=7, root=bytes(32))
    text = note(
        checkpoint, public_key=key.public_key().public_bytes_raw(), signature=key.sign(checkpoint.body())
    )
    assert text.startswith(
        "city.example/ledger\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— city.example/ledger "
    )
    read, _name, signature = parsed(text)
    assert read == checkpoint
    key.public_key().verify(signature, read.body())


@pytest.mark.parametrize(
    "text", ["", "a\n1\nxx\n\n— a b\n", "a\n١\nAAAA\n\n— a AAAA\n", "a\n1\n\n— b AAAA\n"]
)
def test_what_is_no_checkpoint(text: str) -> None:
    with pytest.raises(ValueError, match="not a checkpoint"):
        parsed(text)
