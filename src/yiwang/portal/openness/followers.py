"""Addresses and tokens of followers: sealed, found by hash, written into mails."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from yiwang.kernel.text import Language, Text
from yiwang.platform.environment import environment
from yiwang.platform.sealing import seal, unseal
from yiwang.portal.openness.models import Follow

_LABEL = "openness.follow"
_MAIL = "openness.mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail in words."""

    to: str
    subject: str
    text: str


def token_hash_of(token: str) -> str:
    """What the database knows of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_digest_of(address: str) -> str:
    """The same for the same address, and of no use without the installation's secret."""
    return hmac.new(environment().secret().encode(), address.casefold().encode(), "sha256").hexdigest()


def sealed_follower(address: str, token: str) -> bytes:
    """Address and token for the row of their hash."""
    return seal(json.dumps([address, token]).encode(), label=_LABEL, bound_to=token_hash_of(token))


def address_and_token(row: Follow) -> tuple[str, str]:
    """Open a row."""
    address, token = json.loads(unseal(row.sealed, label=_LABEL, bound_to=row.token_hash))
    return str(address), str(token)


def sealed_letter(row: Follow, subject: Text, text: Text) -> bytes:
    """A mail to a follower in his language, with the way out at its end."""
    address, token = address_and_token(row)
    manage = link_to("openness:followed", [token], english=row.english)
    half: Language = "en" if row.english else "zh"
    body = text.in_(half).replace("{manage}", manage)
    kept = {"to": address, "subject": subject.in_(half), "text": body}
    return seal(json.dumps(kept).encode(), label=_MAIL, bound_to=row.token_hash)


def opened_letter(row: Follow, sealed: bytes | memoryview) -> Letter:
    """A mail as it is sent."""
    return Letter(**json.loads(unseal(sealed, label=_MAIL, bound_to=row.token_hash)))


def way_out(row: Follow) -> dict[str, str]:
    """Headers by which a mail program unsubscribes (RFC 2369), over HTTPS at one press (RFC 8058)."""
    _, token = address_and_token(row)
    link = link_to("openness:unfollow", [token], english=row.english)
    headers = {"List-Unsubscribe": f"<{link}>"}
    if link.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def link_to(name: str, args: list[object], *, english: bool) -> str:
    """The whole address of a page in a language."""
    with translation.override("en" if english else "zh-hans"):
        return f"{environment().address()}{reverse(name, args=args)}"
