"""Send the notice of a meeting to departments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.meetings.contracts import EditionKind
from yiwang.portal.meetings.models import Meeting
from yiwang.portal.meetings.rules.notices import NoticeWords, faults_of_words
from yiwang.portal.meetings.sending import attach, faults_of_invited, invite, write_edition
from yiwang.portal.talking.rules.wording import raise_all


@command(operation="meetings.notice.issue")
def issue_meeting(
    *,
    actor: Actor,
    at: datetime,
    words: NoticeWords,
    invited: Sequence[str],
    files: Sequence[UploadedFile[bytes]] = (),
) -> int:
    """Send it at once; gives the meeting's id.

    Raises:
        InvalidInput: every problem is listed.
        UploadRefused, StorageFull: an attachment cannot be kept; nothing is sent.
    """
    permit(Scope(organisations=(actor.organisation,)), subject="meeting:new")
    raise_all([*faults_of_words(words, at=at), *faults_of_invited(invited, files, issuer=actor.organisation)])
    row = Meeting.objects.create(issuer=actor.organisation, made_at=at)
    write_edition(row, words, EditionKind.ISSUE, actor=actor, at=at)
    invite(row, invited)
    attach(row, files, at=at)
    emit("meetings.notice_sent", f"meeting:{row.pk}", edition=1)
    return row.pk
