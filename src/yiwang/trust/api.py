"""The door of trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.sql import Part
from yiwang.trust import keystore
from yiwang.trust.commands import ensure_authority as authority
from yiwang.trust.commands import ensure_seal as seals
from yiwang.trust.commands import record_entry as ledger
from yiwang.trust.commands import seal_document as sealing
from yiwang.trust.commands import sequence_leaves as sequencer
from yiwang.trust.commands import stamp_time as stamping
from yiwang.trust.commands.decide_order import approve_order, refuse_order
from yiwang.trust.commands.forget_time_stamps import forget_time_stamps
from yiwang.trust.commands.lapse_orders import lapse_orders
from yiwang.trust.commands.order_certificates import order_certificates
from yiwang.trust.commands.record_entry import COMPUTED_LEAF
from yiwang.trust.commands.revoke_node import revoke_node
from yiwang.trust.commands.revoke_seal import revoke_seal
from yiwang.trust.contracts import (
    ConsistencyProof,
    InclusionProof,
    LeafId,
    RenderedDocument,
    Seal,
    SealedDocument,
    SealPlace,
    SignedHead,
    SignedStatement,
    Verdict,
)
from yiwang.trust.documents.qr_code import qr_svg
from yiwang.trust.documents.typesetting import LETTER, LICENCE, Template, draw_png, render
from yiwang.trust.queries import documents, keys, proofs, responses, revoked
from yiwang.trust.queries.certified import find_node, get_order, list_nodes, list_orders, revoked_serials
from yiwang.trust.queries.leaves import day_heads, edge, find_proven, get_proven, leaves_between
from yiwang.trust.rules import merkle
from yiwang.trust.rules.content import canonical_json
from yiwang.trust.rules.judging import question_about, stamped_at, statement_holds, status_of
from yiwang.trust.rules.revocation import RevocationReason
from yiwang.trust.rules.time_stamping import authority_of, token_of
from yiwang.trust.rules.time_stamping import make_question as make_time_question

__all__ = [
    "COMPUTED_LEAF",
    "LETTER",
    "LICENCE",
    "RevocationReason",
    "Template",
    "approve_order",
    "authority_of",
    "canonical_json",
    "day_heads",
    "draw_png",
    "edge",
    "find_node",
    "find_proven",
    "forget_time_stamps",
    "get_order",
    "get_proven",
    "lapse_orders",
    "leaves_between",
    "list_nodes",
    "list_orders",
    "make_time_question",
    "order_certificates",
    "qr_svg",
    "question_about",
    "refuse_order",
    "render",
    "revoke_node",
    "revoke_seal",
    "revoked_serials",
    "stamped_at",
    "statement_holds",
    "status_of",
    "token_of",
]


def record(kind: str, subject: str, content: Mapping[str, Json], *, at: datetime) -> LeafId:
    """Write evidence in the caller's transaction: a salted hash of the content, never the content.

    ``kind`` such as ``cases.decided``; ``subject`` such as ``case:12``; the content holds integers and
    texts, no floats. Keep the content: only with it can anybody show later what the entry says.

    Raises:
        RecordedOutsideTransaction: there is no transaction to stand and fall with.
    """
    return ledger.record_entry(kind, subject, content, at=at)


def record_part(kind: str, subject: str, content: Mapping[str, Json], *, at: datetime) -> Part:
    """The same evidence as a part of the caller's own statement (``platform.sql.write_parts``), so that it
    costs no round trip; the other parts read the new leaf by ``SELECT id FROM ledger_leaf``."""
    return ledger.entry_part(kind, subject, content, at=at)


def computed_params(kind: str, *, at: datetime) -> dict[str, object]:
    """What ``COMPUTED_LEAF`` takes: a leaf whose subject and content the caller's statement makes, in its
    part ``ledger_content (subject text, content text)``, for a look that is one statement altogether."""
    return ledger.computed_params(kind, at=at)


def canonical_text(content: Mapping[str, Json]) -> str:
    """The one spelling of content that a leaf commits to."""
    return canonical_json(content).decode()


def sequence_leaves(*, at: datetime) -> int:
    """Put waiting leaves into the tree and sign its head; gives how many."""
    return sequencer.sequence_leaves(at=at)


def latest_head() -> SignedHead | None:
    """Give the newest signed head; None while the ledger is empty."""
    return proofs.find_head()


def inclusion_proof(leaf_id: LeafId, *, size: int | None = None) -> InclusionProof:
    """Prove that an entry stands in the ledger.

    Raises:
        LeafNotFound, LeafNotSequenced, HeadNotFound
    """
    return proofs.get_inclusion_proof(leaf_id, size=size)


def inclusion_proof_by_hash(leaf_hash: bytes, *, size: int | None = None) -> InclusionProof:
    """Prove it for the leaf of a hash: the public form, which lets nobody leaf through the ledger."""
    return proofs.get_inclusion_proof_by_hash(leaf_hash, size=size)


def consistency_proof(first: int, second: int) -> ConsistencyProof:
    """Prove that the ledger at one signed size is the beginning of that at a later one.

    Raises:
        HeadNotFound: one of the sizes was never signed.
    """
    return proofs.get_consistency_proof(first, second)


def entry_matches(leaf_id: LeafId, content: Mapping[str, Json]) -> bool:
    """Tell whether the entry committed to exactly this content."""
    return proofs.matches_content(leaf_id, content)


def ledger_public_key() -> bytes | None:
    """Give the 32 bytes of the Ed25519 key that signs heads, once there is one."""
    return keys.find_ledger_public_key()


def ensure_seal(organisation: str, name: Text, *, at: datetime, inscription: str | None = None) -> Seal:
    """Give an organisation its seal; idempotent, makes the city's authority at the first call.

    Without an inscription the seal is taken as it is, or made without one.
    """
    return seals.ensure_seal(organisation, name, at=at, inscription=inscription)


def get_seal(organisation: str, *, at: datetime) -> Seal:
    """Give the seal in force.

    Raises:
        NoSuchSeal: none, revoked, or not valid at this instant.
    """
    return keys.seal_of(keys.get_seal_key(organisation, at=at))


def root_certificates(*, at: datetime) -> tuple[str, ...]:
    """Give the city's root certificates in PEM, for people who want their reader to trust them."""
    authority.ensure_authority(at=at)
    return keys.roots_pem()


