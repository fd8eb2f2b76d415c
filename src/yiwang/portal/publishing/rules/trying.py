"""What a try of an outside address says, and when the next one is due. Pure.

A server that knows its reader but does not let a machine in (401, 403, 405, 429) is there; what is gone says
so (404, 410). One failure proves nothing: servers are mended at night, so it is tried again, ever later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from yiwang.kernel.text import Text

Problem = Literal["", "gone", "broken", "silent", "no_host", "not_allowed", "certificate"]
PROBLEM_TEXTS: dict[str, Text] = {
    "gone": Text("页面不存在", "there is no such page"),
    "broken": Text("对方服务器出错", "its server has a fault"),
    "silent": Text("没有回应或超时", "no answer in time"),
    "no_host": Text("找不到主机", "the host is not found"),
    "not_allowed": Text("内部网络地址，公众无法访问", "the public cannot reach an inner network"),
    "certificate": Text("安全证书无效", "its certificate does not hold"),
}
_THERE_ALL_THE_SAME = frozenset({401, 403, 405, 406, 429})
_AGAIN = timedelta(days=7)
_AFTER_FAILURE = timedelta(hours=6)
_LONGEST = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a try: the status of the answer if there was one, and what was wrong."""

    status: int | None = None
    problem: Problem = ""


def judged(status: int) -> Answer:
    """What a status says."""
    if status < 400 or status in _THERE_ALL_THE_SAME:
        return Answer(status=status)
    return Answer(status=status, problem="gone" if status < 500 else "broken")


def next_try(at: datetime, failures: int) -> datetime:
    """A week after a good one; after failures 6, 12, 24 hours, at last every two days."""
    if not failures:
        return at + _AGAIN
    return at + min(_AFTER_FAILURE * (1 << min(failures - 1, 8)), _LONGEST)
