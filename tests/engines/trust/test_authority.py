"""The city's authority: node certificates, OCSP and time stamps, judged by OpenSSL and rfc3161-client."""

from __future__ import annotations

import io
import subprocess
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import rfc3161_client
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from yiwang.kernel.text import Text
from yiwang.platform.command import guard, install_guard
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope
from yiwang.platform.environment import environment
from yiwang.trust import api
from yiwang.trust.contracts import OrderDecided, OrderRefusal, OrderRefused
from yiwang.trust.models import CertificateOrder, IssuedCertificate, LedgerLeaf, TimeStamp
from yiwang.trust.rest import authority
from yiwang.trust.rules import time_stamping
from yiwang.trust.rules.revocation import RevocationReason
from yiwang.trust.sealing import time_stamps
from yiwang.trust.testing import NodeKeys, licence_data

pytestmark = pytest.mark.django_db(transaction=True)
ENROLMENT = Actor.system("enrolment")
ADMIN = Actor(kind="officer", account_id=7, organisation="informatization", roles=frozenset({"city_admin"}))
WINDOW = Actor(kind="officer", account_id=8, organisation="informatization", roles=frozenset({"window"}))


class _Roles:
    def may(self, actor: Actor, operation: str) -> bool:
        return actor.kind == "system" or "city_admin" in actor.roles

    def covers(self, actor: Actor, operation: str, scope: Scope) -> bool:
        return self.may(actor, operation)


@pytest.fixture(autouse=True)
def roles():
    before = guard()
    install_guard(_Roles())
    yield
    install_guard(before)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def openssl(*words: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        ["openssl", *map(str, words)], cwd=cwd, capture_output=True, text=True, check=False, timeout=120
    )
    return done.stdout + done.stderr


def enrolled(now: datetime, folder: Path, node: str = "district-a") -> tuple[NodeKeys, x509.Certificate]:
    keys = NodeKeys.generate()
    order = api.order_certificates(actor=ENROLMENT, order=keys.order(node), at=now)
    api.approve_order(actor=ADMIN, order=order.id, at=now)
    sign, tls = api.get_order(order.token).certificates
    (folder / "root.pem").write_text("".join(api.root_certificates(at=now)))
    for name, der in (("sign", sign), ("tls", tls)):
        pem = x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)
        (folder / f"{name}.pem").write_bytes(pem)
    return keys, x509.load_der_x509_certificate(sign)


def test_d15_a_node_gets_its_certificates_after_a_human_s_yes(own_folder: Path, now: datetime) -> None:
    keys = NodeKeys.generate()
    order = api.order_certificates(actor=ENROLMENT, order=keys.order(), at=now)
    assert (order.state, order.certificates) == ("pending", ())
    with pytest.raises(OperationNotAllowed):
        api.approve_order(actor=WINDOW, order=order.id, at=now)
    assert IssuedCertificate.objects.count() == 0
    issued = api.approve_order(actor=ADMIN, order=order.id, at=now)
    assert issued.state == "issued"
    with pytest.raises(OrderDecided):
        api.refuse_order(actor=ADMIN, order=order.id, reason=OrderRefusal.NOT_AGREED, at=now)
    sign, tls = map(x509.load_der_x509_certificate, issued.certificates)
    assert sign.public_key() == keys.sign.public_key()
    assert tls.public_key() == keys.tls.public_key()
    assert sign.subject.rfc4514_string() == "CN=district-a,O=d440103,C=CN"
    assert LedgerLeaf.objects.filter(kind="trust.certificate_issued").count() == 2


def test_d15_openssl_verifies_a_node_s_certificates(own_folder: Path, now: datetime) -> None:
    enrolled(now, own_folder)
    for purpose in ("sslserver", "sslclient"):
        said = openssl(
            "verify", "-x509_strict", "-purpose", purpose, "-CAfile", "root.pem", "tls.pem", cwd=own_folder
        )
        assert said == "tls.pem: OK\n"
    assert openssl("verify", "-x509_strict", "-CAfile", "root.pem", "sign.pem", cwd=own_folder) == (
        "sign.pem: OK\n"
    )


