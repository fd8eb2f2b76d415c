"""The token of a time-stamping authority (RFC 3161, ESSCertIDv2 of RFC 5816), as bytes in and bytes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

from asn1crypto import core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

#: Under the example arc of this project; says only that the city's clock was used, to the second.
POLICY = "1.3.6.1.4.1.32473.1.1"
_DIGESTS = {"sha256": 32, "sha384": 48, "sha512": 64}


class Unstampable(ValueError):
    """The question cannot be answered; ``failure`` is the PKIFailureInfo of RFC 3161 section 2.4.2."""

    def __init__(self, failure: str) -> None:
        super().__init__(failure)
        self.failure = failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be stamped: a digest of something that the authority never sees."""

    algorithm: str
    digest: bytes
    #: The imprint as it was asked, in DER: it goes back as it came.
    imprint: bytes
    nonce: int | None
    wants_certificate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """The key that stamps."""

    certificate: bytes
    key: ec.EllipticCurvePrivateKey


def read_question(der: bytes) -> Question:
    """Read a ``TimeStampReq``.

    Raises:
        Unstampable: no such request, another digest, another policy, or an extension.
    """
    try:
        asked = tsp.TimeStampReq.load(der, strict=True)
        imprint = asked["message_imprint"]
        algorithm = str(imprint["hash_algorithm"]["algorithm"].native)
        digest = bytes(imprint["hashed_message"].native)
        version, policy, nonce = asked["version"].native, asked["req_policy"].native, asked["nonce"].native
        wants, extended = bool(asked["cert_req"].native), bool(asked["extensions"].native)
    except (ValueError, TypeError, KeyError):
        raise Unstampable("bad_data_format") from None
    if version != "v1":
        raise Unstampable("bad_data_format")
    if algorithm not in _DIGESTS:
        raise Unstampable("bad_alg")
    if len(digest) != _DIGESTS[algorithm]:
        raise Unstampable("bad_data_format")
    if policy is not None and policy != POLICY:
        raise Unstampable("unaccepted_policy")
    if extended:
        raise Unstampable("unaccepted_extensions")
    return Question(
        algorithm=algorithm, digest=digest, imprint=imprint.dump(), nonce=nonce, wants_certificate=wants
    )


def make_question(digest: bytes, *, nonce: int) -> bytes:
    """Ask for the time of a SHA-256 digest, with the authority's certificate in the answer."""
    asked = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest},
            "nonce": nonce,
            "cert_req": True,
        }
    )
    content: bytes = asked.dump()
    return content


def stamp(question: Question, *, serial: int, authority: Authority, at: datetime) -> bytes:
    """Give the ``TimeStampResp`` that grants a token.

    Written by hand: asn1crypto encodes nested values anew at each level, which took 6 of 7 ms.
    """
    info = _sequence(
        _integer(1),
        _oid(POLICY),
        question.imprint,
        _integer(serial),
        _tlv(0x18, at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode()),
        _sequence(_integer(1)),  # accuracy: a second
        b"" if question.nonce is None else _integer(question.nonce),
    )
    signed = _sequence(
        _integer(3),
        _tlv(0x31, _SHA256),
        _sequence(_oid("1.2.840.113549.1.9.16.1.4"), _tlv(0xA0, _tlv(0x04, info))),
        _tlv(0xA0, authority.certificate) if question.wants_certificate else b"",
        _tlv(0x31, _signer(info, authority)),
    )
    token = _sequence(_oid("1.2.840.113549.1.7.2"), _tlv(0xA0, signed))
    return _sequence(_sequence(_integer(0)), token)


def refusal(failure: str) -> bytes:
    """Give the ``TimeStampResp`` that refuses, with its reason."""
    status: bytes = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {failure}}).dump()
    # asn1crypto takes the token to be mandatory; a sequence of one short element is easily written.
    return bytes((0x30, len(status))) + status


def token_of(answer: bytes) -> bytes:
    """Take the token out of an answer.

    Raises:
        ValueError: the authority refused, or this is no answer.
    """
    try:
        read = tsp.TimeStampResp.load(answer, strict=True)
        if read["status"]["status"].native not in {"granted", "granted_with_mods"}:
            raise ValueError("refused")
        token: bytes = read["time_stamp_token"].dump()
    except (TypeError, KeyError):
        raise ValueError("no time stamp") from None
    return token


def authority_of(answer: bytes) -> str:
    """The name of the authority whose certificate lies in a granted answer.

    Raises:
        ValueError: there is none in it.
    """
    try:
        token = tsp.TimeStampResp.load(answer, strict=True)["time_stamp_token"]
        certificate = token["content"]["certificates"][0].chosen
        names: dict[str, str] = certificate.subject.native
        return names["common_name"]
    except (TypeError, KeyError, IndexError):
        raise ValueError("no certificate") from None


def _signer(info: bytes, authority: Authority) -> bytes:
    """The ``SignerInfo`` of RFC 5652 section 5.3 over the token's content."""
    own = _own(authority.certificate)
    digest = _sequence(_oid("1.2.840.113549.1.9.4"), _tlv(0x31, _tlv(0x04, sha256(info).digest())))
    attributes = b"".join(sorted([own.kind, digest, own.identity]))  # DER sorts a set
    signature = authority.key.sign(_tlv(0x31, attributes), ec.ECDSA(hashes.SHA256()))
    return _sequence(_integer(1), own.name, _SHA256, _tlv(0xA0, attributes), _ECDSA, _tlv(0x04, signature))


@dataclass(frozen=True, slots=True)
class _Own:
    """What is the same in each token of a certificate."""

    name: bytes
    kind: bytes
    identity: bytes


@lru_cache(maxsize=4)
def _own(certificate: bytes) -> _Own:
    read = asn1_x509.Certificate.load(certificate)
    identity = _sequence(_sequence(_sequence(_tlv(0x04, sha256(certificate).digest()))))
    return _Own(
        name=_sequence(read.issuer.dump(), _integer(read.serial_number)),
        kind=_sequence(_oid("1.2.840.113549.1.9.3"), _tlv(0x31, _oid("1.2.840.113549.1.9.16.1.4"))),
        identity=_sequence(_oid("1.2.840.113549.1.9.16.2.47"), _tlv(0x31, identity)),
    )


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _sequence(*parts: bytes) -> bytes:
    return _tlv(0x30, b"".join(parts))


def _integer(value: int) -> bytes:
    return _tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


@lru_cache(maxsize=32)
def _oid(dotted: str) -> bytes:
    encoded: bytes = core.ObjectIdentifier(dotted).dump()
    return encoded


_SHA256 = _sequence(_oid("2.16.840.1.101.3.4.2.1"))
_ECDSA = _sequence(_oid("1.2.840.10045.4.3.2"))
