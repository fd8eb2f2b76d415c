"""Officers behind a session, for addresses that are asked for many times a second.

Who acts is found by :func:`yiwang.identity.request_actor.find_actor`, and remembered beside all rows on which
that depends: session, account, first post, second factor. The next time one statement reads these rows, and
the actor stands only while each of them is as it was: a session, post or password that ends does so at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from yiwang.identity.request_actor import current_standing
from yiwang.kernel.memory import Memory
from yiwang.platform.contracts import Actor
from yiwang.platform.sql import fetch_kept, keep

_MOST_REMEMBERED = 5_000
_ROWS = keep("""
SELECT s.session_data, a.id, a.password, a.username, a.person_id, n.name, p.id, p.roles::text, o.code, o.id,
  t.title_zh,
  EXISTS (SELECT FROM mfa_authenticator f WHERE f.user_id = a.id AND f.type IN ('totp', 'webauthn'))
FROM django_session s
JOIN identity_account a ON a.id = %(account)s::bigint AND a.is_active AND NOT a.must_change_password
LEFT JOIN identity_person n ON n.id = a.person_id
CROSS JOIN LATERAL (SELECT * FROM identity_posting p WHERE p.account_id = a.id
  AND p.starts_at <= %(at)s::timestamptz AND (p.ends_at IS NULL OR p.ends_at > %(at)s::timestamptz)
  ORDER BY p.starts_at, p.id LIMIT 1) p
JOIN identity_organisation o ON o.id = p.organisation_id
JOIN identity_post t ON t.id = p.post_id
WHERE s.session_key = %(session)s::text AND s.expire_date > %(at)s::timestamptz
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """The rows as they were; ``actor`` once he was found between two readings that were the same."""

    account: int
    rows: tuple[tuple[object, ...], ...]
    actor: Actor | None


_memory: Memory[str, _Seen] = Memory(_MOST_REMEMBERED)


def remembered_officer(request: HttpRequest, *, at: datetime) -> Actor | None:
    """The officer of a request's session where all is as it was; None: find who acts the whole way."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    seen = _memory.get(key)
    if seen is None or seen.actor is None:
        return None
    if _rows(key, seen.account, at) == seen.rows:
        return seen.actor
    _memory.forget(key)
    return None


def remember_officer(request: HttpRequest, actor: Actor | None, *, at: datetime) -> None:
    """Remember who was just found the whole way, if he is an officer in his first post.

    He stands between two readings of the rows: the one of the time before, and the one made here.
    """
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if actor is None or actor.account_id is None or not _is_in_first_post(request, actor):
        return
    before, rows = _memory.get(key), _rows(key, actor.account_id, at)
    is_sure = bool(rows) and before is not None and (before.account, before.rows) == (actor.account_id, rows)
    _memory.keep(key, _Seen(account=actor.account_id, rows=rows, actor=actor if is_sure else None))


def _is_in_first_post(request: HttpRequest, actor: Actor) -> bool:
    return actor.kind == "officer" and actor.delegated_by is None and not current_standing(request)


def _rows(session: str, account: int, at: datetime) -> tuple[tuple[object, ...], ...]:
    return tuple(fetch_kept(_ROWS, {"session": session, "account": account, "at": at}))