@pytest.mark.parametrize("revoked", [False, True])
def test_d15_openssl_verifies_the_responder(
    own_folder: Path, now: datetime, live_server, revoked: bool
) -> None:
    enrolled(now, own_folder)
    if revoked:
        api.revoke_node(actor=ADMIN, node="district-a", reason=RevocationReason.KEY_COMPROMISED, at=now)
    said = openssl(
        *("ocsp", "-issuer", "root.pem", "-cert", "sign.pem", "-CAfile", "root.pem"),
        *("-url", f"{live_server.url}/trust/ocsp"),
        cwd=own_folder,
    )
    assert "Response verify OK" in said
    assert f"sign.pem: {'revoked' if revoked else 'good'}" in said
    assert ("Reason: keyCompromise" in said) is revoked


def test_d15_a_revoked_certificate_is_in_the_list(own_folder: Path, now: datetime) -> None:
    enrolled(now, own_folder)
    api.revoke_node(actor=ADMIN, node="district-a", reason=RevocationReason.KEY_COMPROMISED, at=now)
    crl = x509.load_der_x509_crl(api.revocation_list(at=now))
    (own_folder / "crl.pem").write_bytes(crl.public_bytes(Encoding.PEM))
    said = openssl(
        *("verify", "-crl_check", "-CAfile", "root.pem", "-CRLfile", "crl.pem", "tls.pem"), cwd=own_folder
    )
    assert "certificate revoked" in said
    assert api.find_node("district-a", at=now) is None
    assert len(api.revoked_serials()) == 2


def test_d15_the_responder_knows_what_was_never_issued_and_refuses_rubbish(
    own_folder: Path, now: datetime
) -> None:
    enrolled(now, own_folder)
    openssl("ocsp", "-issuer", "root.pem", "-serial", "0x1234", "-reqout", "q.der", cwd=own_folder)
    (own_folder / "a.der").write_bytes(api.certificate_status((own_folder / "q.der").read_bytes(), at=now))
    words = ("ocsp", "-no_nonce", "-issuer", "root.pem", "-serial", "0x1234", "-respin", "a.der")
    assert "0x1234: unknown" in openssl(*words, "-CAfile", "root.pem", cwd=own_folder)
    (own_folder / "a.der").write_bytes(api.certificate_status(b"rubbish", at=now))
    assert "malformedrequest" in openssl(*words, "-CAfile", "root.pem", cwd=own_folder)


