"""Reads what the report needs: cases by the door of cases, the rest from two registers of the pack."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from yiwang.cases.api import cases_in_span
from yiwang.cases.contracts import ApplicantKind, SpanCase
from yiwang.identity.api import find_organisation, organisation_names
from yiwang.kernel.errors import NotFound
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.portal.disclosure.report.content import AnnualReport, Unit, YearFacts, no_facts, summed
from yiwang.portal.disclosure.report.layout import FIGURES, parts
from yiwang.portal.disclosure.rules.report_tables import (
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    RESULTS,
    Applicant,
    Challenge,
    Forum,
    RequestRecord,
    Ruling,
    Table,
    balance,
    carry_over,
    challenges_table,
    requests_table,
    rolled_up,
)
from yiwang.portal.disclosure.rules.results import ResultKind
from yiwang.registers.api import Asked, list_entries, list_reach

TYPE = "disclosure_request"
CHALLENGES, YEARS = "disclosure_challenges", "disclosure_years"
CATEGORY = "applicant_category"
ZONE = ZoneInfo("Asia/Shanghai")
_A_PAGE = 1_000
_ALL = Text("所属各机关汇总", "All agencies within reach")
_UNCLEAR = Text(
    "{count} 件申请没有可识别的办理结果，未计入第三部分各行：{numbers}。",
    "{count} requests ended without a result of the table and are in none of its rows: {numbers}.",
)
_PUBLISHED = Text(
    "上年结转 {left} 件，与上年度报告公布的结转数 {right} 件不一致。",
    "{left} are carried in, but last year's report published {right} carried out.",
)


def annual_report(*, actor: Actor, year: int, at: datetime, organisation: str = "") -> AnnualReport:
    """The report of one agency, or rolled up over all whose cases the actor sees.

    Raises:
        OperationNotAllowed: the actor sees no cases.
    """
    cases = cases_in_span(
        actor=actor,
        type_code=TYPE,
        since=_first_instant(year),
        until=_first_instant(year + 1),
        organisation=organisation,
        said=(CATEGORY,),
    )
    records = [_record(case) for case in cases]
    suits = _challenges(actor, organisation, at)
    codes = sorted(
        {each.organisation for each in records}
        | {each.organisation for each in suits}
        | ({organisation} - {""})
    )
    tables = {code: requests_table(_of(records, code), year) for code in codes}
    requests = rolled_up(tables.values(), year) if codes else requests_table((), year)
    challenges = challenges_table(suits, year)
    facts = _facts(actor, at)
    of_year = [facts.get(f"{code}-{year}", no_facts()) for code in codes]
    before = [facts.get(f"{code}-{year - 1}", no_facts()) for code in codes]
    return AnnualReport(
        year=year,
        organisation=organisation,
        name=_name(organisation),
        parts=parts(of_year[0] if organisation else summed(of_year), requests, challenges),
        faults=(*balance(requests), *carry_over(requests, requests_table(records, year - 1))),
        notes=tuple(_notes(cases, requests, summed(before).carried_out)),
        units=_units(tables),
        requests=requests,
        challenges=challenges,
    )


def _first_instant(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=ZONE)


def _record(case: SpanCase) -> RequestRecord:
    known = case.result in set(ResultKind)
    return RequestRecord(
        number=case.number,
        organisation=case.organisation,
        applicant=_applicant(case),
        received=case.received_at.astimezone(ZONE).date(),
        result=ResultKind(case.result) if known else None,
        ended=case.ended_at.astimezone(ZONE).date() if case.ended_at is not None else None,
    )


def _applicant(case: SpanCase) -> Applicant:
    if case.applicant_kind is ApplicantKind.PERSON:
        return Applicant.NATURAL_PERSON
    said = case.said.get(CATEGORY, "")
    return Applicant(said) if said in set(Applicant) else Applicant.OTHER


def _of(records: Iterable[RequestRecord], code: str) -> list[RequestRecord]:
    return [each for each in records if each.organisation == code]


def _name(organisation: str) -> Text:
    if not organisation:
        return _ALL
    found = find_organisation(organisation)
    if found is None:
        raise NotFound
    return found.name


def _units(tables: Mapping[str, Table]) -> tuple[Unit, ...]:
    names = organisation_names(set(tables))
    return tuple(
        Unit(
            code=code,
            name=names.get(code, Text(code, code)),
            received=table.count(NEW),
            carried_in=table.count(CARRIED_IN),
            ended=table.count(RESULTS),
            carried_out=table.count(CARRIED_OUT),
            balanced=not balance(table),
        )
        for code, table in sorted(tables.items())
    )


def _notes(cases: Iterable[SpanCase], requests: Table, published: int | None) -> Iterable[Text]:
    unclear = [
        case.number
        for case in cases
        if case.ended_at is not None
        and case.ended_at.astimezone(ZONE).year == requests.year
        and case.result not in set(ResultKind)
    ]
    if unclear:
        yield _UNCLEAR.fill(count=len(unclear), numbers="、".join(unclear[:20]))
    if published is not None and published != requests.count(CARRIED_IN):
        yield _PUBLISHED.fill(left=requests.count(CARRIED_IN), right=published)


def _facts(actor: Actor, at: datetime) -> dict[str, YearFacts]:
    return {
        str(values["number"]): YearFacts(
            figures={key: _figure(values.get(key)) for key in FIGURES},
            general=str(values.get("general") or ""),
            problems=str(values.get("problems") or ""),
            others=str(values.get("others") or ""),
            carried_out=carried if isinstance(carried := values.get("carried_out"), int) else None,
        )
        for values in _entries(actor, YEARS, {}, at)
    }


def _figure(value: object) -> int | str | None:
    if value is None or isinstance(value, int):
        return value
    return str(value)


def challenges_of(actor: Actor, number: str, at: datetime) -> list[Challenge]:
    """Reconsiderations and suits about the answer to one request; whether it may be read was asked before."""
    return _registered(actor, {"case_number": number}, at)


def _challenges(actor: Actor, organisation: str, at: datetime) -> list[Challenge]:
    return _registered(actor, {"agency": organisation} if organisation else {}, at)


def _registered(actor: Actor, wanted: Mapping[str, str], at: datetime) -> list[Challenge]:
    return [
        Challenge(
            number=str(values["number"]),
            organisation=str(values["agency"]),
            forum=Forum(str(values["forum"])),
            received=date.fromisoformat(str(values["received"])),
            ruling=Ruling(str(values["ruling"])) if values.get("ruling") else None,
            ended=date.fromisoformat(str(values["ended"])) if values.get("ended") else None,
        )
        for values in _entries(actor, CHALLENGES, wanted, at)
    ]


def _entries(actor: Actor, register: str, equal: Mapping[str, str], at: datetime) -> list[dict[str, object]]:
    """The values of all entries that the actor sees in a list; none where the register is not theirs."""
    if list_reach(actor, register) == "none":
        return []
    found: list[dict[str, object]] = []
    after: int | None = None
    while True:
        asked = Asked(equal=equal, after=after, limit=_A_PAGE)
        page = list_entries(actor=actor, register=register, asked=asked, at=at)
        found += [each["values"] for each in json.loads(page.body)]
        if page.after is None:
            return found
        after = page.after
