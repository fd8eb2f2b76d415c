"""Make the mails that are due: one a follower and period, of what came since the last."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localtime

from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.openness.followers import sealed_letter
from yiwang.portal.openness.models import Follow, Mail
from yiwang.portal.openness.operations import SEND
from yiwang.portal.openness.queries.follows import news_for, title_of
from yiwang.portal.openness.rules.following import Period, mail_lines, next_mail

_MOST = 200
#: What nobody confirms within this time is forgotten, address and all.
UNCONFIRMED = timedelta(days=7)
_SUBJECT = Text("{title}：{n}条新信息", "{title}: {n} new")
_END = Text("\n\n——\n退订或者查看订阅：{manage}\n", "\n\n--\nUnsubscribe, or see what you follow: {manage}\n")


def due_follows(at: datetime) -> QuerySet[Follow]:
    """Confirmed follows whose time has come."""
    return Follow.objects.filter(confirmed_at__isnull=False, next_at__lte=at)


def stale_follows(at: datetime) -> QuerySet[Follow]:
    """Follows that nobody has confirmed in time."""
    return Follow.objects.filter(confirmed_at__isnull=True, made_at__lt=at - UNCONFIRMED)


@command(operation=SEND)
def make_alerts(*, actor: Actor, at: datetime) -> int:
    """Give how many followers were looked after; two workers never take the same one."""
    permit(Scope(everyone=True), subject="openness:alerts")
    stale_follows(at).delete()
    rows = due_follows(at).select_for_update(skip_locked=True).order_by("next_at", "id")[:_MOST]
    looked_after, made = 0, 0
    for row in rows:
        made += _made(row, at)
        row.since, row.next_at = at, next_mail(localtime(at), Period(row.period))
        row.save(update_fields=["since", "next_at"])
        looked_after += 1
    note(followers=looked_after, mails=made)
    return looked_after


def _made(row: Follow, at: datetime) -> int:
    news = news_for(row, until=at)
    if not news:
        return 0
    title = title_of(row)
    subject = Text(
        _SUBJECT.zh.format(title=title.zh, n=len(news)), _SUBJECT.en.format(title=title.en, n=len(news))
    )
    text = Text(mail_lines(news, english=False) + _END.zh, mail_lines(news, english=True) + _END.en)
    Mail.objects.create(follow=row, until=at, sealed=sealed_letter(row, subject, text), made_at=at, try_at=at)
    return 1
