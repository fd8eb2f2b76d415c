"""Follow something by mail: asked for, confirmed from the mail, ended from any mail."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.timezone import localtime

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.openness.contracts import FollowNotFound
from yiwang.portal.openness.followers import (
    address_digest_of,
    sealed_follower,
    sealed_letter,
    token_hash_of,
)
from yiwang.portal.openness.models import Follow, Mail
from yiwang.portal.openness.operations import FOLLOW
from yiwang.portal.openness.queries.follows import is_there, title_of
from yiwang.portal.openness.rules.following import Followed, Period, next_mail

#: Mails that ask one address to confirm, within a day: nobody's box is filled from here.
MOST_ASKED = 3
#: Follows of one address.
MOST_FOLLOWED = 50
_DAY = timedelta(days=1)
_MOST_ADDRESS = 254
_NO_ADDRESS = Text("请填写正确的电子邮箱", "Enter an e-mail address")
_NOTHING = Text("没有可以订阅的内容", "There is nothing of this kind to follow")
_SUBJECT = Text("请确认订阅：{title}", "Please confirm: {title}")
_ASKED = Text(
    "有人用这个邮箱订阅了“{title}”。是您本人的，请打开下面的链接确认；不是，不用理会，我们不会再发信。\n\n{{manage}}\n",
    "Somebody has asked to follow “{title}” with this address. If it was you, confirm it here; if not, do "
    "nothing, and no more mail will come.\n\n{{manage}}\n",
)


@command(operation=FOLLOW)
def follow(
    *,
    actor: Actor,
    at: datetime,
    kind: Followed,
    value: str,
    address: str,
    period: Period,
    english: bool = False,
) -> None:
    """Ask an address to confirm. Says nothing of whether it is known, or was asked too often.

    Raises:
        InvalidInput: no address, or nothing to follow.
    """
    permit(Scope(everyone=True), subject="openness:follow")
    said, wanted = address.strip(), value.strip()
    problems = []
    if not _is_address(said):
        problems.append(FieldProblem("address", _NO_ADDRESS))
    if not is_there(kind, wanted):
        problems.append(FieldProblem("value", _NOTHING))
    if problems:
        raise InvalidInput(problems=tuple(problems))
    digest = address_digest_of(said)
    known = Follow.objects.filter(address_digest=digest)
    asked = known.filter(made_at__gt=at - _DAY, confirmed_at__isnull=True).count()
    if (
        asked >= MOST_ASKED
        or known.count() >= MOST_FOLLOWED
        or known.filter(kind=kind, value=wanted, confirmed_at__isnull=False).exists()
    ):
        note(kind=kind, made=False)
        return
    token = secrets.token_urlsafe(24)
    row = Follow.objects.create(
        kind=kind,
        value=wanted,
        period=period,
        english=english,
        token_hash=token_hash_of(token),
        address_digest=digest,
        sealed=sealed_follower(said, token),
        made_at=at,
        since=at,
        next_at=next_mail(localtime(at), period),
    )
    title = title_of(row)
    subject = Text(_SUBJECT.zh.format(title=title.zh), _SUBJECT.en.format(title=title.en))
    text = Text(_ASKED.zh.format(title=title.zh), _ASKED.en.format(title=title.en))
    Mail.objects.create(follow=row, sealed=sealed_letter(row, subject, text), made_at=at, try_at=at)
    note(kind=kind, made=True)


@command(operation=FOLLOW)
def confirm_follow(*, actor: Actor, at: datetime, token: str) -> None:
    """Let a follow count; what is confirmed already stays. Raises FollowNotFound."""
    permit(Scope(everyone=True), subject="openness:follow")
    row = _locked(token)
    if row.confirmed_at is None:
        row.confirmed_at, row.since = at, at
        row.next_at = next_mail(localtime(at), Period(row.period))
        row.save(update_fields=["confirmed_at", "since", "next_at"])


@command(operation=FOLLOW)
def end_follow(*, actor: Actor, at: datetime, token: str) -> None:
    """Forget a follow and its address. Raises FollowNotFound."""
    permit(Scope(everyone=True), subject="openness:follow")
    _locked(token).delete()


def _locked(token: str) -> Follow:
    row = Follow.objects.select_for_update().filter(token_hash=token_hash_of(token)).first()
    if row is None:
        raise FollowNotFound
    return row


def _is_address(said: str) -> bool:
    if len(said) > _MOST_ADDRESS:
        return False
    try:
        validate_email(said)
    except ValidationError:
        return False
    return True
