"""What ``bench portal`` publishes: so many sites, each with a channel, five columns and their articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

#: Columns right under a site's home, and under its one channel.
UNDER_HOME, UNDER_CHANNEL = ("news", "notices"), ("plans", "budgets", "people")
TITLES = {
    "news": "工作动态",
    "notices": "通知公告",
    "plans": "规划计划",
    "budgets": "财政预决算",
    "people": "人事信息",
}
_SENTENCE = (
    "根据年度工作安排，本单位会同有关部门于第{n}周对辖区内重点项目开展联合检查，现场听取建设、管理单位情况介绍，"
    "逐项核对任务清单，对发现的问题提出整改要求并明确责任人和完成时限，检查结果将按规定向社会公布。"
)


@dataclass(frozen=True)
class Written:
    """An article, as both programs are given it."""

    address: str
    title: str
    day: date
    paragraphs: tuple[str, ...]


def sites(number: int) -> list[str]:
    """Codes of the sites; the first is the main one."""
    return [f"site{at:03}" for at in range(number)]


def columns() -> list[str]:
    """Addresses of the columns within a site."""
    return [*UNDER_HOME, *(f"open/{name}" for name in UNDER_CHANNEL)]


def articles(site: str, column: str, number: int) -> Iterator[Written]:
    """The articles of a column, the oldest first."""
    for at in range(number):
        yield Written(
            address=f"a{at:05}",
            title=f"{site}{TITLES[column.rpartition('/')[2]]}第{at + 1}期：重点项目联合检查情况",
            day=date(2025, 1, 1) + timedelta(days=at % 600),
            paragraphs=tuple(_SENTENCE.format(n=at + place) for place in range(8)),
        )
