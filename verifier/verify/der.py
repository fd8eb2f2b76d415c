"""DER of the expected shape and nothing else, with the algorithms and kinds that may stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .findings import Broken

SHA256_ALGORITHM = bytes.fromhex("300b0609608648016503040201")
SHA256_WITH_NULL = bytes.fromhex("300d06096086480165030402010500")
ECDSA_ALGORITHM = bytes.fromhex("300a06082a8648ce3d040302")
BASIC_STATUS = bytes.fromhex("06092b0601050507300101")
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
TST_INFO = bytes.fromhex("060b2a864886f70d0109100104")
CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
CERTIFICATE_V2 = bytes.fromhex("060b2a864886f70d010910022f")


@dataclass(frozen=True)
class Der:
    """One value of DER: its tag, its content, and all of its bytes."""

    tag: int
    content: bytes
    whole: bytes

    def parts(self, *tags: int) -> list[Der]:
        """The values within, of exactly these tags."""
        found = list(ders(self.content))
        if [each.tag for each in found] != list(tags):
            raise Broken("结构有误", "it is not of the shape that the standard gives it")
        return found


def ders(content: bytes) -> Iterator[Der]:
    """The values that follow one another; lengths in their shortest form."""
    at = 0
    while at < len(content):
        tag, size, start = content[at], content[at + 1], at + 2
        if size & 0x80:
            count = size & 0x7F
            size, start = int.from_bytes(content[start : start + count], "big"), start + count
            if not 1 <= count <= 3 or size < 0x80 or size >> 8 * (count - 1) == 0:
                raise Broken("不是 DER 编码", "it is not in DER")
        if start + size > len(content):
            raise Broken("内容不完整", "it is cut off")
        yield Der(tag, content[start : start + size], content[at : start + size])
        at = start + size
