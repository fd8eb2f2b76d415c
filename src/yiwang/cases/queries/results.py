"""What is published: decisions as they are made, and licences that anyone may check."""

from __future__ import annotations

from datetime import date, datetime

from yiwang.cases.contracts.errors import LicenceNotFound
from yiwang.cases.contracts.lists import LicenceCheck, PublicResult, Slice
from yiwang.cases.contracts.words import ApplicantKind, LicenceState
from yiwang.cases.models import Case, Decision, Licence
from yiwang.cases.queries.calendars import city_calendar
from yiwang.cases.queries.pages import cut
from yiwang.cases.queries.types import applied_types, type_version
from yiwang.kernel.calendar import WorkCalendar
from yiwang.kernel.text import text_from
from yiwang.platform.models import StoredFile


def recent_results(
    *, type_code: str = "", organisation: str = "", after: str | None = None, most: int = 20
) -> Slice[PublicResult]:
    """Decisions of items whose results are published, latest first; people's names are masked."""
    published = [kind.code for kind in applied_types() if kind.definition.publish_result]
    rows = Decision.objects.filter(case__type_code__in=published, case__parent__isnull=True)
    if type_code:
        rows = rows.filter(case__type_code=type_code)
    if organisation:
        rows = rows.filter(organisation=organisation)
    calendar = city_calendar()
    return cut(
        rows.select_related("case"),
        key="at",
        descending=True,
        after=after,
        most=most,
        shape=lambda decision: _result(decision, calendar),
    )


def check_licence(*, verification_code: str) -> LicenceCheck:
    """Give what the code on a licence shows to anyone.

    Raises:
        LicenceNotFound: no licence bears this code.
    """
    row = Licence.objects.filter(verification_code=verification_code.strip().upper()).first()
    if row is None:
        raise LicenceNotFound
    return LicenceCheck(
        number=row.number,
        title=text_from(row.title),
        holder=shown_name(row.holder_kind, row.holder_name),
        organisation=row.organisation,
        state=LicenceState(row.state),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        issued_at=row.issued_at,
        file_id=row.file_id,
    )


def shown_name(kind: str, name: str) -> str:
    """A person's name with all but the family name masked; names of firms are public."""
    if kind != ApplicantKind.PERSON or not name:
        return name
    return name[0] + "*" * max(len(name) - 1, 1)


def _result(decision: Decision, calendar: WorkCalendar) -> PublicResult:
    row = decision.case
    return PublicResult(
        number=row.number,
        type_code=row.type_code,
        type_title=type_version(row.type_version_id).title,
        applicant=shown_name(row.applicant_kind, row.applicant_name),
        organisation=decision.organisation,
        outcome=decision.outcome,
        decided_at=decision.at,
        working_days=_working_days(row, decision.at, calendar),
    )


def _working_days(row: Case, until: datetime, calendar: WorkCalendar) -> int | None:
    """Working days from the day after acceptance to the decision; 0 is the same day."""
    if row.accepted_at is None:
        return None
    first, last = (calendar.local(moment).date() for moment in (row.accepted_at, until))
    return _before(calendar, last) - _before(calendar, first)


def _before(calendar: WorkCalendar, day: date) -> int:
    return calendar.working_days_before(day.toordinal() + 1)


def licence_file(*, verification_code: str) -> StoredFile:
    """Give the sealed document of a licence to whoever holds its code.

    Raises:
        LicenceNotFound: no licence bears the code, or its document is still being made.
    """
    code = verification_code.strip().upper()
    file_id = Licence.objects.filter(verification_code=code).values_list("file_id", flat=True).first()
    found = StoredFile.objects.filter(pk=file_id or 0).first()
    if found is None:
        raise LicenceNotFound
    return found
