"""How results are said to the public, and how their tone is shown."""

from __future__ import annotations

from yiwang.kernel.text import Text

RESULT_TEXTS: dict[str, Text] = {
    "approve": Text("准予", "Granted"),
    "conditional": Text("附条件准予", "Granted with conditions"),
    "refuse": Text("不予批准", "Refused"),
    "not_accepted": Text("不予受理", "Not accepted"),
    "answered": Text("已答复", "Answered"),
    "done": Text("已办结", "Done"),
    "withdrawn": Text("申请人撤回", "Withdrawn"),
    "lapsed": Text("逾期终止", "Lapsed"),
}
_TONES = {
    "approve": "success",
    "conditional": "warning",
    "refuse": "danger",
    "not_accepted": "danger",
    "answered": "success",
    "done": "success",
}
PHASE_TONES = {
    "received": "info",
    "accepted": "info",
    "in_review": "progress",
    "supplement": "warning",
    "stopped": "neutral",
    "decided": "success",
    "closed": "success",
    "withdrawn": "neutral",
    "refused_acceptance": "danger",
    "lapsed": "neutral",
}


def result_text(outcome: str) -> Text:
    """A result in words; one that only its process knows stays as it is written there."""
    return RESULT_TEXTS.get(outcome, Text(outcome, outcome))


def result_tone(outcome: str) -> str:
    """The tone of a result."""
    return _TONES.get(outcome, "neutral")


def outcome_tag(phase: str, outcome: str, phase_text: Text, result: Text | None = None) -> dict[str, object]:
    """What stands beside a case in a list: its result once there is one, else where it stands.

    ``result`` is how it turned out in the words of its own law.
    """
    if outcome and phase in {"decided", "closed", "refused_acceptance"}:
        return {"text": result or result_text(outcome), "tone": result_tone(outcome)}
    return {"text": phase_text, "tone": PHASE_TONES.get(phase, "neutral")}
