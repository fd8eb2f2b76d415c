"""Change a meeting: the notice goes out again and is received and answered anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.meetings.contracts import EditionKind, MeetingCancelled, MeetingOver, NothingChanged
from yiwang.portal.meetings.queries.meetings import last_edition, locked_meeting, words_of
from yiwang.portal.meetings.rules.notices import MOST_REASON, NoticeWords, faults_of_words
from yiwang.portal.meetings.sending import attach, faults_of_invited, invite, write_edition
from yiwang.portal.talking.rules.wording import judged_text, raise_all


@command(operation="meetings.notice.issue")
def change_meeting(
    *,
    actor: Actor,
    at: datetime,
    meeting: int,
    words: NoticeWords,
    note: str,
    also: Sequence[str] = (),
    files: Sequence[UploadedFile[bytes]] = (),
) -> int:
    """Send it again with a note on what changed; ``also`` are departments that join. Gives the edition.

    Raises:
        MeetingNotFound, MeetingCancelled, MeetingOver, NothingChanged.
        InvalidInput: every problem is listed.
        UploadRefused, StorageFull: nothing is sent.
    """
    row = locked_meeting(meeting)
    permit(Scope(organisations=(row.issuer,)), subject=f"meeting:{meeting}")
    if row.cancelled_at is not None:
        raise MeetingCancelled
    last = last_edition(row)
    if last.starts_at <= at:
        raise MeetingOver
    joining = [code for code in also if not row.invitations.filter(organisation=code).exists()]
    raise_all(
        [
            *faults_of_words(words, at=at),
            *judged_text("note", note, MOST_REASON),
            *(faults_of_invited(joining, files, issuer=row.issuer) if joining else []),
        ]
    )
    if words == words_of(last) and not joining and not files:
        raise NothingChanged
    row.edition += 1
    row.save(update_fields=["edition"])
    write_edition(row, words, EditionKind.CHANGE, actor=actor, at=at, note=note)
    invite(row, joining)
    attach(row, files, at=at)
    emit("meetings.notice_sent", f"meeting:{meeting}", edition=row.edition)
    return row.edition


@command(operation="meetings.notice.issue")
def cancel_meeting(*, actor: Actor, at: datetime, meeting: int, reason: str) -> None:
    """Say that it does not take place; this is sent and received like a change.

    Raises:
        MeetingNotFound, MeetingCancelled, MeetingOver.
        InvalidInput: no reason, or too long.
    """
    row = locked_meeting(meeting)
    permit(Scope(organisations=(row.issuer,)), subject=f"meeting:{meeting}")
    if row.cancelled_at is not None:
        raise MeetingCancelled
    last = last_edition(row)
    if last.starts_at <= at:
        raise MeetingOver
    raise_all(judged_text("reason", reason, MOST_REASON))
    row.edition, row.cancelled_at = row.edition + 1, at
    row.save(update_fields=["edition", "cancelled_at"])
    write_edition(row, words_of(last), EditionKind.CANCEL, actor=actor, at=at, note=reason)
    emit("meetings.notice_sent", f"meeting:{meeting}", edition=row.edition)
