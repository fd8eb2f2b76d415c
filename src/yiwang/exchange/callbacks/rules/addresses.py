"""Which addresses may be called. Pure.

A server that calls what a client names can be made to call what only it reaches (OWASP: server-side request
forgery). So the origin was declared with the credential by an approver, and the number behind its name is
one that the open network has, or of a network that the operator named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from yiwang.exchange.callbacks.contracts import CallbackRefused
from yiwang.kernel.text import Text

MOST_ORIGINS = 5
_ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[0-9]{1,5})?")
_PATH = re.compile(r"/[!-~]{0,300}")
_LONGEST_WAIT = timedelta(hours=1)
Network = IPv4Network | IPv6Network


def refuse_unsound_origins(origins: Sequence[str]) -> None:
    """An origin is scheme, host and port, in lower case.

    Raises:
        CallbackRefused: one is not.
    """
    if not 1 <= len(origins) <= MOST_ORIGINS or not all(_ORIGIN.fullmatch(origin) for origin in origins):
        raise CallbackRefused(
            reason=Text("应写明 1 至 5 个来源，如 https://sys.example.cn:8443",
                        "give one to five origins such as https://sys.example.cn:8443"),
        )  # fmt: skip


def refuse_undeclared(url: str, origins: Sequence[str]) -> None:
    """The address lies under a declared origin; no user, no fragment.

    Raises:
        CallbackRefused: it does not.
    """
    origin = next((each for each in origins if url.startswith(f"{each}/")), None)
    rest = url[len(origin) :] if origin else ""
    if origin is None or not _PATH.fullmatch(rest) or "#" in rest or "@" in urlsplit(url).netloc:
        raise CallbackRefused(
            reason=Text("该来源未随接入凭证登记", "its origin was not declared with the credential")
        )


def networks_of(words: str) -> tuple[Network, ...]:
    """Networks as the environment names them: with commas between."""
    return tuple(ip_network(word.strip()) for word in words.split(",") if word.strip())


def may_be_called(number: str, allowed: Sequence[Network]) -> bool:
    """Whether a resolved address is of the open network, or of one that the operator named."""
    found = ip_address(number)
    mapped = getattr(found, "ipv4_mapped", None)
    address = mapped or found
    if any(address in network for network in allowed):
        return True
    return address.is_global and not address.is_multicast


def wait_after(attempts: int) -> timedelta:
    """Until the next try: 2, 4, 8 … seconds, at most an hour."""
    return min(_LONGEST_WAIT, timedelta(seconds=2 ** min(attempts, 12)))
