"""Proofs for the public: of pages that are published, never the text of an earlier version.

What was put right or taken out of a page stays out: of earlier publications there are digest, time and token,
by which whoever kept the text can show that it was published.
"""

from __future__ import annotations

from hashlib import sha256

from yiwang.portal.proofs.contracts import PageChecked, Proof, ProofNotFound
from yiwang.portal.proofs.models import PageProof
from yiwang.portal.proofs.proving import canonical_text
from yiwang.portal.sites import api as sites

_MOST_EARLIER = 50


def check_page(page: int) -> PageChecked:
    """A published page against its proofs; raises SitePageNotFound."""
    found = sites.published_page(page)
    text = canonical_text(found)
    digest = sha256(text).hexdigest()
    rows = PageProof.objects.filter(page=page).order_by("-stamped_at", "-pk")[: _MOST_EARLIER + 1]
    proofs = [_proof(row) for row in rows]
    now = next((proof for proof in proofs if proof.revision == found.revision), None)
    return PageChecked(
        title=found.view.link.title,
        address=found.address,
        revision=found.revision,
        canonical=text,
        digest=digest,
        proof=now,
        agrees=now is not None and now.digest == digest,
        earlier=tuple(proof for proof in proofs if proof.revision != found.revision),
    )


def proof_of(page: int, revision: int) -> Proof:
    """One proof of a published page; raises SitePageNotFound, ProofNotFound."""
    sites.published_page(page)
    row = PageProof.objects.filter(page=page, revision=revision).first()
    if row is None:
        raise ProofNotFound
    return _proof(row)


def _proof(row: PageProof) -> Proof:
    return Proof(
        page=row.page,
        revision=row.revision,
        digest=row.digest,
        issuer=row.issuer,
        stamped_at=row.stamped_at,
        answer=bytes(row.answer),
    )
