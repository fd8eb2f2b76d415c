"""What an X-Road REST client says and reads (X-Road: Message Protocol for REST, PR-REST 1.0, section 4)."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha512
from urllib.parse import unquote

#: Identifiers of our organisations and nodes; X-Road's own are wider, ours never are.
_PART = re.compile(r"[A-Za-z0-9_-]{1,60}")


class Unreadable(ValueError):
    """An identifier that is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """``instance/class/member[/subsystem]``."""

    instance: str
    member_class: str
    member: str
    subsystem: str = ""

    def require(self, instance: str) -> None:
        """Refuse another city's.

        Raises:
            Unreadable
        """
        if self.instance != instance:
            raise Unreadable("instance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The provider and the service's code; a subsystem is a node here, a service a resource."""

    provider: Member
    code: str


def read_client(header: str) -> Member:
    """Read ``X-Road-Client``.

    Raises:
        Unreadable
    """
    parts = _parts(header)
    if len(parts) not in {3, 4}:
        raise Unreadable("client")
    return Member(
        instance=parts[0],
        member_class=parts[1],
        member=parts[2],
        subsystem=parts[3] if len(parts) == 4 else "",
    )


def read_service(path: str) -> Service:
    """Read the path behind ``/r1/``: the subsystem is always named here, and nothing follows the service.

    Raises:
        Unreadable
    """
    parts = _parts(path)
    if len(parts) != 5:
        raise Unreadable("service")
    instance, member_class, member, subsystem, code = parts
    provider = Member(instance=instance, member_class=member_class, member=member, subsystem=subsystem)
    return Service(provider=provider, code=code)


def _parts(text: str) -> list[str]:
    parts = [unquote(part) for part in text.split("/")]
    if not all(_PART.fullmatch(part) for part in parts):
        raise Unreadable("identifier")
    return parts


def request_hash(method: str, address: str, headers: Sequence[tuple[str, str]], body: bytes) -> str:
    """Base64 of SHA512(SHA512(headers) + SHA512(body)); of SHA512(headers) alone without a body.

    "Headers" is the head of the message: method, address, then each header, one a line.
    """
    lines = [method, address, *(f"{name}:{value}" for name, value in headers)]
    head = sha512("".join(f"{line}\r\n" for line in lines).encode()).digest()
    whole = sha512(head + sha512(body).digest()).digest() if body else head
    return b64encode(whole).decode()
