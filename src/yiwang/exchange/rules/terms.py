"""What may be asked for and how an owner narrows it. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from yiwang.exchange.access import AccessNotAsked, Narrowing, NotNarrower, Terms
from yiwang.exchange.contracts import ResourceInfo, Sharing
from yiwang.exchange.rules.grants import refuse_unknown
from yiwang.exchange.rules.purposes import GRANTABLE
from yiwang.kernel.text import Text

#: State Council 2016 No. 51 names no longest term; three years is that of the catalogue's own review.
LONGEST_YEARS = 3


def refuse_unsound_terms(info: ResourceInfo, terms: Terms, *, asker: str, today: date) -> None:
    """Refuse what no owner could grant, before anybody examines it.

    Raises:
        AccessNotAsked, FieldsNotGranted.
    """
    refuse_unknown(info, terms.fields, claims=True)
    if terms.rows:
        refuse_unknown(info, tuple(terms.rows))
    faults = (
        (info.sharing is not Sharing.CONDITIONAL, _NOT_CONDITIONAL),
        (not asker or asker == info.owner, _OWN),
        (terms.purpose not in GRANTABLE, _PURPOSE),
        (not terms.legal_basis.zh.strip() or not terms.legal_basis.en.strip(), _BASIS),
        (terms.valid_until < terms.valid_from, _BACKWARDS),
        (terms.valid_until < today, _OVER),
        (terms.valid_until > _years_later(terms.valid_from), _TOO_LONG),
        (terms.quota_per_day is not None and terms.quota_per_day < 1, _QUOTA),
        (any(not values for values in terms.rows.values()), _ROWS),
    )
    for is_broken, reason in faults:
        if is_broken:
            raise AccessNotAsked(reason=reason)


def narrowed(asked: Terms, by: Narrowing) -> Terms:
    """The terms as the owner grants them: fewer fields, sooner over, fewer looks; never more.

    Raises:
        NotNarrower: something would be granted that nobody asked for.
    """
    fields = asked.fields if by.fields is None else by.fields
    until = asked.valid_until if by.valid_until is None else by.valid_until
    quota = asked.quota_per_day if by.quota_per_day is None else by.quota_per_day
    if not fields or not set(fields) <= set(asked.fields):
        raise NotNarrower(term=_FIELDS)
    if not asked.valid_from <= until <= asked.valid_until:
        raise NotNarrower(term=_TERM)
    if quota is not None and (quota < 1 or (asked.quota_per_day is not None and quota > asked.quota_per_day)):
        raise NotNarrower(term=_LOOKS)
    return replace(
        asked,
        fields=tuple(fields),
        valid_until=until,
        quota_per_day=quota,
        needs_consent=asked.needs_consent or by.needs_consent,
    )


def _years_later(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + LONGEST_YEARS, day=28 if leap else day.day)


_NOT_CONDITIONAL = Text("只有“有条件共享”的资源需要申请", "only resources shared on conditions are asked for")
_OWN = Text("本单位提供的资源不必申请", "your own organisation's resources need no grant")
_PURPOSE = Text("查询事由有误", "this is no purpose that a grant can have")
_BASIS = Text("须写明法律依据", "the legal basis is missing")
_BACKWARDS = Text("截止日期早于起始日期", "it would end before it begins")
_OVER = Text("截止日期已过", "its last day is past")
_TOO_LONG = Text("期限最长三年", "three years is the longest term")
_QUOTA = Text("每日次数应为正数", "the day's quota is not a positive number")
_ROWS = Text("行筛选缺少取值", "a row filter without values lets nothing through")
_FIELDS = Text("字段", "fields")
_TERM = Text("期限", "term")
_LOOKS = Text("每日次数", "looks a day")
