"""Entries of other catalogues: which are taken, which are left out and why. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from yiwang.kernel.text import Text


class ForeignWay(BaseModel):
    """A way to the data of a foreign entry."""

    model_config = ConfigDict(frozen=True)

    title: str = ""
    address: str = Field(max_length=2000)
    format: str = ""
    media_type: str = ""


class ForeignEntry(BaseModel):
    """An entry as another catalogue describes it; texts by language, ``""`` where none is named."""

    model_config = ConfigDict(frozen=True)

    identifier: str = ""
    titles: dict[str, str] = {}
    summaries: dict[str, str] = {}
    publishers: dict[str, str] = {}
    keywords: tuple[str, ...] = ()
    issued: str = ""
    changed: str = ""
    address: str = ""
    ways: tuple[ForeignWay, ...] = ()


class LeftOut(BaseModel):
    """An entry that was not taken."""

    model_config = ConfigDict(frozen=True)

    identifier: str
    reason: Text


_NAMELESS = Text("没有标识符或名称", "it has no identifier or no title")
_TWICE = Text("同一目录中出现两次", "the same catalogue lists it twice")
_OURS = Text("是本市目录的条目", "it is an entry of our own catalogue")


def text_of(texts: Mapping[str, str], *, most: int) -> Text | None:
    """A text in both languages; one that exists in one language only stands for both, as it came."""
    found = {tag.lower(): said.strip()[:most] for tag, said in texts.items() if said.strip()}
    if not found:
        return None
    zh = next((said for tag, said in sorted(found.items()) if tag.startswith("zh")), None)
    en = next((said for tag, said in sorted(found.items()) if tag.startswith("en")), None)
    other = found.get("") or next(iter(found.values()))
    return Text(zh or other, en or other)


def code_of(source: str, identifier: str) -> str:
    """The code of a foreign entry in our catalogue: the same at every reading."""
    return f"x-{source.replace('_', '-')}-{sha256(identifier.encode()).hexdigest()[:16]}"


def choose(
    found: Iterable[ForeignEntry], *, site: str, elsewhere: Mapping[str, str]
) -> tuple[list[ForeignEntry], list[LeftOut]]:
    """Take each entry once; ``elsewhere`` names the older source by the identifiers that it gave.

    An entry that is ours came back from somebody who harvested us; what an older source lists stays its.
    """
    taken: dict[str, ForeignEntry] = {}
    left: list[LeftOut] = []
    for entry in found:
        identifier = entry.identifier.strip()
        reason = None
        if not identifier or text_of(entry.titles, most=300) is None:
            reason = _NAMELESS
        elif identifier.startswith(f"{site}/") or entry.address.startswith(f"{site}/"):
            reason = _OURS
        elif identifier in elsewhere:
            other = elsewhere[identifier]
            reason = Text(f"已由“{other}”收录", f"{other!r} lists it already")
        elif identifier in taken:
            reason = _TWICE
        if reason is None:
            taken[identifier] = entry
        else:
            left.append(LeftOut(identifier=identifier[:200], reason=reason))
    return list(taken.values()), left


def refuse_address(address: str) -> Text | None:
    """Why an address is not fetched, by its spelling; None if it may be resolved."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return Text("网址有误", "the address is malformed")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return Text("只读取http和https网址", "only http and https addresses are read")
    if parts.username is not None or parts.password is not None:
        return Text("网址中不能有用户名和密码", "an address holds no name and password")
    if port == 0:
        return Text("网址有误", "the address is malformed")
    return None


def is_public(number: str) -> bool:
    """Whether an IP address is one of the open internet: not this machine, this network, or a mapped form."""
    try:
        found = ipaddress.ip_address(number.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast and not found.is_reserved


def all_public(numbers: Sequence[str]) -> bool:
    """Whether every address that a name has is public; a name with none is not."""
    return bool(numbers) and all(is_public(number) for number in numbers)
