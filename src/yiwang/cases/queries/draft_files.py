"""Files of a draft, to the account that fills it in; and the names of files that a reader may see anyway."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yiwang.cases.contracts.errors import ThingNotFound
from yiwang.cases.models import Draft
from yiwang.cases.queries.personal import DRAFT
from yiwang.cases.queries.rights import own_case
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.models import StoredFile

_FILE = Text("文件", "the file")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileName:
    """What the sender called a stored file, and its size in bytes."""

    id: int
    name: str
    size: int


def draft_owner(draft_id: int) -> str:
    """The owner that files of a draft are stored under."""
    return f"draft:{draft_id}"


def draft_file(*, actor: Actor, draft_id: int, file_id: int) -> StoredFile:
    """A file that was uploaded into an own draft.

    Raises:
        ThingNotFound: no such draft of this account, or the file belongs to another.
    """
    if not Draft.objects.filter(pk=draft_id, account_id=actor.account_id or 0).exists():
        raise ThingNotFound(thing=DRAFT)
    found = StoredFile.objects.filter(pk=file_id, owner=draft_owner(draft_id)).first()
    if found is None:
        raise ThingNotFound(thing=_FILE)
    return found


def waiting_file(*, actor: Actor, case_id: int, file_id: int) -> StoredFile:
    """A file that the applicant uploaded for an own case, sent already or not.

    Raises:
        CaseNotFound, ThingNotFound: not there, or not for this reader.
    """
    own_case(actor, case_id)
    found = StoredFile.objects.filter(pk=file_id, owner=f"case:{case_id}").first()
    if found is None:
        raise ThingNotFound(thing=_FILE)
    return found


def file_names(ids: Iterable[int]) -> dict[int, FileName]:
    """Names and sizes by id, in one statement; the caller has seen to it that the reader may know them."""
    rows = StoredFile.objects.filter(pk__in=set(ids)).values_list("pk", "name", "size")
    return {pk: FileName(id=pk, name=name, size=size) for pk, name, size in rows}
