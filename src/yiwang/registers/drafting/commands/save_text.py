"""Save a draft as the whole text, for what the forms don't ask: links, duplicates, rules of quality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.api import parse_yaml
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor, Json
from yiwang.registers.drafting.contracts import Saved
from yiwang.registers.drafting.queries.drafts import EDIT
from yiwang.registers.drafting.saving import open_draft, save
from yiwang.registers.models import RegisterDraft

_NO_MAPPING = Text("应写“键: 值”", "expected “key: value” lines")
_FIELDS = Text("每个字段须有自己的整数id", "every field has an integer id of its own")


@command(operation=EDIT)
def save_text(*, actor: Actor, at: datetime, draft: int, version: int, content: str) -> Saved:
    """Save it as it was typed, with comments; it need be no whole definition yet, but one in form.

    Raises:
        DefinitionRefused: the YAML is faulty, it changes code or owner, or a field has no id.
        DraftNotFound, DraftChanged: as for every edit.
    """
    row = open_draft(draft, version)
    text = content.replace("\r\n", "\n").strip() + "\n"
    parsed = parse_yaml(text.encode(), row.code)
    problems = parsed.problems or [
        DefinitionProblem(row.code, parsed.lines.get(path, 1), ".".join(map(str, path)), reason)
        for path, reason in _faults(row, parsed.data)
    ]
    if problems:
        raise DefinitionRefused(problems=tuple(problems))
    return save(row, text, actor=actor, at=at)


def _faults(row: RegisterDraft, data: Json) -> Iterator[tuple[tuple[str, ...], Text]]:
    if not isinstance(data, Mapping):
        yield (), _NO_MAPPING
        return
    for key, kept in (("code", row.code), ("owner", row.owner)):
        if data.get(key) != kept:
            yield (key,), Text(f"应为“{kept}”", f"it is {kept!r}")
    fields = data.get("fields", [])
    ids = [one.get("id") for one in fields if isinstance(one, dict)] if isinstance(fields, list) else None
    whole = (
        ids is not None and isinstance(fields, list) and len(ids) == len(fields) == len(set(map(str, ids)))
    )
    if not whole or any(not isinstance(one, int) or isinstance(one, bool) for one in ids or ()):
        yield ("fields",), _FIELDS
