"""What followers follow, and what is new for them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text, text_from
from yiwang.portal.openness.contracts import FollowNotFound, FollowView
from yiwang.portal.openness.followers import link_to, token_hash_of
from yiwang.portal.openness.models import FileAct, Follow, Item, Link
from yiwang.portal.openness.queries.items import Wanted, public_items
from yiwang.portal.openness.rules.categories import CATEGORIES
from yiwang.portal.openness.rules.following import Followed, News, Period
from yiwang.portal.openness.rules.life import ACT_TEXTS, ActKind
from yiwang.portal.openness.rules.links import ItemKind
from yiwang.portal.rules.subjects import THEMES

_MOST_NEWS = 50
_MOST_WORDS = 80
_ALL = Text("全部主动公开信息", "Everything that is published")
_FOUND = Text("搜索“{words}”", "Search for “{words}”")


def follow_of(token: str) -> FollowView:
    """What a token follows; raises FollowNotFound."""
    row = Follow.objects.filter(token_hash=token_hash_of(token)).first()
    if row is None:
        raise FollowNotFound
    return FollowView(
        title=title_of(row), period=Period(row.period), is_confirmed=row.confirmed_at is not None
    )


def is_there(kind: Followed, value: str) -> bool:
    """Whether there is something of this kind to follow."""
    match kind:
        case Followed.EVERYTHING:
            return not value
        case Followed.THEME:
            return value in THEMES
        case Followed.CATEGORY:
            return value in CATEGORIES
        case Followed.ORGANISATION:
            return bool(organisation_names({value}).get(value)) if value else False
        case Followed.SEARCH:
            return 0 < len(value) <= _MOST_WORDS and value.isprintable()
        case Followed.POLICY:
            return _policy(value) is not None


def name_of(kind: Followed, value: str) -> Text:
    """What is followed, in words."""
    match kind:
        case Followed.THEME:
            return THEMES.get(value, _ALL)
        case Followed.CATEGORY:
            return CATEGORIES[value].title if value in CATEGORIES else _ALL
        case Followed.ORGANISATION:
            return organisation_names({value}).get(value, Text(value, value))
        case Followed.SEARCH:
            return Text(_FOUND.zh.format(words=value), _FOUND.en.format(words=value))
        case Followed.POLICY:
            found = _policy(value)
            title = text_from(found.title) if found is not None else Text(value, value)
            return title if title.en else Text(title.zh, title.zh)
        case _:
            return _ALL


def title_of(row: Follow) -> Text:
    """What a row follows, in words."""
    return name_of(Followed(row.kind), row.value)


def news_for(row: Follow, *, until: datetime) -> tuple[News, ...]:
    """What came after ``since`` and until now: items, or what happened to a policy file."""
    kind = Followed(row.kind)
    if kind is Followed.POLICY:
        return _news_of_policy(row, until)
    rows = _items(kind, row.value).filter(published_at__gt=row.since, published_at__lte=until)
    return tuple(_news(item, row) for item in rows.order_by("published_at", "id")[:_MOST_NEWS])


def _items(kind: Followed, value: str) -> QuerySet[Item]:
    match kind:
        case Followed.THEME:
            return public_items(Wanted(theme=value))
        case Followed.CATEGORY:
            return public_items(Wanted(category=value))
        case Followed.ORGANISATION:
            return public_items(Wanted(organisation=value))
        case Followed.SEARCH:
            return public_items(Wanted(words=value))
        case _:
            return public_items()


def _news_of_policy(row: Follow, until: datetime) -> tuple[News, ...]:
    found = _policy(row.value)
    if found is None:
        return ()
    href = link_to("openness:item", [found.pk], english=row.english)
    acts = FileAct.objects.filter(target=found, confirmed_at__gt=row.since, confirmed_at__lte=until)
    news = [
        News(
            title=Text(
                f"{ACT_TEXTS[ActKind(act.kind)].zh}：{act.on.isoformat()}起",
                f"{ACT_TEXTS[ActKind(act.kind)].en} it from {act.on.isoformat()}",
            ),
            href=href,
        )
        for act in acts.order_by("confirmed_at", "id")
    ]
    linked = Link.objects.filter(policy=found, item__published_at__lte=until).filter(
        item__published_at__gt=row.since
    )
    news += [_news(link.item, row) for link in linked.select_related("item") if link.item is not None]
    return tuple(news[:_MOST_NEWS])


def _news(item: Item, row: Follow) -> News:
    return News(title=text_from(item.title), href=link_to("openness:item", [item.pk], english=row.english))


def _policy(value: str) -> Item | None:
    """A published policy file by its index number."""
    return public_items().filter(index_number=value, kind=ItemKind.POLICY).first()
