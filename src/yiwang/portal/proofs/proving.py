"""Prove what is published: by the fact of a publication, and by looking for what has no proof yet."""

from __future__ import annotations

import secrets
import time
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from yiwang.platform.contracts import Fact
from yiwang.portal.proofs.models import PageProof
from yiwang.portal.proofs.rules.canonical import content_of_page
from yiwang.portal.sites import api as sites
from yiwang.portal.sites.contracts import SitePageNotFound
from yiwang.trust import api as trust

#: Pages that one round takes up, and for how many seconds: the worker has other loops.
_MOST, _SECONDS = 1_000, 3.0


def canonical_text(page: sites.PublishedPage) -> bytes:
    """The one spelling of what a published page says."""
    return trust.canonical_json(content_of_page(page.address, page.view, page.files))


@transaction.atomic
def prove_page(page: int, *, at: datetime) -> bool:
    """Have the published revision stamped, once; False where it is, or the page is not published."""
    try:
        found = sites.published_page(page)
    except SitePageNotFound:
        return False
    if PageProof.objects.filter(revision=found.revision).exists():
        return False
    text = canonical_text(found)
    digest = sha256(text)
    answer = trust.stamp_time(trust.make_time_question(digest.digest(), nonce=secrets.randbits(63)), at=at)
    trust.token_of(answer)  # a refusal is no proof: the round fails, and a later one tries again
    PageProof.objects.create(
        page=found.id,
        revision=found.revision,
        address=found.address,
        canonical=text,
        digest=digest.hexdigest(),
        answer=answer,
        issuer=trust.authority_of(answer),
        stamped_at=at,
    )
    return True


def prove_waiting(at: datetime) -> int:
    """Prove what was published without a fact (a load of the group), or while no worker ran."""
    begun, proven = time.monotonic(), 0
    for page in sites.published_without(PageProof.objects.values("revision"), _MOST):
        proven += prove_page(page, at=at)
        if time.monotonic() - begun > _SECONDS:
            break
    return proven


def hear_of_page(fact: Fact, *, at: datetime) -> None:
    """A page was published."""
    prove_page(int(fact.subject.removeprefix("page:")), at=at)
