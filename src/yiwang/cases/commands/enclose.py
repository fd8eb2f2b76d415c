"""Put a file to a case: what goes out with its decision, or what came in from somebody asked."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from yiwang.cases.contracts.enclosures import RemovalProof
from yiwang.cases.contracts.words import EnclosureKind
from yiwang.cases.models import Enclosure
from yiwang.cases.rows.admission import case_for_officer
from yiwang.cases.rows.enclosures import may_change
from yiwang.cases.rows.work import Work
from yiwang.platform import files
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.enclosure.add")
def enclose(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    kind: EnclosureKind,
    name: str,
    media_type: str,
    content: bytes,
    proof: RemovalProof | None = None,
) -> int:
    """Keep the file with the case; gives the id of the enclosure. ``content`` was checked by the caller.

    Raises:
        CaseNotFound, OperationNotAllowed, CaseEnded: not for this actor, or it is over.
        NothingEnclosedNow: not at the present step.
        ValueError: the proof is of another file.
        StorageFull: the disk has no room.
    """
    work = Work(actor, at)
    live = case_for_officer(work, case_id, None)
    may_change(work, live, kind)
    # Under an owner of its own: an applicant fetches what is kept under the case before it is decided.
    kept = files.keep(content, name=name, media_type=media_type, owner=f"enclosure:{live.root.id}", at=at)
    if proof is not None and proof.sha256 != kept.sha256:
        raise ValueError("the proof is of another file")
    row = Enclosure.objects.create(
        case_id=live.root.id,
        kind=kind,
        name=kept.name,
        file_id=kept.pk,
        sha256=kept.sha256,
        proof=asdict(proof) if proof is not None else None,
        organisation=actor.organisation,
        by=actor.account_id or 0,
        by_name=actor.name,
        at=at,
    )
    work.log(live, "enclosed", kind=kind, sha256=kept.sha256, proven=proof is not None)
    work.write()
    return row.pk
