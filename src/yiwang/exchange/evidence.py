"""Trace lines stand in the city's ledger: a leaf in the same transaction as the look."""

from __future__ import annotations

from datetime import UTC

from yiwang.exchange.models import TraceLine
from yiwang.platform.contracts import Json

#: Kind of the leaves, and what the subject of a leaf begins with, before the number of the line.
LEAF_KIND = "exchange.looked"
LEAF_SUBJECT = "trace:"


def evidence_of(line: TraceLine) -> dict[str, Json]:
    """A trace line as the ledger commits to it: blind subject, no value that was seen.

    It is made again from the stored line when evidence is handed out, years later too. So the instant is
    in UTC, as it is stored, and what is empty is left out: a column that comes later changes no old line.
    """
    content: dict[str, Json] = {
        "trace": line.pk,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "organisation": line.organisation,
        "account": line.account_id,
        "system": line.system,
        "kind": line.kind,
        "subject": line.subject,
        "resource": line.resource,
        "fields": list(line.fields),
        "purpose": line.purpose,
        "reference": line.reference,
        "grant": line.grant_id,
        "size": line.size,
        "valid_on": line.valid_on.isoformat() if line.valid_on else "",
    }
    return {name: value for name, value in content.items() if value not in (None, "")}
