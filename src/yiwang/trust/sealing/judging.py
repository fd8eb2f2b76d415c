"""Judge the seals on a PDF: is it the city's, was it in force, was anything changed since."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from yiwang.trust.contracts import Finding, SealVerdict, Verdict

#: What a hostile file can make the reader raise besides its own errors.
_UNREADABLE = (PdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)
_NAMES = ("common_name", "organizational_unit_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What the city knows and a document alone cannot tell.

    ``proven_time`` gives when the bytes up to a seal were sealed, by the register of seal use;
    ``revoked_at`` gives when a serial (hex) was withdrawn.
    """

    roots: Sequence[bytes]
    proven_time: Callable[[bytes], datetime | None]
    revoked_at: Callable[[str], datetime | None]


def judge(pdf: bytes, knowledge: Knowledge, *, at: datetime) -> Verdict:
    """Judge a document as of an instant; never raises on whatever bytes come."""
    try:
        found = list(PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures)
    except _UNREADABLE:
        return Verdict(finding=Finding.NOT_PDF)
    if not found:
        return Verdict(finding=Finding.NO_SEAL)
    seals = tuple(
        _judge_seal(pdf, seal, knowledge, at=at, last=number == len(found))
        for number, seal in enumerate(found, start=1)
    )
    order = list(Finding)
    return Verdict(finding=min((seal.finding for seal in seals), key=order.index), seals=seals)


def _judge_seal(
    pdf: bytes, seal: EmbeddedPdfSignature, knowledge: Knowledge, *, at: datetime, last: bool
) -> SealVerdict:
    try:
        certificate: asn1_x509.Certificate = seal.signer_cert
        _start, _length, resume, rest = (int(part) for part in seal.byte_range)
        proven = knowledge.proven_time(pdf[: resume + rest])
        moment = proven or at
        status = validate_pdf_signature(seal, _context(knowledge.roots, moment))
        claimed: datetime | None = seal.self_reported_timestamp
    except (*_UNREADABLE, SignatureValidationError):
        return SealVerdict(finding=Finding.ALTERED)
    serial = f"{certificate.serial_number:x}"
    revoked = knowledge.revoked_at(serial)
    subject: dict[str, object] = certificate.subject.native
    signer, organisation = (str(subject.get(name, "")) for name in _NAMES)
    if not _is_whole(status, last=last):
        finding = Finding.ALTERED
    elif revoked is not None and revoked <= moment:
        finding = Finding.REVOKED
    elif status.trusted:
        finding = Finding.GENUINE
    elif not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        finding = Finding.OUT_OF_TIME
    else:
        finding = Finding.UNKNOWN_AUTHORITY
    return SealVerdict(
        finding=finding,
        signer=signer,
        organisation=organisation,
        serial=serial,
        sealed_at=proven or claimed,
        time_proven=proven is not None,
    )


def _context(roots: Sequence[bytes], moment: datetime) -> ValidationContext:
    """Trust the city's roots only, ask nobody on the network; the city itself knows what it revoked."""
    return ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(root) for root in roots],
        moment=moment,
        best_signature_time=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def _is_whole(status: PdfSignatureStatus, *, last: bool) -> bool:
    """Tell whether nothing was changed: after the last seal nothing at all, before it further seals only."""
    if not (status.intact and status.valid):
        return False
    if last:
        return bool(status.coverage == SignatureCoverageLevel.ENTIRE_FILE)
    level = status.modification_level
    return level is not None and bool(level <= ModificationLevel.FORM_FILLING)
