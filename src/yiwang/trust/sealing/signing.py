"""Put a seal on a PDF: PAdES B-B by pyHanko, B-T when a time-stamping authority is named."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from yiwang.kernel.text import Text
from yiwang.trust import keystore
from yiwang.trust.contracts import DocumentNotSealable, SealPlace
from yiwang.trust.models import SigningKey
from yiwang.trust.sealing.stamp import stamp_file

POINTS_A_MILLIMETRE = 72 / 25.4
# Two P-256 certificates and the signed attributes take 2.3 kB; a time stamp about 6 kB more.
_ROOM = 16_384
_ROOM_WITH_TIME = 32_768
_FROM_EDGE = 25.0  # millimetres, when the template names no place


@dataclass(frozen=True, slots=True, kw_only=True)
class SealWish:
    """How a document is to be sealed."""

    reason: Text
    at: datetime
    place: SealPlace | None
    timestamper: TimeStamper | None = None


class _DatedSigner(signers.PdfSigner):
    """pyHanko takes the machine's clock; a seal bears the instant of its act."""

    act_at: datetime

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - pyHanko's signature
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.act_at
        return session


def sealed(pdf: bytes, key: SigningKey, root: SigningKey, wish: SealWish) -> bytes:
    """Give the document with one more seal, appended so that earlier seals stay valid.

    Raises:
        DocumentNotSealable: no PDF, encrypted, or closed against further signatures.
    """
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        name = f"Seal{sum(1 for _ in fields.enumerate_sig_fields(writer.prev)) + 1}"
        page, box = _box(writer, wish.place)
        signer = _DatedSigner(
            signers.PdfSignatureMetadata(
                field_name=name,
                md_algorithm="sha256",
                subfilter=fields.SigSeedSubFilter.PADES,
                reason=wish.reason.zh,
                name=key.name_zh,
            ),
            _signer(key.fingerprint, bytes(key.certificate or b""), bytes(root.certificate or b"")),
            timestamper=wish.timestamper,
            stamp_style=StaticStampStyle(background=ImportedPdfPage(str(stamp_file(key))), border_width=0),
            new_field_spec=fields.SigFieldSpec(name, on_page=page, box=box),
        )
        signer.act_at = wish.at
        room = _ROOM_WITH_TIME if wish.timestamper else _ROOM
        output: io.BytesIO = signer.sign_pdf(writer, bytes_reserved=room)
    except (PdfError, SigningError) as error:
        raise DocumentNotSealable(reason=type(error).__name__) from None
    return output.getvalue()


@lru_cache(maxsize=256)
def _signer(fingerprint: str, certificate: bytes, root: bytes) -> signers.SimpleSigner:
    """Load a seal's key once a process."""
    plain = keystore.signing_key(fingerprint).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore()
    store.register(asn1_x509.Certificate.load(root))
    return signers.SimpleSigner(
        asn1_x509.Certificate.load(certificate), asn1_keys.PrivateKeyInfo.load(plain), store
    )


def _box(writer: IncrementalPdfFileWriter, place: SealPlace | None) -> tuple[int, tuple[int, int, int, int]]:
    """Turn the place into PDF points from the lower left; by default low on the last page's right."""
    pages = int(writer.prev.root["/Pages"]["/Count"])
    number = pages - 1 if place is None else min(place.page, pages - 1)
    media = _media_box(writer, number)
    width, height = media[2] - media[0], media[3] - media[1]
    if place is None:
        half = 21 * POINTS_A_MILLIMETRE
        x, y = width - _FROM_EDGE * POINTS_A_MILLIMETRE - half, _FROM_EDGE * POINTS_A_MILLIMETRE + half
    else:
        half = place.diameter / 2 * POINTS_A_MILLIMETRE
        x, y = place.x * POINTS_A_MILLIMETRE, height - place.y * POINTS_A_MILLIMETRE
    left, bottom = media[0] + x - half, media[1] + y - half
    return number, (round(left), round(bottom), round(left + 2 * half), round(bottom + 2 * half))


def _media_box(writer: IncrementalPdfFileWriter, number: int) -> list[float]:
    page, _resources = writer.find_page_for_modification(number)
    node = page.get_object()
    while "/MediaBox" not in node:
        node = node["/Parent"]
    return [float(value) for value in node["/MediaBox"]]