def test_d16_openssl_and_a_client_library_verify_a_time_stamp(own_folder: Path, now: datetime) -> None:
    (own_folder / "root.pem").write_text("".join(api.root_certificates(at=now)))
    (own_folder / "data").write_bytes("批次摘要".encode())
    openssl("ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "q.tsq", cwd=own_folder)
    question = (own_folder / "q.tsq").read_bytes()
    answer = Client().post("/trust/time", question, content_type="application/timestamp-query")
    assert answer["Content-Type"] == "application/timestamp-reply"
    (own_folder / "a.tsr").write_bytes(answer.content)
    said = openssl(
        "ts", "-verify", "-queryfile", "q.tsq", "-in", "a.tsr", "-CAfile", "root.pem", cwd=own_folder
    )
    assert "Verification: OK" in said
    root = x509.load_pem_x509_certificate((own_folder / "root.pem").read_bytes())
    response = rfc3161_client.decode_timestamp_response(answer.content)
    verifier = rfc3161_client.VerifierBuilder().add_root_certificate(root).build()
    assert verifier.verify_message(response, (own_folder / "data").read_bytes())
    row = TimeStamp.objects.get()
    assert response.tst_info.serial_number == row.pk
    assert bytes(row.digest) == sha256("批次摘要".encode()).digest()
    assert response.tst_info.gen_time == row.stamped_at.replace(microsecond=0)


@pytest.mark.parametrize(
    ("question", "failure"),
    [
        (b"", "the data submitted has the wrong format"),
        (b"rubbish", "the data submitted has the wrong format"),
        (time_stamping.make_question(b"too short", nonce=1), "the data submitted has the wrong format"),
    ],
)
def test_d16_what_cannot_be_stamped_is_refused_with_its_reason(
    own_folder: Path, now: datetime, question: bytes, failure: str
) -> None:
    (own_folder / "a.tsr").write_bytes(api.stamp_time(question, at=now))
    said = openssl("ts", "-reply", "-in", "a.tsr", "-text", cwd=own_folder)
    assert "Status: Rejected." in said
    assert f"Failure info: {failure}" in said
    assert TimeStamp.objects.count() == 0


def test_d15_renewal_needs_no_human_but_the_certified_key(own_folder: Path, now: datetime) -> None:
    keys, _ = enrolled(now, own_folder)
    later = now + timedelta(days=340)
    fresh = NodeKeys.generate()
    order = fresh.order()
    stranger = NodeKeys.generate().sign.sign(order.sign_request + order.tls_request)
    with pytest.raises(OrderRefused):
        api.order_certificates(actor=ENROLMENT, order=fresh.order(proof=stranger), at=later)
    assert CertificateOrder.objects.count() == 1
    proof = keys.sign.sign(order.sign_request + order.tls_request)
    renewal = replace(order, proof=proof)
    state = api.order_certificates(actor=ENROLMENT, order=renewal, at=later)
    assert state.state == "issued"
    with pytest.raises(OrderRefused):
        api.order_certificates(actor=ENROLMENT, order=renewal, at=later)
    found = api.find_node("district-a", at=later)
    assert found is not None
    assert x509.load_der_x509_certificate(found.sign_certificate).public_key() == fresh.sign.public_key()


@pytest.mark.parametrize(
    "fault",
    [
        {"node": "District A"},
        {"address": "http://127.0.0.1:1"},
        {"address": "https://127.0.0.1:1/path"},
        {"members": ()},
        {"members": ("Ministry of Magic",)},
        {"sign_request": b"rubbish"},
        {"tls_request": NodeKeys.generate().order().sign_request},
    ],
)
def test_d15_a_faulty_order_is_refused(own_folder: Path, now: datetime, fault: dict[str, object]) -> None:
    order = replace(NodeKeys.generate().order(), **fault)
    with pytest.raises(OrderRefused):
        api.order_certificates(actor=ENROLMENT, order=order, at=now)
    assert CertificateOrder.objects.count() == 0


def test_d15_an_order_comes_and_is_fetched_over_http(own_folder: Path, now: datetime) -> None:
    order = NodeKeys.generate().order()
    body = {
        "node": order.node,
        "organisation": order.organisation,
        "address": order.address,
        "members": list(order.members),
        "sign_request": b64encode(order.sign_request).decode(),
        "tls_request": b64encode(order.tls_request).decode(),
    }
    client = Client()
    answer = client.post("/api/trust/orders", body, content_type="application/json")
    assert answer.status_code == 201
    token = answer.json()["token"]
    assert client.get(f"/api/trust/orders/{token}").json()["state"] == "pending"
    api.approve_order(actor=ADMIN, order=CertificateOrder.objects.get().pk, at=now)
    said = client.get(f"/api/trust/orders/{token}").json()
    assert said["state"] == "issued"
    assert len(said["certificates"]) == 2
    assert client.get("/api/trust/orders/nobody").status_code == 404
    assert client.post("/api/trust/orders", b"[", content_type="application/json").status_code == 422


def test_a_key_that_is_too_weak_or_of_another_kind_is_not_certified() -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))

    der = request.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    with pytest.raises(OrderRefused):
        api.order_certificates(
            actor=ENROLMENT,
            order=replace(NodeKeys.generate().order(), tls_request=der),
            at=datetime(2026, 11, 22, tzinfo=UTC),
        )


