"""What is known of outside addresses: nothing is fetched here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from yiwang.portal.publishing.models import OutsideLink

#: Longer ones are never tried.
LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """What is known of an address; ``dead`` only after as many failed tries as the rules want."""

    url: str
    tried_at: datetime | None
    status: int | None
    problem: str
    failing_since: datetime | None
    dead: bool

    @property
    def leads(self) -> bool | None:
        """As the gate asks: True, False, None where nobody knows."""
        if self.dead:
            return False
        return True if self.tried_at is not None and not self.problem else None


def is_outside(url: str) -> bool:
    """Whether an address names a host and can be tried from here."""
    if len(url) > LONGEST:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def digest_of_url(url: str) -> str:
    """Under which an address is kept."""
    return sha256(url.encode()).hexdigest()


def link_states(urls: Iterable[str], *, failed_tries: int) -> Mapping[str, LinkState]:
    """What is known of addresses, by address; those that nobody has asked about are left out."""
    wanted: Collection[str] = {digest_of_url(url) for url in urls}
    return {
        row.url: LinkState(
            url=row.url,
            tried_at=row.tried_at,
            status=row.status,
            problem=row.problem,
            failing_since=row.failing_since,
            dead=row.failures >= failed_tries,
        )
        for row in OutsideLink.objects.filter(digest__in=wanted)
    }
