"""Save what a draft says of the register as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor, Json
from yiwang.registers.drafting.contracts import Saved
from yiwang.registers.drafting.queries.drafts import EDIT, content_of
from yiwang.registers.drafting.rules.asking import faults_of_pair
from yiwang.registers.drafting.rules.content import with_head
from yiwang.registers.drafting.saving import open_draft, save_data

#: Code and owner stay as they were begun; the other parts have acts of their own.
_HEAD = frozenset({"title", "summary", "sources", "open", "key", "district", "subject"})


@command(operation=EDIT)
def save_head(
    *,
    actor: Actor,
    at: datetime,
    draft: int,
    version: int,
    title: Text,
    summary: Text,
    head: Mapping[str, Json],
) -> Saved:
    """Save titles and what else ``head`` says: sources, open, key, district, subject; empty takes it away.

    Raises:
        InvalidInput: a text is missing in a language.
        DraftNotFound, DraftChanged: as for every edit.
    """
    row = open_draft(draft, version)
    problems = (*faults_of_pair("title", title), *faults_of_pair("summary", summary))
    if problems:
        raise InvalidInput(problems=problems)
    words: dict[str, Json] = {
        "title": {"zh": title.zh, "en": title.en},
        "summary": {"zh": summary.zh, "en": summary.en},
    }
    given = {key: value for key, value in head.items() if key in _HEAD}
    return save_data(row, with_head(content_of(row.text), {**given, **words}), actor=actor, at=at)
