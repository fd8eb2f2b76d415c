"""How views of cases are shown: tones of states, badges of clocks, lines of the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from yiwang.cases.contracts import (
    LIGHT_TEXTS,
    OUTCOME_TEXTS,
    ClockState,
    ClockView,
    EventView,
    Light,
    Outcome,
    Phase,
)
from yiwang.kernel.text import Text

PHASE_TONES = {
    Phase.RECEIVED: "info",
    Phase.ACCEPTED: "info",
    Phase.IN_REVIEW: "progress",
    Phase.SUPPLEMENT: "warning",
    Phase.STOPPED: "neutral",
    Phase.DECIDED: "success",
    Phase.CLOSED: "success",
    Phase.WITHDRAWN: "neutral",
    Phase.REFUSED_ACCEPTANCE: "danger",
    Phase.LAPSED: "neutral",
}
_LIGHT_TONES = {
    Light.NONE: "neutral",
    Light.GREEN: "success",
    Light.WARNED: "info",
    Light.YELLOW: "warning",
    Light.RED: "danger",
    Light.STOPPED: "neutral",
}
_CLOCK_LIGHTS = {Light.YELLOW: "yellow", Light.WARNED: "yellow", Light.RED: "red"}
_UNIT_WORDS = {
    "working_days": ("个工作日", "working day"),
    "working_minutes": ("工作分钟", "working minute"),
    "calendar_days": ("日", "day"),
}
_CLOCK_UNITS = {"working_days": "working_day", "working_minutes": "working_minute", "calendar_days": "day"}
_MORE_OUTCOMES = {
    "supplement": Text("要求补正", "Ask for corrections"),
    "return": Text("退回", "Return"),
    "draft_approve": Text("拟同意", "Propose approval"),
    "draft_refuse": Text("拟不同意", "Propose refusal"),
    "not_accepted": Text("不予受理", "Not accepted"),
    "answered": Text("已答复", "Answered"),
}


def outcome_text(outcome: str) -> Text:
    """Give an outcome's name; one that only its process knows stays as it is written there."""
    if outcome in set(Outcome):
        return OUTCOME_TEXTS[Outcome(outcome)]
    return _MORE_OUTCOMES.get(outcome, Text(outcome, outcome))


def outcome_tone(outcome: str) -> str:
    """Give the tone in which an outcome is shown."""
    if outcome in {"approve", "done", "accept", "answered"}:
        return "success"
    if outcome in {"refuse", "refuse_acceptance", "not_accepted"}:
        return "danger"
    return "warning" if outcome == "conditional" else "neutral"


def light_tag(light: Light) -> dict[str, object]:
    """Words and tone of a clock's light."""
    return {"text": LIGHT_TEXTS[light], "tone": _LIGHT_TONES[light]}


def due_badge(due_at: datetime | None, light: Light) -> dict[str, object]:
    """When something is due, with the tone of its light."""
    return {"at": due_at, "tone": _LIGHT_TONES[light], "stopped": light is Light.STOPPED}


def time_text(amount: int, unit: str) -> Text:
    """So much time in words."""
    zh, en = _UNIT_WORDS[unit]
    return Text(f"{amount}{zh}", f"{amount} {en}" if amount == 1 else f"{amount} {en}s")


def clock_badge(clock: ClockView) -> dict[str, object]:
    """What the clock component takes."""
    return {
        "state": {ClockState.RUNNING: "running", ClockState.STOPPED: "stopped"}.get(clock.state, "done"),
        "light": _CLOCK_LIGHTS.get(clock.light, "green"),
        "left": clock.remaining,
        "unit": _CLOCK_UNITS[clock.unit],
        "due": clock.due_at,
    }


def timeline_of(
    events: Iterable[EventView], names: Mapping[str, Text], parts: Mapping[str, Text]
) -> list[dict[str, object]]:
    """Lines of a log as the timeline shows them, with who and where.

    ``parts`` names the department of each child case by its number, so that "received" says by whom.
    """
    lines = []
    for event in events:
        place = names.get(event.organisation)
        by = Text(event.actor_name, event.actor_name) if event.actor_name else None
        if place is not None:
            by = Text(f"{place.zh} {event.actor_name}".strip(), f"{event.actor_name} {place.en}".strip())
        part = parts.get(event.case_number)
        title = event.sentence
        if part is not None:
            title = Text(f"{part.zh}：{title.zh}", f"{part.en}: {title.en}")
        lines.append({"title": title, "at": event.at, "by": by, "text": event.detail.get("note", "")})
    return lines
