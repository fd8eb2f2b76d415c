"""The course of a joint case for its applicant: departments' own files are one line, not two each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from yiwang.cases.contracts import EventView, StopView
from yiwang.kernel.text import Text
from yiwang.portal.web.courses import course_of, stops_of

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NAMES = {"planning": Text("市规划局", "Planning"), "service_centre": Text("中心", "Centre")}


def event(number: int, act: str, case: str = "TZ1", organisation: str = "service_centre") -> EventView:
    return EventView(
        id=number,
        at=START + timedelta(minutes=number),
        act=act,
        sentence=Text(act, act),
        actor_kind="officer",
        actor_name="李承办",
        organisation=organisation,
        delegated_by=None,
        detail={},
        leaf=None,
        case_number=case,
    )


def test_departments_files_are_one_line():
    events = [
        event(1, "opened"),
        event(2, "accepted"),
        event(3, "opened", "TS1"),
        event(4, "accepted", "TS1"),
        event(5, "opened", "TS2"),
        event(6, "task_completed", "TS1", "planning"),
        event(7, "decided", "TS1", "planning"),
        event(8, "decided"),
    ]

    course = course_of(reversed(events), NAMES, number="TZ1")

    assert [line["title"].en for line in course] == [
        "decided",
        "task_completed",
        "Departments asked to examine side by side: 2",
        "accepted",
        "opened",
    ]
    assert course[1]["by"] == NAMES["planning"]
    assert "李承办" not in str(course)


def test_a_stop_tells_its_days():
    stop = StopView(
        ground="hearing",
        label=Text("听证", "Hearing"),
        legal_basis=Text("第四十五条", "Art. 45"),
        since=START,
        until=None,
        expected_days=20,
    )

    [shown] = stops_of([stop])

    assert shown["span"] == Text("自2026年3月2日起", "since 2 March 2026")
    assert shown["expected_days"] == 20