def test_d16_a_seal_takes_its_time_from_the_city_s_own_authority(
    own_folder: Path, now: datetime, live_server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIWANG_TIMESTAMP_URL", f"{live_server.url}/trust/time")
    environment.cache_clear()
    time_stamps.timestamper.cache_clear()
    api.ensure_seal("planning", Text("广州市规划局", "Planning"), at=now)
    document = api.issue(
        api.LICENCE,
        licence_data(),
        organisation="planning",
        subject="case:1",
        reason=Text("核发", "Issued"),
        at=now,
    )
    time_stamps.timestamper.cache_clear()
    (seal,) = PdfFileReader(io.BytesIO(document.content)).embedded_regular_signatures
    tokens = [
        attribute["values"][0].dump()
        for attribute in seal.signer_info["unsigned_attrs"]
        if attribute["type"].native == "signature_time_stamp_token"
    ]
    root = x509.load_pem_x509_certificate(api.root_certificates(at=now)[0].encode())
    signature = bytes(seal.signer_info["signature"].native)
    [token] = tokens
    assert api.stamped_at(token, sha256(signature).digest(), root) >= now.replace(microsecond=0)
    assert api.verify_pdf(document.content, at=timezone.now()).genuine


@pytest.mark.parametrize(
    ("address", "media", "pace"),
    [
        ("/trust/time", "application/timestamp-query", authority.TIME_PACE),
        ("/trust/ocsp", "application/ocsp-request", authority.OCSP_PACE),
        ("/api/trust/orders", "application/json", authority.ORDER_PACE),
    ],
)
def test_a_stranger_cannot_keep_the_authority_signing(db, client, address, media, pace) -> None:
    pace.forget()
    answers = [client.post(address, b"x", content_type=media) for _ in range(102)]
    elsewhere = client.post(address, b"x", content_type=media, REMOTE_ADDR="192.0.2.7")
    pace.forget()

    assert answers[0].status_code != 429
    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, "1")
    assert elsewhere.status_code != 429


def waiting() -> int:
    return CertificateOrder.objects.filter(state="pending").count()


def test_d15_the_queue_of_orders_cannot_be_flooded(own_folder: Path, now: datetime) -> None:
    keys, _ = enrolled(now, own_folder)

    def order(number: int, organisation: str, client: str = "") -> None:
        wanted = keys.order(f"node-{number}", members=(organisation,))
        api.order_certificates(actor=ENROLMENT, order=wanted, at=now, client=client)

    for number in range(5):
        order(number, "labour")
    for number in range(10):
        order(number, f"made_up_{number}", f"2001:db8::{number:x}")
    for refused in ((5, "labour", ""), (5, "made_up_10", "2001:db8::ffff")):
        with pytest.raises(OrderRefused):
            order(*refused)
    assert waiting() == 15
    assert not CertificateOrder.objects.filter(client__contains="2001").exists()
    # Others still may, a certified node renews whatever waits, and the queue empties itself.
    order(5, "finance", "192.0.2.7")
    CertificateOrder.objects.filter(state="issued").update(organisation="labour", members=["labour"])
    fresh = NodeKeys.generate().order("district-a", members=("labour",))
    proof = keys.sign.sign(fresh.sign_request + fresh.tls_request)
    renewed = api.order_certificates(actor=ENROLMENT, order=replace(fresh, proof=proof), at=now)
    assert (renewed.state, waiting()) == ("issued", 16)
    assert api.lapse_orders(at=now + timedelta(days=30)) == 0
    assert api.lapse_orders(at=now + timedelta(days=31)) == 16
    order(6, "labour")
    assert waiting() == 1


def test_d16_notes_of_time_stamps_are_kept_as_long_as_the_law_says(own_folder: Path, now: datetime) -> None:
    for days in (8 * 365, 7 * 365 + 6, 6 * 365, 0):
        api.stamp_time(api.make_time_question(bytes(32), nonce=1), at=now - timedelta(days=days))
    numbers = list(TimeStamp.objects.order_by("id").values_list("id", flat=True))
    assert api.forget_time_stamps(at=now) == 2
    assert list(TimeStamp.objects.order_by("id").values_list("id", flat=True)) == numbers[2:]
    assert api.forget_time_stamps(at=now) == 0
    # A number never comes again, also when the newest went.
    TimeStamp.objects.all().delete()
    api.stamp_time(api.make_time_question(bytes(32), nonce=1), at=now)
    assert TimeStamp.objects.get().pk == numbers[-1] + 1
