"""Begin to draw up a register of one's own organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, transaction

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.packs.api import find_drawn
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.drafting.contracts import CodeTaken, Saved
from yiwang.registers.drafting.queries.drafts import EDIT, KIND
from yiwang.registers.drafting.rules.asking import faults_of_pair
from yiwang.registers.drafting.rules.content import with_head
from yiwang.registers.drafting.rules.writing import as_text
from yiwang.registers.drafting.saving import account_of
from yiwang.registers.models import Register, RegisterDraft

_CODE = re.compile(r"[a-z][a-z0-9_]{1,40}")
_WRONG_CODE = Text(
    "编码用 2 至 41 个小写字母、数字和下划线，以字母开头，不以 _history 结尾",
    "A code is 2 to 41 small letters, digits and underscores, a letter first, no _history at the end",
)


@command(operation=EDIT)
def begin_draft(*, actor: Actor, at: datetime, code: str, title: Text, summary: Text) -> Saved:
    """Give the draft, with a head and no field yet.

    Raises:
        InvalidInput: the code or a text is not fit.
        CodeTaken: a register or an open draft is called so.
    """
    owners = (actor.organisation,) if actor.organisation else ()
    permit(Scope(organisations=owners), subject="register_drafts")
    problems = tuple(_faults(code, title, summary))
    if problems:
        raise InvalidInput(problems=problems)
    if Register.objects.filter(code=code).exists() or find_drawn(KIND, code, retired=True) is not None:
        raise CodeTaken(register=code)
    head = with_head(
        {},
        {
            "code": code,
            "title": {"zh": title.zh, "en": title.en},
            "summary": {"zh": summary.zh, "en": summary.en},
            "owner": actor.organisation,
        },
    )
    return opened(code, actor.organisation, as_text(head), aim=RegisterDraft.DEFINE, actor=actor, at=at)


def opened(code: str, owner: str, text: str, *, aim: str, actor: Actor, at: datetime) -> Saved:
    """Keep a new draft.

    Raises:
        CodeTaken: there is an open draft of the code.
    """
    account = account_of(actor)
    try:
        with transaction.atomic():
            row = RegisterDraft.objects.create(
                code=code,
                owner=owner,
                aim=aim,
                text=text,
                begun_at=at,
                begun_by=account,
                saved_at=at,
                saved_by=account,
            )
    except IntegrityError as problem:
        raise CodeTaken(register=code) from problem
    note(register=code, draft=row.pk)
    return Saved(draft=row.pk, version=row.version)


def _faults(code: str, title: Text, summary: Text) -> Iterator[FieldProblem]:
    if not _CODE.fullmatch(code) or code.endswith("_history"):
        yield FieldProblem("code", _WRONG_CODE)
    yield from faults_of_pair("title", title)
    yield from faults_of_pair("summary", summary)
