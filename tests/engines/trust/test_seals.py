"""Seals: made once, put on documents, judged by ourselves and by poppler."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from django.db import connection

from yiwang.kernel.text import Text
from yiwang.platform.command import guard, install_guard
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope
from yiwang.platform.models import JournalEntry
from yiwang.trust import api
from yiwang.trust.contracts import DocumentNotSealable, Finding, KeyMissing, NoSuchSeal, SealedDocument
from yiwang.trust.models import LedgerLeaf, SealUse, SigningKey
from yiwang.trust.rules.revocation import RevocationReason
from yiwang.trust.testing import letter_data, licence_data

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
PLANNING = Text("广州市规划局", "Guangzhou Urban Planning Bureau")
FIRE = Text("广州市公安局消防局", "Guangzhou Fire Bureau")
REASON = Text("核发许可证", "Licence issued")


def issued(at: datetime = NOW) -> SealedDocument:
    api.ensure_seal("planning", PLANNING, at=at)
    return api.issue(
        api.LICENCE, licence_data(), organisation="planning", subject="case:1", reason=REASON, at=at
    )


@pytest.mark.django_db
def test_a_seal_is_made_once(own_folder: Path) -> None:
    first = api.ensure_seal("planning", PLANNING, at=NOW)
    again = api.ensure_seal("planning", PLANNING, at=NOW + timedelta(days=300))
    assert again == first
    assert list(SigningKey.objects.order_by("id").values_list("role", "organisation")) == [
        ("root", ""),
        ("seal", "planning"),
    ]
    certificate = x509.load_pem_x509_certificate(first.certificate_pem.encode())
    root = x509.load_pem_x509_certificate(api.root_certificates(at=NOW)[0].encode())
    certificate.verify_directly_issued_by(root)
    assert certificate.subject.rfc4514_string() == "CN=广州市规划局,OU=planning,O=广州市规划局,C=CN"
    assert api.get_seal("planning", at=NOW) == first


@pytest.mark.django_db(transaction=True)
def test_four_at_once_make_one_seal(own_folder: Path) -> None:
    serials: list[str] = []

    def make() -> None:
        serials.append(api.ensure_seal("planning", PLANNING, at=NOW).serial)
        connection.close()

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(serials) == 4
    assert len(set(serials)) == 1
    assert SigningKey.objects.count() == 2


@pytest.mark.django_db
def test_private_keys_are_for_the_installation_alone(own_folder: Path) -> None:
    api.ensure_seal("planning", PLANNING, at=NOW)
    files = sorted((own_folder / "trust" / "keys").iterdir())
    assert len(files) == 2
    for file in files:
        assert oct(file.stat().st_mode & 0o777) == "0o600"
        with pytest.raises(TypeError, match="encrypted"):
            load_pem_private_key(file.read_bytes(), None)
    assert oct((own_folder / "trust").stat().st_mode & 0o777) == "0o700"


@pytest.mark.django_db
def test_a_renamed_organisation_gets_a_new_seal_and_the_old_letters_stay() -> None:
    old = issued()
    before = api.get_seal("planning", at=NOW)
    later = NOW + timedelta(days=10)
    after = api.ensure_seal("planning", Text("广州市规划和自然资源局", "Planning and Resources"), at=later)
    assert after.serial != before.serial
    assert api.get_seal("planning", at=later) == after
    assert api.verify_pdf(old.content, at=later).genuine


@pytest.mark.django_db
def test_a_seal_near_its_end_is_renewed() -> None:
    first = api.ensure_seal("planning", PLANNING, at=NOW)
    assert api.ensure_seal("planning", PLANNING, at=first.valid_until - timedelta(days=31)) == first
    assert api.ensure_seal("planning", PLANNING, at=first.valid_until - timedelta(days=29)) != first


@pytest.mark.django_db
def test_an_inscription_stays_when_who_asks_says_none() -> None:
    marked = api.ensure_seal("planning", PLANNING, at=NOW, inscription="演示专用")

    assert api.ensure_seal("planning", PLANNING, at=NOW) == marked
    later = api.ensure_seal("planning", PLANNING, at=NOW + timedelta(days=5 * 365))
    assert later.serial != marked.serial
    assert SigningKey.objects.get(serial=later.serial).inscription == "演示专用"


@pytest.mark.django_db
def test_a_lost_key_is_said_so(own_folder: Path) -> None:
    api.ensure_seal("planning", PLANNING, at=NOW)
    plain = api.render(api.LETTER, letter_data()).content
    for file in (own_folder / "trust" / "keys").iterdir():
        file.unlink()
    with pytest.raises(KeyMissing):
        api.seal_pdf(plain, organisation="planning", subject="case:1", reason=REASON, at=NOW)


@pytest.mark.django_db
def test_a_sealed_licence_is_genuine_and_its_use_is_entered() -> None:
    document = issued()
    verdict = api.verify_pdf(document.content, at=NOW + timedelta(days=1))
    assert verdict.genuine
    assert verdict.text.en == "The seal is valid and the document has not been changed since."
    (seal,) = verdict.seals
    assert (seal.signer, seal.organisation, seal.serial) == ("广州市规划局", "planning", document.serial)
    assert (seal.sealed_at, seal.time_proven) == (NOW, True)
    use = SealUse.objects.get()
    assert (use.sha256, use.subject, use.reason_en, use.used_at) == (
        document.sha256,
        "case:1",
        "Licence issued",
        NOW,
    )
    assert api.entry_matches(
        document.leaf_id,
        {"sha256": document.sha256, "organisation": "planning", "serial": document.serial},
    )


@pytest.mark.django_db
def test_two_organisations_seal_one_document() -> None:
    first = issued()
    api.ensure_seal("fire", FIRE, at=NOW)
    both = api.seal_pdf(first.content, organisation="fire", subject="case:1", reason=REASON, at=NOW)
    verdict = api.verify_pdf(both.content, at=NOW)
    assert verdict.genuine
    assert [seal.organisation for seal in verdict.seals] == ["planning", "fire"]
    assert both.content.startswith(first.content)


@pytest.mark.django_db
@pytest.mark.parametrize("position", [0.05, 0.3, 0.6])
def test_one_changed_byte_is_found(position: float) -> None:
    content = bytearray(issued().content)
    content[int(len(content) * position)] ^= 0x01
    verdict = api.verify_pdf(bytes(content), at=NOW)
    assert verdict.finding in {Finding.ALTERED, Finding.NOT_PDF}
    assert not verdict.genuine


@pytest.mark.django_db
def test_anything_appended_after_the_last_seal_is_found() -> None:
    content = issued().content + b"\n% a line more\n"
    assert api.verify_pdf(content, at=NOW).finding is Finding.ALTERED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (b"", Finding.NOT_PDF),
        (b"hello", Finding.NOT_PDF),
        (b"%PDF-1.7\n%%EOF", Finding.NOT_PDF),
        (b"%PDF-1.7\nstartxref\n5\n%%EOF", Finding.NOT_PDF),
    ],
)
def test_whatever_comes_is_judged(content: bytes, finding: Finding) -> None:
    assert api.verify_pdf(content, at=NOW).finding is finding


@pytest.mark.django_db
def test_a_letter_without_seal_has_none() -> None:
    plain = api.render(api.LETTER, letter_data()).content
    assert api.verify_pdf(plain, at=NOW).finding is Finding.NO_SEAL


@pytest.mark.django_db
def test_a_seal_of_another_city_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = issued().content
    monkeypatch.setattr("yiwang.trust.queries.documents.roots", list)
    monkeypatch.setattr("yiwang.trust.queries.documents._used_at", lambda _: None)
    assert api.verify_pdf(foreign, at=NOW).finding is Finding.UNKNOWN_AUTHORITY


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7 nothing"])
def test_what_is_no_pdf_is_not_sealed(content: bytes) -> None:
    api.ensure_seal("planning", PLANNING, at=NOW)
    with pytest.raises(DocumentNotSealable):
        api.seal_pdf(content, organisation="planning", subject="case:1", reason=REASON, at=NOW)
    assert (SealUse.objects.count(), LedgerLeaf.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_who_has_no_seal_cannot_seal() -> None:
    with pytest.raises(NoSuchSeal) as refused:
        api.seal_pdf(b"%PDF", organisation="parks", subject="case:1", reason=REASON, at=NOW)
    assert refused.value.organisation == "parks"


class EveryoneMay:
    """A guard that lets officers of the city act."""

    def may(self, actor: Actor, operation: str) -> bool:
        return "city_admin" in actor.roles

    def covers(self, actor: Actor, operation: str, scope: Scope) -> bool:
        return scope.organisations == ("planning",)


@pytest.fixture
def city_guard():
    before = guard()
    install_guard(EveryoneMay())
    yield
    install_guard(before)


@pytest.mark.django_db(transaction=True)
def test_a_revoked_seal_seals_no_more_and_what_it_sealed_stays(city_guard: None) -> None:
    document = issued()
    later = NOW + timedelta(hours=1)
    admin = Actor(kind="officer", account_id=1, roles=frozenset({"city_admin"}))
    serial = api.revoke_seal(
        actor=admin, organisation="planning", reason=RevocationReason.KEY_COMPROMISED, at=later
    )
    assert serial == document.serial
    with pytest.raises(NoSuchSeal):
        api.seal_pdf(document.content, organisation="planning", subject="case:2", reason=REASON, at=later)
    assert api.verify_pdf(document.content, at=later + timedelta(days=1)).genuine
    crl = x509.load_der_x509_crl(api.revocation_list(at=later))
    (entry,) = list(crl)
    assert f"{entry.serial_number:x}" == serial
    root = x509.load_pem_x509_certificate(api.root_certificates(at=NOW)[0].encode())
    assert crl.is_signature_valid(root.public_key())


@pytest.mark.django_db(transaction=True)
def test_only_the_city_s_administrator_revokes(city_guard: None) -> None:
    seal = api.ensure_seal("planning", PLANNING, at=NOW)
    clerk = Actor(kind="officer", account_id=2, roles=frozenset({"window"}))
    with pytest.raises(OperationNotAllowed):
        api.revoke_seal(actor=clerk, organisation="planning", reason=RevocationReason.DISSOLVED, at=NOW)
    assert api.get_seal("planning", at=NOW) == seal
    assert JournalEntry.objects.get().outcome == JournalEntry.REFUSED


@pytest.mark.django_db
def test_a_document_sealed_by_a_stolen_key_after_revocation_is_found() -> None:
    document = issued()
    SigningKey.objects.filter(role=SigningKey.SEAL).update(revoked_at=NOW - timedelta(hours=1))
    assert api.verify_pdf(document.content, at=NOW).finding is Finding.REVOKED


# ---- the second judge ---------------------------------------------------------------------------------


@pytest.fixture
def trusting_nss(tmp_path: Path) -> Path:
    """An NSS database that trusts the city's root."""
    folder = tmp_path / "nss"
    folder.mkdir()
    root = x509.load_pem_x509_certificate(api.root_certificates(at=NOW)[0].encode())
    (tmp_path / "root.der").write_bytes(root.public_bytes(Encoding.DER))
    maker = Path(__file__).with_name("nss_database.py")
    subprocess.run([sys.executable, maker, folder, tmp_path / "root.der"], check=True)
    return folder


