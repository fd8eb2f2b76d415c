"""The sentences of a derivation, in both languages."""

from __future__ import annotations

from datetime import time

from yiwang.kernel.calendar import Day, DayKind
from yiwang.kernel.clock.state import Stop, Unit
from yiwang.kernel.text import Text

START = Text("当日不计入，期限自次日起算", "Not counted: the period begins the next day")
ROLLED = Text(
    "期限最后一日遇休息日，顺延至下一工作日",
    "The last day fell on a day off: it moves to the next working day",
)
_COUNTED = {
    Unit.WORKING_DAYS: Text("计入第{total}个工作日", "Counted as working day {total}"),
    Unit.CALENDAR_DAYS: Text("计入第{total}日", "Counted as day {total}"),
    Unit.WORKING_MINUTES: Text(
        "计入{counted}分钟，累计{total}分钟", "{counted} minutes counted, {total} in all"
    ),
}
_OVERDUE = {
    Unit.WORKING_DAYS: Text("已超期{over}个工作日", "Working days overdue: {over}"),
    Unit.CALENDAR_DAYS: Text("已超期{over}日", "Days overdue: {over}"),
    Unit.WORKING_MINUTES: Text("已超期{over}分钟", "Minutes overdue: {over}"),
}


def counted(unit: Unit, day: Day, amount: int, total: int) -> Text:
    """Say what the day adds, with its reason when it is no plain working day."""
    note = _COUNTED[unit].fill(counted=amount, total=total)
    if day.kind is DayKind.WORKDAY:
        return note
    return Text(f"{day.reason.zh}，{note.zh}", f"{day.reason.en}. {note.en}")


def overdue(unit: Unit, over: int) -> Text:
    """Say how far past the end the day is."""
    return _OVERDUE[unit].fill(over=over)


def not_counted(day: Day) -> Text:
    """Say why a free day is not counted."""
    return Text(f"{day.reason.zh}，不计入", f"{day.reason.en}, not counted")


def stopped(stop: Stop) -> Text:
    """Name the stop and the law that takes the day out."""
    label = stop.label or Text(stop.ground, stop.ground)
    return Text(
        f"{label.zh}期间不计入（{stop.legal_basis.zh}）",
        f"{label.en}: not counted ({stop.legal_basis.en})",
    )


def ends(note: Text, clock: time) -> Text:
    """Add that the period ends on this day, and when."""
    return Text(f"{note.zh}；期限于{clock:%H:%M}届满", f"{note.en}; the period ends at {clock:%H:%M}")


def assumed(note: Text) -> Text:
    """Add that the year's holidays are not published and the plain week was taken."""
    return Text(
        f"{note.zh}（该年节假日安排尚未公布，暂按周一至周五推算）",
        f"{note.en} (that year's holidays are not published yet; Monday to Friday assumed)",
    )


def joined(first: Text, second: Text) -> Text:
    """Put two sentences in one note."""
    return Text(f"{first.zh}；{second.zh}", f"{first.en}; {second.en}")
