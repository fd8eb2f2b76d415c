"""What of people's numbers may be shown."""

from __future__ import annotations

from yiwang.identity.rules.masking import masked_phone, masked_resident_id


def test_masks():
    assert masked_resident_id("440103198001011234") == "440103********1234"
    assert masked_resident_id("") == ""
    assert masked_phone("13812345678") == "138****5678"
    assert masked_phone("020") == "*20"
