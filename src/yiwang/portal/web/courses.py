"""The course of a case for its applicant: who has it, what was not counted, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yiwang.cases.contracts import EventView, Holder, StopView
from yiwang.kernel.text import Text
from yiwang.platform.web.wording import day

_TONES = {
    "accepted": "success",
    "decided": "success",
    "licence_issued": "success",
    "supplement_requested": "warning",
    "supplement_lapsed": "danger",
    "clock_stopped": "muted",
    "withdrawn": "muted",
}
_SPAN_OPEN = Text("自{since}起", "since {since}")
_SPAN = Text("{since}至{until}", "{since} to {until}")


def course_of(events: Iterable[EventView], names: Mapping[str, Text]) -> list[dict[str, object]]:
    """Lines of the timeline, the latest first, with the office that acted; officers' names stay inside."""
    return [
        {
            "title": event.sentence,
            "at": event.at,
            "by": names.get(event.organisation, "") if event.organisation else "",
            "tone": _TONES.get(event.act, ""),
        }
        for event in sorted(events, key=lambda event: (event.at, event.id), reverse=True)
    ]


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
            "span": _SPAN.fill(since=day(stop.since), until=day(stop.until))
            if stop.until
            else _SPAN_OPEN.fill(since=day(stop.since)),
            "expected_days": stop.expected_days if stop.until is None else None,
        }
        for stop in stops
    ]
