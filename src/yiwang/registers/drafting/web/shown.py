"""What the pages of a draft show of it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from yiwang.exchange.contracts import Secrecy
from yiwang.identity.api import account_names, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, Json
from yiwang.registers.definitions import FieldKind
from yiwang.registers.drafting import api
from yiwang.registers.drafting.contracts import Checked, DraftView
from yiwang.registers.rules.field_kinds import RULES

_RULES = {
    "required": Text("必填", "required"),
    "unique": Text("唯一", "unique"),
    "searchable": Text("可查询", "searchable"),
    "encrypted": Text("加密", "encrypted"),
}
_KINDS = {kind.value: RULES[kind].title for kind in FieldKind}
_TONES = {"public": "success", "internal": "neutral", "personal": "warning", "sensitive": "danger"}


def frame(actor: Actor, draft: DraftView) -> dict[str, object]:
    """What every page of a draft shows."""
    names = organisation_names({draft.owner})
    return {
        "draft": draft,
        "title": draft.title,
        "owner": names[draft.owner],
        "home": reverse("registers:draft", args=[draft.id]),
        "saved_by": account_names([draft.saved_by]).get(draft.saved_by, "—"),
        "saved_at": timezone.localtime(draft.saved_at),
        "is_own": actor.account_id == draft.saved_by,
        "may_publish": api.reaches(actor, api.PUBLISH, draft.owner),
    }


def checked_parts(checked: Checked) -> dict[str, object]:
    """Problems with where they stand, and what publishing will do."""
    change = checked.change
    return {
        "problems": checked.problems,
        "steps": change.steps if change is not None else (),
        "is_destructive": change is not None and change.is_destructive,
        "is_unchanged": change is None and not checked.problems,
    }


def field_rows(draft: DraftView) -> list[dict[str, object]]:
    """The fields for the table, each with its acts."""
    rows: list[dict[str, object]] = []
    for place, field in enumerate(draft.fields):
        kind, secrecy = str(field.get("kind")), str(field.get("secrecy") or Secrecy.INTERNAL.value)
        known = secrecy in _TONES
        rows.append(
            {
                "id": field.get("id"),
                "name": field.get("name"),
                "title": _title(field),
                "kind": _KINDS.get(kind, Text(kind, kind)),
                "secrecy": Secrecy(secrecy).words if known else Text(secrecy, secrecy),
                "tone": _TONES.get(secrecy, "danger"),
                "rules": _rules(field),
                "is_first": place == 0,
                "is_last": place == len(draft.fields) - 1,
                "is_published": field.get("id") in draft.published_ids,
            }
        )
    return rows


def _title(field: dict[str, Json]) -> Text:
    found = field.get("title")
    name = str(field.get("name"))
    if not isinstance(found, dict):
        return Text(name, name)
    return Text(str(found.get("zh") or name), str(found.get("en") or name))


def _rules(field: dict[str, Json]) -> Text:
    parts = [words for key, words in _RULES.items() if field.get(key) is True]
    for key, zh, en in (
        ("max_length", "最多 {n} 字", "at most {n} characters"),
        ("min", "不小于 {n}", "at least {n}"),
        ("max", "不大于 {n}", "at most {n}"),
        ("register", "引用 {n}", "refers to {n}"),
    ):
        if field.get(key) not in (None, ""):
            parts.append(Text(zh, en).fill(n=field[key]))
    codes = field.get("codes")
    if isinstance(codes, list):
        parts.append(Text("{n} 个代码", "{n} codes").fill(n=len(codes)))
    return Text("；".join(part.zh for part in parts) or "—", "; ".join(part.en for part in parts) or "—")