def revocation_list(*, at: datetime) -> bytes:
    """Give the list of revoked seals and node certificates in DER."""
    authority.ensure_authority(at=at)
    return revoked.revocation_list(at=at)


def seal_pdf(
    pdf: bytes,
    *,
    organisation: str,
    subject: str,
    reason: Text,
    at: datetime,
    place: SealPlace | None = None,
) -> SealedDocument:
    """Put the organisation's seal on a PDF and enter its use in the register and the ledger.

    Raises:
        NoSuchSeal, DocumentNotSealable, KeyMissing
    """
    return sealing.seal_document(
        pdf, organisation=organisation, subject=subject, reason=reason, at=at, place=place
    )


def issue(
    template: Template,
    data: Mapping[str, Json],
    *,
    organisation: str,
    subject: str,
    reason: Text,
    at: datetime,
) -> SealedDocument:
    """Set a letter or licence and seal it at the place that its template keeps."""
    document: RenderedDocument = render(template, data)
    return seal_pdf(
        document.content,
        organisation=organisation,
        subject=subject,
        reason=reason,
        at=at,
        place=document.seal_place,
    )


def verify_pdf(pdf: bytes, *, at: datetime) -> Verdict:
    """Judge the seals on a PDF of unknown origin; takes any bytes and never raises on them."""
    return documents.judge_document(pdf, at=at)


def certificate_status(question: bytes, *, at: datetime) -> bytes:
    """Answer an OCSP question (RFC 6960), DER to DER; takes any bytes and never raises on them."""
    return responses.certificate_status(question, at=at)


def stamp_time(question: bytes, *, at: datetime) -> bytes:
    """Answer a time stamp request (RFC 3161), DER to DER; takes any bytes and never raises on them."""
    return stamping.stamp_time(question, at=at)


def signed_statement(content: bytes, *, at: datetime) -> SignedStatement:
    """Sign with the key of the city's exchange directory."""
    return responses.signed_statement(content, at=at)


def batch_root(leaves: Sequence[bytes]) -> bytes:
    """Give the Merkle root (RFC 6962) over the SHA-256 leaf hashes of a batch."""
    made = merkle.appended(0, leaves, _nothing)
    return merkle.fold(merkle.fold_plan(0, len(leaves)), made.__getitem__)


def batch_path(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Give the audit path of one leaf of a batch."""
    made = merkle.appended(0, leaves, _nothing)
    return merkle.proof(merkle.inclusion_plan(index, len(leaves)), made.__getitem__)


def _nothing(node: merkle.Node) -> bytes:
    raise KeyError(node)


def keep_key(key: keystore.AnyPrivateKey) -> str:
    """Keep a private key of this installation, encrypted; gives its fingerprint."""
    return keystore.keep(key)


def private_key(fingerprint: str) -> keystore.AnyPrivateKey:
    """Give a private key of this installation.

    Raises:
        KeyMissing
    """
    return keystore.private_key(fingerprint)
