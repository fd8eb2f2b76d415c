"""The token of a time-stamping authority (RFC 3161, ESSCertIDv2 of RFC 5816), as bytes in and bytes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from asn1crypto import algos, cms, core, tsp
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
    return Question(algorithm=algorithm, digest=digest, nonce=nonce, wants_certificate=wants)


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
    """Give the ``TimeStampResp`` that grants a token."""
    facts: dict[str, object] = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": {
            "hash_algorithm": {"algorithm": question.algorithm},
            "hashed_message": question.digest,
        },
        "serial_number": serial,
        "gen_time": at.replace(microsecond=0),
        "accuracy": {"seconds": 1},
    }
    if question.nonce is not None:
        facts["nonce"] = question.nonce
    token = _signed(tsp.TSTInfo(facts).dump(), question, authority)
    answer = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
    content: bytes = answer.dump()
    return content


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


def _signed(info: bytes, question: Question, authority: Authority) -> cms.ContentInfo:
    certificate = asn1_x509.Certificate.load(authority.certificate)
    identity = tsp.SigningCertificateV2(
        {"certs": [tsp.ESSCertIDv2({"cert_hash": sha256(authority.certificate).digest()})]}
    )
    attributes = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [sha256(info).digest()]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [identity]}),
        ]
    )
    signature = authority.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256()))
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                {"issuer": certificate.issuer, "serial_number": certificate.serial_number},
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": signature,
        }
    )
    content = {
        "version": "v3",
        "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
        "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(info)},
        "signer_infos": [signer],
    }
    if question.wants_certificate:
        content["certificates"] = [certificate]
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)})
