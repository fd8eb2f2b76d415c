"""Key-value pairs of a request; keys count without regard to case (06-121r9, 11.5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from yiwang.kernel.text import Text
from yiwang.maps.ogc.ows.contracts import ServiceRefused, missing, refused

_LONGEST = 9_000
Pairs = Mapping[str, str]


def read_pairs(given: Iterable[tuple[str, Sequence[str]]]) -> Pairs:
    """The pairs by key in capitals.

    Raises:
        ServiceRefused: a key stands twice, or a value can't be text of XML.
    """
    found: dict[str, str] = {}
    for name, values in given:
        key = name.upper()
        if key in found or len(values) != 1:
            raise refused(key[:60], Text("只能出现一次", "it may be given once only"))
        if len(values[0]) > _LONGEST or "\x00" in values[0]:
            raise refused(key[:60], Text("过长或含空字符", "it is too long or holds U+0000"))
        found[key] = values[0]
    return found


def needed(pairs: Pairs, name: str) -> str:
    """A value that must be given.

    Raises:
        ServiceRefused: it is missing.
    """
    if not pairs.get(name):
        raise missing(name)
    return pairs[name]


def check_service(pairs: Pairs, service: str) -> None:
    """Refuse what is meant for another service.

    Raises:
        ServiceRefused
    """
    if needed(pairs, "SERVICE").upper() != service:
        raise refused("SERVICE", Text(f"应为{service}", f"it is {service}"))


def check_version(pairs: Pairs, spoken: Sequence[str]) -> None:
    """Refuse a version that is not spoken.

    Raises:
        ServiceRefused
    """
    if needed(pairs, "VERSION") not in spoken:
        raise refused("VERSION", Text(f"应为{spoken[0]}", f"it is {spoken[0]}"))


def check_accepted(pairs: Pairs, spoken: Sequence[str]) -> None:
    """Refuse a client that takes none of the versions that are spoken.

    Raises:
        ServiceRefused
    """
    accepted = pairs.get("ACCEPTVERSIONS")
    if accepted and not {each.strip() for each in accepted.split(",")} & set(spoken):
        why = Text(f"本服务只有{spoken[0]}版", f"there is version {spoken[0]} only")
        raise ServiceRefused("VersionNegotiationFailed", "ACCEPTVERSIONS", why)


def whole_number(pairs: Pairs, name: str, default: int, most: int) -> int:
    """A number from 0 to ``most``.

    Raises:
        ServiceRefused
    """
    said = pairs.get(name, "")
    if not said:
        return default
    if not (said.isascii() and said.isdecimal() and len(said) < 19):
        raise refused(name, Text("应为非负整数", "it is a whole number, not below 0"))
    if int(said) > most:
        raise refused(name, Text(f"不超过{most:,}", f"it is {most:,} at most"))
    return int(said)
