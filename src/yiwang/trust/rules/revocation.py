"""Why a seal is withdrawn, in our words and in those of RFC 5280."""

from __future__ import annotations

from enum import StrEnum

from cryptography.x509 import ReasonFlags

from yiwang.kernel.text import Text


class RevocationReason(StrEnum):
    """Grounds of withdrawal."""

    KEY_COMPROMISED = "key_compromised"
    NAME_CHANGED = "name_changed"
    SUPERSEDED = "superseded"
    DISSOLVED = "dissolved"


REASON_TEXTS = {
    RevocationReason.KEY_COMPROMISED: Text("密钥泄露或被盗用", "The key was lost or misused"),
    RevocationReason.NAME_CHANGED: Text("机构更名", "The organisation changed its name"),
    RevocationReason.SUPERSEDED: Text("更换印章", "A new seal replaces it"),
    RevocationReason.DISSOLVED: Text("机构撤销", "The organisation was dissolved"),
}

FLAGS = {
    RevocationReason.KEY_COMPROMISED: ReasonFlags.key_compromise,
    RevocationReason.NAME_CHANGED: ReasonFlags.affiliation_changed,
    RevocationReason.SUPERSEDED: ReasonFlags.superseded,
    RevocationReason.DISSOLVED: ReasonFlags.cessation_of_operation,
}
