"""The course of a case for its applicant: who has it, what was not counted, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yiwang.cases.contracts import EventView, Holder, StopView
from yiwang.kernel.text import Text
from yiwang.platform.web.wording import day_pair

_TONES = {
    "accepted": "success",
    "decided": "success",
    "licence_issued": "success",
    "supplement_requested": "warning",
    "supplement_lapsed": "danger",
    "clock_stopped": "muted",
    "withdrawn": "muted",
}
#: What happens to a department's own file of a joint case.
_INSIDE = frozenset({"opened", "accepted", "decided", "ended"})
_SENT_OUT = Text("分送{n}个部门，同时审查", "Departments asked to examine side by side: {n}")
_SPAN_OPEN = Text("自{since}起", "since {since}")
_SPAN = Text("{since}至{until}", "{since} to {until}")


def course_of(
    events: Iterable[EventView], names: Mapping[str, Text], *, number: str
) -> list[dict[str, object]]:
    """Lines of the timeline, the latest first, with the office that acted; officers' names stay inside.

    A joint case has a child case in each department: they are sent out in one line, and of each the steps and
    what is asked of the applicant are told, not that the office opened and closed a file of its own.
    """
    lines: list[dict[str, object]] = []
    sent_out: list[EventView] = []
    for event in sorted(events, key=lambda event: (event.at, event.id)):
        if event.case_number != number and event.act in _INSIDE:
            if event.act == "opened":
                sent_out.append(event)
            continue
        _tell_sent_out(lines, sent_out)
        lines.append(
            {
                "title": event.sentence,
                "at": event.at,
                "by": names.get(event.organisation, "") if event.organisation else "",
                "tone": _TONES.get(event.act, ""),
            }
        )
    _tell_sent_out(lines, sent_out)
    return lines[::-1]


def _tell_sent_out(lines: list[dict[str, object]], sent_out: list[EventView]) -> None:
    if sent_out:
        lines.append({"title": _SENT_OUT.fill(n=len(sent_out)), "at": sent_out[-1].at, "by": "", "tone": ""})
        sent_out.clear()


def holders_of(holders: Iterable[Holder], names: Mapping[str, Text]) -> list[dict[str, object]]:
    """Who has the case now, at which step, until when."""
    return [
        {
            "organisation": names.get(holder.organisation, holder.organisation),
            "step": holder.step,
            "since": holder.since,
            "due_at": holder.due_at,
        }
        for holder in holders
    ]


def stops_of(stops: Iterable[StopView]) -> list[dict[str, object]]:
    """Stretches that the law does not count, each with its ground and article."""
    return [
        {
            "label": stop.label,
            "basis": stop.legal_basis,
            "span": _SPAN.fill(since=day_pair(stop.since), until=day_pair(stop.until))
            if stop.until
            else _SPAN_OPEN.fill(since=day_pair(stop.since)),
            "expected_days": stop.expected_days if stop.until is None else None,
        }
        for stop in stops
    ]
