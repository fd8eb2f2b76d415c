"""How a sending is written, the same for the first one, a change and the cancellation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from yiwang.identity.api import find_organisation
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.files import store_upload
from yiwang.portal.meetings.contracts import EditionKind
from yiwang.portal.meetings.models import Attachment, Edition, Invitation, Meeting
from yiwang.portal.meetings.rules.notices import NoticeWords

ACCEPTED, MOST_BYTES, MOST_FILES, MOST_INVITED = (
    ("pdf", "docx", "xlsx", "ofd", "jpg", "png"),
    20_000_000,
    10,
    300,
)
_NOBODY = Text("请选择与会单位", "Choose who is invited")
_UNKNOWN = Text("没有这个单位：{code}", "There is no such organisation: {code}")
_MANY_FILES = Text("最多{most}个附件", "{most} attachments at most").fill(most=MOST_FILES)


def faults_of_invited(codes: Sequence[str], files: Sequence[object], *, issuer: str) -> list[FieldProblem]:
    """What is wrong with who is invited and how much is attached."""
    found: list[FieldProblem] = []
    if not codes or len(codes) > MOST_INVITED:
        found.append(FieldProblem("invited", _NOBODY))
    for code in codes:
        known = find_organisation(code)
        if known is None or not known.active or code == issuer:
            found.append(FieldProblem("invited", _UNKNOWN.fill(code=code[:60])))
    if len(files) > MOST_FILES:
        found.append(FieldProblem("files", _MANY_FILES))
    return found


def write_edition(
    row: Meeting, words: NoticeWords, kind: EditionKind, *, actor: Actor, at: datetime, note: str = ""
) -> None:
    """Write the sending whose number the meeting bears."""
    Edition.objects.create(
        meeting=row,
        number=row.edition,
        kind=kind,
        note=note.strip(),
        subject=words.subject.strip(),
        place=words.place.strip(),
        starts_at=words.starts_at,
        ends_at=words.ends_at,
        attendance=words.attendance.strip(),
        body=words.body.strip(),
        contact=words.contact.strip(),
        reply_until=words.reply_until,
        sent_by=actor.account_id or 0,
        sent_at=at,
    )


def invite(row: Meeting, codes: Iterable[str]) -> None:
    """Invite departments, each once."""
    Invitation.objects.bulk_create(
        (Invitation(meeting=row, organisation=code) for code in dict.fromkeys(codes)), ignore_conflicts=True
    )


def attach(row: Meeting, files: Iterable[UploadedFile[bytes]], *, at: datetime) -> None:
    """Keep attachments.

    Raises:
        UploadRefused, StorageFull: nothing is kept.
    """
    for upload in files:
        stored = store_upload(
            upload, accept=ACCEPTED, most_bytes=MOST_BYTES, owner=f"meeting:{row.pk}", at=at
        )
        Attachment.objects.create(meeting=row, stored=stored)
