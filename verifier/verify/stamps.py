"""Time stamps (RFC 3161 tokens in RFC 5652) over the root of the message's batch."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from .certificates import read_certificate, require_service, require_signed
from .container import SKEW, Container, entry_of
from .der import (
    CERTIFICATE_V2,
    CONTENT_TYPE,
    ECDSA_ALGORITHM,
    MESSAGE_DIGEST,
    SHA256_ALGORITHM,
    SHA256_WITH_NULL,
    SIGNED_DATA,
    TST_INFO,
    Der,
    ders,
)  # fmt: skip
from .findings import Broken
from .merkle import climbed


def stamp_of(held: Container, root: x509.Certificate, answered: datetime | None) -> datetime:
    """When the batch with the message was stamped; refused when that was before the answer."""
    leaf = sha256(b"\x00" + entry_of(held)).digest()
    batch_root = climbed(leaf, held.batch.index, held.batch.size, held.batch.path)
    if batch_root is None:
        raise Broken("报文不在该批之中", "the message has no such place in its batch")
    at = stamped_at(held.token, batch_root, root)
    if answered is None or at + SKEW < answered:
        raise Broken("时间戳早于应答", "the stamp is older than the answer")
    return at


def stamped_at(token: bytes, digest: bytes, root: x509.Certificate) -> datetime:
    """The instant that a token of the city's authority states for a SHA-256 digest."""
    [outer] = Der(0, token, token).parts(0x30)
    kind, explicit = outer.parts(0x06, 0xA0)
    [data] = explicit.parts(0x30)
    version, algorithms, wrapped, certificates, signers = data.parts(0x02, 0x31, 0x30, 0xA0, 0x31)
    inner_kind, inner = wrapped.parts(0x06, 0xA0)
    [info] = inner.parts(0x04)
    [der_certificate] = certificates.parts(0x30)
    [signer] = signers.parts(0x30)
    number, name, algorithm, attributes, suite, signature = signer.parts(0x02, 0x30, 0x30, 0xA0, 0x30, 0x04)
    certificate = read_certificate(der_certificate.whole)
    issuer, serial = name.parts(0x30, 0x02)
    fixed = (
        kind.whole == SIGNED_DATA and inner_kind.whole == TST_INFO,
        (version.content, number.content) == (b"\x03", b"\x01"),
        (algorithms.content, algorithm.whole) == (SHA256_ALGORITHM, SHA256_ALGORITHM),
        suite.whole == ECDSA_ALGORITHM,
        issuer.whole == certificate.issuer.public_bytes(),
        int.from_bytes(serial.content, "big") == certificate.serial_number,
    )
    if not all(fixed):
        raise Broken("时间戳结构有误", "the token is not of the shape of RFC 3161")
    at = _time_of(info.content, digest)
    _check_attributes(attributes.content, info.content, der_certificate.whole)
    require_service(certificate, root, ExtendedKeyUsageOID.TIME_STAMPING, at=at)
    require_signed(certificate, signature.content, b"\x31" + attributes.whole[1:])
    return at


def _time_of(info: bytes, digest: bytes) -> datetime:
    """What a ``TSTInfo`` states; version, policy, imprint, serial number and time come first."""
    [told] = Der(0, info, info).parts(0x30)
    version, policy, imprint, serial, at = list(ders(told.content))[:5]
    if [each.tag for each in (version, policy, imprint, serial, at)] != [0x02, 0x06, 0x30, 0x02, 0x18]:
        raise Broken("时间戳结构有误", "the token is not of the shape of RFC 3161")
    algorithm, hashed = imprint.parts(0x30, 0x04)
    if algorithm.whole not in {SHA256_ALGORITHM, SHA256_WITH_NULL} or hashed.content != digest:
        raise Broken("时间戳所盖的不是这份报文", "the token stamps something else")
    return datetime.strptime(at.content.decode("ascii"), "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _check_attributes(content: bytes, info: bytes, certificate: bytes) -> None:
    """The signed attributes: the content's kind and digest, and whose certificate signs (RFC 5816)."""
    found: dict[bytes, bytes] = {}
    for each in ders(content):
        name, values = each.parts(0x06, 0x31)
        found[name.whole] = values.content
    own = b"\x04\x20" + sha256(certificate).digest()
    identity = b"".join(bytes((0x30, len(own) + 2 * depth)) for depth in (2, 1, 0)) + own
    expected = {
        CONTENT_TYPE: TST_INFO,
        MESSAGE_DIGEST: b"\x04\x20" + sha256(info).digest(),
        CERTIFICATE_V2: identity,
    }
    if found != expected:
        raise Broken("时间戳所盖的不是这份报文", "the token stamps something else")
