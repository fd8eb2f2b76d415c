"""The watch reads on from where it stopped and asks officers to explain what is out of the ordinary."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.engines.exchange.conftest import officer

from yiwang.exchange.api import decide_finding, list_findings
from yiwang.exchange.attention import ReviewRefused, Verdict
from yiwang.exchange.contracts import LookKind
from yiwang.exchange.models import Finding, OfficerHour, TraceLine, WatchMark
from yiwang.exchange.watching import watch
from yiwang.platform.contracts import OperationNotAllowed

MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 2, 15, 10, tzinfo=UTC)
LATER = datetime(2026, 3, 9, tzinfo=UTC)


def lines(
    count: int, *, at: datetime, account: int = 21, same: bool = False, reference: str = "GJ{n}"
) -> None:
    TraceLine.objects.bulk_create(
        TraceLine(
            at=at + timedelta(seconds=n),
            organisation="construction",
            account_id=account,
            kind=LookKind.REQUEST.value,
            subject="person:same" if same else f"person:{account}-{at:%d%H}-{n}",
            resource="person_for_tests",
            fields=["name"],
            purpose="case",
            reference=reference.format(n=n),
            size=1,
        )
        for n in range(count)
    )


def rules() -> list[str]:
    return sorted(Finding.objects.values_list("rule", flat=True))


def test_d26_a_quiet_morning_needs_no_explanation(db):
    lines(20, at=MORNING)

    assert watch(LATER) == 20

    assert rules() == []
    assert OfficerHour.objects.values_list("looks", "subjects").get() == (20, 20)


def test_d26_many_subjects_beside_ones_own_past_and_colleagues(db):
    for day in range(1, 4):
        lines(2, at=MORNING - timedelta(days=day + 3))
        lines(4, at=MORNING - timedelta(days=day + 3), account=22)
    lines(21, at=MORNING)

    watch(LATER)

    finding = Finding.objects.get()
    assert (finding.rule, finding.account_id, finding.since) == ("many_subjects", 21, MORNING)
    assert finding.figures == {"found": 21.0, "limit": 20.0, "own": 2.0, "peers": 4.0}
    (seen,) = list_findings(actor=officer("construction", "auditor"))
    assert seen.sentence.en == "21 different subjects in an hour; usually 2, colleagues 4, limit 20"


def test_d26_who_always_looks_much_is_not_remarked(db):
    for day in range(1, 4):
        lines(10, at=MORNING - timedelta(days=day + 3))
    lines(50, at=MORNING)

    watch(LATER)

    assert rules() == []


def test_d26_nights_the_same_subject_and_one_reference(db):
    lines(1, at=NIGHT)
    lines(10, at=MORNING, account=22, same=True)
    lines(30, at=MORNING, account=23, reference="文1")

    watch(LATER)

    assert rules() == ["many_subjects", "odd_hour", "one_reference", "same_subject"]
    assert Finding.objects.get(rule="odd_hour").figures == {"found": 1.0, "hour": 23.0}


def test_d26_days_of_rest_follow_the_national_arrangement(db):
    # Saturday 28 February 2026 was worked for the Spring Festival; Sunday 1 March was not.
    lines(1, at=datetime(2026, 2, 28, 2, 0, tzinfo=UTC))
    lines(2, at=datetime(2026, 3, 1, 2, 0, tzinfo=UTC))

    watch(LATER)

    finding = Finding.objects.get()
    assert (finding.rule, finding.figures) == ("day_of_rest", {"found": 2.0})


def test_d26_the_watch_reads_each_line_once(db, django_assert_max_num_queries):
    lines(5, at=MORNING)
    assert watch(LATER) == 5
    mark = WatchMark.objects.get().last_trace

    with django_assert_max_num_queries(6):
        assert watch(LATER) == 0

    lines(3, at=MORNING + timedelta(minutes=10), account=22)
    assert watch(LATER) == 3
    assert WatchMark.objects.get().last_trace > mark
    assert OfficerHour.objects.count() == 2


def test_lines_that_may_still_lack_a_neighbour_wait(db):
    lines(2, at=MORNING)

    assert watch(MORNING + timedelta(seconds=30)) == 0
    assert watch(MORNING + timedelta(seconds=62)) == 2


def test_own_duty_and_machines_are_not_watched(db):
    lines(2, at=NIGHT)
    TraceLine.objects.filter(pk=TraceLine.objects.earliest("pk").pk).update(kind=LookKind.OWN_DUTY.value)
    TraceLine.objects.filter(kind="request").update(account_id=None, system="checks")

    assert watch(LATER) == 2
    assert (rules(), OfficerHour.objects.count()) == ([], 0)


def test_a_finding_is_decided_once_by_somebody_else(catalogue):
    lines(1, at=NIGHT)
    watch(LATER)
    finding = Finding.objects.get().pk
    auditor = officer("construction", "auditor", account=61)
    words = {"at": LATER, "finding": finding, "verdict": Verdict.JUSTIFIED, "words": "值班"}
    with pytest.raises(OperationNotAllowed):
        decide_finding(actor=officer("construction", "approver"), **words)
    with pytest.raises(ReviewRefused):
        decide_finding(actor=officer("construction", "auditor", account=21), **words)
    with pytest.raises(ReviewRefused):
        decide_finding(actor=auditor, **{**words, "words": " "})
    assert Finding.objects.get().decided_at is None

    decide_finding(actor=auditor, **words)

    with pytest.raises(ReviewRefused):
        decide_finding(actor=auditor, **words)
    assert [f.verdict for f in list_findings(actor=auditor)] == [Verdict.JUSTIFIED]
