"""The four figures of the front page, said so that nothing is promised which no case has shown."""

from __future__ import annotations

from yiwang.cases.contracts.open_figures import WorkFigures
from yiwang.kernel.text import Text

_CASES = Text("件", "cases")
_DAYS = Text("个工作日", "working days")


def front_figures(today: WorkFigures, month: WorkFigures, *, items: int) -> list[dict[str, object]]:
    """Received and decided today, on time and average time this month; what has no base is left out."""
    figures: list[dict[str, object]] = [
        {
            "label": Text("今日收件", "Received today"),
            "value": today.received,
            "unit": _CASES,
            "note": share_note(today.received_online, today.received),
        },
        {
            "label": Text("今日办结", "Decided today"),
            "value": today.decided,
            "unit": _CASES,
            "note": Text("当场办结{n}件", "{n} of them on the spot").fill(n=today.decided_at_once)
            if today.decided_at_once
            else Text("本月{n}件", "{n} this month").fill(n=month.decided),
        },
    ]
    if month.timed:
        figures.append(
            {
                "label": Text("按承诺时限办结", "Decided within the promise"),
                "value": f"{rate(month.on_time, month.timed):.1f}",
                "unit": Text("%", "%"),
                "note": Text("本月{n}件", "of {n} this month").fill(n=month.timed),
            }
        )
    if month.days_used is not None and month.days_by_law is not None:
        figures.append(
            {
                "label": Text("平均用时", "Average time"),
                "value": f"{month.days_used:.1f}",
                "unit": _DAYS,
                "note": Text("法定时限平均{n}个", "the law allows {n} on average").fill(
                    n=f"{month.days_by_law:.1f}"
                ),
            }
        )
    for label, value, unit in (
        (Text("可查事项", "Services listed"), items, Text("项", "services")),
        (Text("本月收件", "Received this month"), month.received, _CASES),
    ):
        if len(figures) < 4:
            figures.append({"label": label, "value": value, "unit": unit, "note": None})
    return figures


def share_note(part: int, whole: int) -> Text | None:
    """How much of the whole came online, in whole percent; nothing when nothing came."""
    if not whole:
        return None
    return Text("网上占{n}%", "{n}% online").fill(n=round(100 * part / whole))


def rate(part: int, whole: int) -> float:
    """A percentage; a whole of nothing is all of it."""
    return 100.0 if not whole else 100 * part / whole
