"""So many documents as a city publishes them, for ``bench search``: titles of a few words and texts of some
hundred characters, drawn by Zipf's law from pypinyin's 47,000 phrases, with the city's own words among the
common ones, so that what people ask for stands in thousands of them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from pypinyin.phrases_dict import phrases_dict

from yiwang.kernel.text import Text
from yiwang.portal.search.api import Document, KindOfResult

#: Under which the bench registers them.
ARTICLES = "article"
_SEED = 20261122
_NEWEST = date(2026, 1, 4)
_OWN = """
关于 办理 通知 公告 工作 服务 管理 实施 办法 意见 全市 居民 企业 单位 项目 建设 部门
登记 许可 申请 材料 居住证 营业执照 身份证 社保 社会保险 医疗保险 公积金 养老金 低保
护照 结婚登记 施工许可证 规划许可证 环境影响评价 食品经营许可 个体工商户 驾驶证 户口 入学
失业登记 残疾人 老年人 房产证 税务登记 外商投资 信息公开 补贴 检查 会议
"""
_BODIES = ("labour", "civil_affairs", "construction", "planning", "health", "environment", "transport")


class Articles:
    """A source of so many articles."""

    kind = KindOfResult(name=Text("文章", "Articles"), weight=0.5, order=70)

    def __init__(self, how_many: int) -> None:
        self._how_many = how_many

    def mark(self) -> str:
        return str(self._how_many)

    def documents(self, keys: Collection[str] | None = None) -> Iterator[Document]:
        draw = random.Random(_SEED)
        words = [word for word in phrases_dict if 2 <= len(word) <= 4]
        draw.shuffle(words)
        own = _OWN.split()
        words = [word for pair in zip(own, words, strict=False) for word in pair] + words[len(own) :]
        odds = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(words))))
        for number in range(self._how_many):
            drawn = draw.choices(words, cum_weights=odds, k=draw.randint(80, 220))
            title, rest = drawn[:6], drawn[6:]
            yield Document(
                key=str(number),
                title=Text("".join(title), ""),
                summary=Text("".join(rest[:20]) + "。", ""),
                text="，".join(
                    "".join(line) for line in (rest[at : at + 9] for at in range(20, len(rest), 9))
                ),
                address=f"/articles/{number}/",
                organisation=_BODIES[number % len(_BODIES)],
                dated=_NEWEST - timedelta(days=number % 3000),
            )
