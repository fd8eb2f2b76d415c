"""PAdES B-T: a seal with the token of a time-stamping authority."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from yiwang.kernel.text import Text
from yiwang.platform.environment import environment
from yiwang.trust import api
from yiwang.trust.sealing import time_stamps
from yiwang.trust.testing import licence_data

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def authority() -> DummyTimeStamper:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Time of the test")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        SimpleCertificateStore(),
        fixed_dt=NOW,
    )


@pytest.mark.django_db
def test_a_named_authority_s_token_is_in_the_seal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yiwang.trust.sealing.time_stamps.timestamper", authority)
    api.ensure_seal("planning", Text("广州市规划局", "Planning"), at=NOW)
    document = api.issue(
        api.LICENCE,
        licence_data(),
        organisation="planning",
        subject="case:1",
        reason=Text("核发", "Issued"),
        at=NOW,
    )
    (seal,) = PdfFileReader(io.BytesIO(document.content)).embedded_regular_signatures
    (token,) = [
        attribute["values"][0]
        for attribute in seal.signer_info["unsigned_attrs"]
        if attribute["type"].native == "signature_time_stamp_token"
    ]
    assert token["content"]["encap_content_info"]["content"].parsed["gen_time"].native == NOW
    assert api.verify_pdf(document.content, at=NOW).genuine


def test_the_authority_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    time_stamps.timestamper.cache_clear()
    assert time_stamps.timestamper() is None
    monkeypatch.setenv("YIWANG_TIMESTAMP_URL", "http://127.0.0.1:9/tsa")
    environment.cache_clear()
    time_stamps.timestamper.cache_clear()
    found = time_stamps.timestamper()
    assert found is not None
    assert found.url == "http://127.0.0.1:9/tsa"
    time_stamps.timestamper.cache_clear()