def pdfsig(content: bytes, folder: Path) -> str:
    file = folder.parent / "judged.pdf"
    file.write_bytes(content)
    judged = subprocess.run(
        ["pdfsig", "-nssdir", folder, file],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    )
    return judged.stdout


@pytest.mark.django_db
def test_poppler_finds_the_seal_valid_and_trusted(trusting_nss: Path) -> None:
    shown = pdfsig(issued().content, trusting_nss)
    assert "Signature is Valid." in shown
    assert "Certificate is Trusted." in shown
    assert "Signer Certificate Common Name: 广州市规划局" in shown
    assert "Signing Time: Nov 21 2026 10:00:00" in shown
    assert "Signature Type: ETSI.CAdES.detached" in shown
    assert "Total document signed" in shown


@pytest.mark.django_db
def test_poppler_finds_the_flipped_byte(trusting_nss: Path) -> None:
    content = bytearray(issued().content)
    content[len(content) // 3] ^= 0x01
    shown = pdfsig(bytes(content), trusting_nss)
    assert "Signature is Valid." not in shown
    assert "Digest Mismatch." in shown


@pytest.mark.django_db
def test_poppler_judges_two_seals(trusting_nss: Path) -> None:
    api.ensure_seal("fire", FIRE, at=NOW)
    both = api.seal_pdf(issued().content, organisation="fire", subject="case:1", reason=REASON, at=NOW)
    shown = pdfsig(both.content, trusting_nss)
    assert shown.count("Signature is Valid.") == 2
    assert shown.count("Certificate is Trusted.") == 2


def test_processes_start_without_the_library_of_seals(web_modules: frozenset[str]) -> None:
    assert {"pyhanko", "aiohttp"} & web_modules == set()
