"""Clocks against a naive oracle that walks day by day, and minute by minute."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from yiwang.kernel.calendar import Beyond, CalendarOutOfRange, Hours, WorkCalendar
from yiwang.kernel.clock import (
    Budget,
    ClockState,
    Instants,
    Measure,
    Stop,
    Threshold,
    Thresholds,
    Unit,
    consumed,
    due_at,
    explain,
    instants,
    is_stopped,
    remaining,
    rests_on_assumption,
)
from yiwang.kernel.text import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = WorkCalendar()
SHORT = WorkCalendar(key="short", hours=Hours(spans=((time(9), time(9, 40)), (time(10), time(10, 20)))))
BASIS = Text("《中华人民共和国行政许可法》第四十五条", "Administrative Licensing Law, Article 45")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def stop(start: str, end: str | None) -> Stop:
    return Stop(start=at(start), end=at(end) if end else None, ground="hearing", legal_basis=BASIS)


def days(amount: int, started: str, *stops: Stop, extended_by: int = 0) -> ClockState:
    return ClockState(
        budget=Budget(amount, Unit.WORKING_DAYS),
        started_at=at(started),
        stops=stops,
        extended_by=extended_by,
    )


# ---- the oracle ------------------------------------------------------------------------------------


def covered(stops: tuple[Stop, ...], moment: datetime) -> bool:
    return any(s.start <= moment and (s.end is None or moment < s.end) for s in stops)


def naive_days(state: ClockState, calendar: WorkCalendar) -> datetime | None:
    """Count closes one day after another; a calendar-day clock rolls on to a working day."""
    working_only = state.budget.unit is Unit.WORKING_DAYS
    day = state.started_at.astimezone(SHANGHAI).date()
    counted = 0
    for _ in range(3000):
        day += timedelta(days=1)
        close = datetime.combine(day, calendar.hours.close, SHANGHAI)
        works = calendar.is_working(day)
        if (working_only and not works) or covered(state.stops, close):
            continue
        counted += 1
        if counted >= state.total and works:
            return close
    return None


def naive_minutes(state: ClockState, calendar: WorkCalendar) -> datetime | None:
    """Look at every minute; stops and starts of these cases lie on whole minutes."""
    moment = state.started_at
    counted = 0
    for _ in range(60 * 24 * 40):
        local = moment.astimezone(SHANGHAI)
        open_now = any(a <= local.time() < b for a, b in calendar.hours.spans)
        if open_now and calendar.is_working(local.date()) and not covered(state.stops, moment):
            counted += 1
            if counted == state.total:
                return moment + timedelta(minutes=1)
        moment += timedelta(minutes=1)
    return None


BEGIN = at("2026-01-20T00:00")
moments = st.integers(0, 60 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
close_moments = st.integers(0, 60).map(lambda d: BEGIN + timedelta(days=d, hours=17))


@st.composite
def clock_states(draw: st.DrawFn, unit: Unit, most: int, *, open_stops: bool = True) -> ClockState:
    stops = []
    for _ in range(draw(st.integers(0, 4))):
        start, end = sorted([draw(moments | close_moments), draw(moments | close_moments)])
        is_open = open_stops and draw(st.integers(0, 9)) == 0
        stops.append(Stop(start=start, end=None if is_open else end, ground="x", legal_basis=BASIS))
    return ClockState(
        budget=Budget(draw(st.integers(1, most)), unit),
        started_at=draw(moments | close_moments),
        stops=tuple(stops),
        extended_by=draw(st.integers(0, 5)),
    )


@settings(max_examples=400)
@given(clock_states(Unit.WORKING_DAYS, 40))
def test_working_days_agree_with_the_oracle(state: ClockState) -> None:
    assert due_at(state, CHINA) == naive_days(state, CHINA)


@settings(max_examples=400)
@given(clock_states(Unit.CALENDAR_DAYS, 60))
def test_calendar_days_agree_with_the_oracle(state: ClockState) -> None:
    assert due_at(state, CHINA) == naive_days(state, CHINA)


@settings(max_examples=25, deadline=None)
@given(clock_states(Unit.WORKING_MINUTES, 400, open_stops=False))
def test_working_minutes_agree_with_the_oracle(state: ClockState) -> None:
    expected = naive_minutes(state, SHORT)
    assume(expected is not None)
    assert due_at(state, SHORT) == expected


all_states = (
    clock_states(Unit.WORKING_DAYS, 40)
    | clock_states(Unit.CALENDAR_DAYS, 60)
    | clock_states(Unit.WORKING_MINUTES, 4000)
)


@settings(max_examples=300)
@given(all_states)
def test_the_due_instant_is_the_first_at_which_all_is_consumed(state: ClockState) -> None:
    due = due_at(state, CHINA)
    assume(due is not None)
    assert due is not None
    assert consumed(state, CHINA, due) == state.total
    assert remaining(state, CHINA, due) == 0
    assert remaining(state, CHINA, due - timedelta(microseconds=1)) >= (
        0 if state.budget.unit is Unit.CALENDAR_DAYS else 1
    )
    assert not covered(state.stops, due) or state.budget.unit is Unit.WORKING_MINUTES


@settings(max_examples=300)
@given(all_states, moments, moments)
def test_consumption_never_falls_and_stands_while_stopped(
    state: ClockState, one: datetime, two: datetime
) -> None:
    early, late = sorted([one, two])
    assert consumed(state, CHINA, early) <= consumed(state, CHINA, late)
    held = ClockState(
        budget=state.budget,
        started_at=state.started_at,
        stops=(*state.stops, Stop(start=early, end=None, ground="x", legal_basis=BASIS)),
        extended_by=state.extended_by,
    )
    assert consumed(held, CHINA, late) == consumed(held, CHINA, early)


@settings(max_examples=200)
@given(all_states, moments)
@example(days(5, "2026-02-02T10:00"), at("2026-02-04T17:00"))
def test_cutting_a_stop_in_two_changes_nothing(state: ClockState, cut: datetime) -> None:
    pieces: list[Stop] = []
    for s in state.stops:
        if s.end is not None and s.start < cut < s.end:
            pieces += [
                Stop(start=s.start, end=cut, ground="x", legal_basis=BASIS),
                Stop(start=cut, end=s.end, ground="x", legal_basis=BASIS),
            ]
        else:
            pieces.append(s)
    again = ClockState(
        budget=state.budget,
        started_at=state.started_at,
        stops=tuple(reversed(pieces)),
        extended_by=state.extended_by,
    )
    assert instants(again, CHINA) == instants(state, CHINA)


@settings(max_examples=200)
@given(all_states, moments)
def test_the_explanation_adds_up(state: ClockState, now: datetime) -> None:
    lines = explain(state, CHINA, now)
    due = due_at(state, CHINA)
    running = 0
    for line in lines:
        running += line.counted
        assert line.total == running
    assert [line.date for line in lines if line.due] == ([due.date()] if due else [])
    assert lines[-1].date >= now.astimezone(SHANGHAI).date()
    assert [line.date for line in lines] == [lines[0].date + timedelta(days=i) for i in range(len(lines))]


# ---- the law, by example ---------------------------------------------------------------------------


def test_the_day_of_receipt_is_not_counted() -> None:
    assert due_at(days(1, "2026-11-02T09:00"), CHINA) == at("2026-11-03T17:00")
    assert due_at(days(1, "2026-11-01T09:00"), CHINA) == at("2026-11-02T17:00")  # a Sunday, online
    assert due_at(days(1, "2026-11-02T23:59"), CHINA) == at("2026-11-03T17:00")


def test_twenty_working_days_over_the_national_day() -> None:
    # Art. 42: 20 days; 20 September and 10 October are worked, 25-27 September and 1-7 October are free.
    assert due_at(days(20, "2026-09-18T10:00"), CHINA) == at("2026-10-22T17:00")
    assert due_at(days(20, "2026-09-18T10:00", extended_by=10), CHINA) == at("2026-11-05T17:00")


def test_a_stop_of_n_days_costs_n_days() -> None:
    free = due_at(days(10, "2026-11-02T10:00"), CHINA)
    held = due_at(days(10, "2026-11-02T10:00", stop("2026-11-05T11:00", "2026-11-10T15:00")), CHINA)
    assert (free, held) == (at("2026-11-16T17:00"), at("2026-11-19T17:00"))  # 5, 6 and 9 are lost


@pytest.mark.parametrize(
    ("start", "end", "due"),
    [
        ("2026-11-05T09:00", "2026-11-05T16:59", "2026-11-10T17:00"),  # between two closes: costs nothing
        ("2026-11-05T09:00", "2026-11-05T17:00", "2026-11-10T17:00"),  # runs again at the close
        ("2026-11-05T17:00", "2026-11-05T17:01", "2026-11-11T17:00"),  # stands at the close
        ("2026-11-05T17:01", "2026-11-06T08:00", "2026-11-10T17:00"),  # a night
        ("2026-11-06T18:00", "2026-11-09T08:00", "2026-11-10T17:00"),  # a weekend
        ("2026-11-10T10:00", "2026-11-10T18:00", "2026-11-11T17:00"),  # over the last close
        ("2026-11-01T10:00", "2026-11-04T10:00", "2026-11-11T17:00"),  # begun before the clock
    ],
)
def test_a_stop_within_a_day(start: str, end: str, due: str) -> None:
    assert due_at(days(6, "2026-11-02T10:00", stop(start, end)), CHINA) == at(due)


def test_while_stopped_there_is_no_due_instant_but_the_past_stays() -> None:
    held = days(5, "2026-11-02T10:00", stop("2026-11-09T10:00", None))
    assert due_at(held, CHINA) is None
    assert is_stopped(held, at("2026-11-09T10:00"))
    assert not is_stopped(held, at("2026-11-09T09:59"))
    assert instants(held, CHINA) == Instants(
        due_at=None, warn_at=at("2026-11-06T17:00"), yellow_at=at("2026-11-06T17:00"), red_at=None
    )
    assert consumed(held, CHINA, at("2026-12-09T10:00")) == 4
    late = days(5, "2026-11-02T10:00", stop("2026-11-20T10:00", None))
    assert due_at(late, CHINA) == at("2026-11-09T17:00")
    assert remaining(late, CHINA, at("2026-12-31T00:00")) == -8


def test_the_default_ladder() -> None:
    assert instants(days(20, "2026-11-02T10:00"), CHINA) == Instants(
        due_at=at("2026-11-30T17:00"),
        warn_at=at("2026-11-24T17:00"),
        yellow_at=at("2026-11-27T17:00"),
        red_at=at("2026-11-30T17:00"),
    )


def test_a_declared_ladder() -> None:
    ladder = Thresholds(
        warn=Threshold(Measure.LEFT, 5), yellow=Threshold(Measure.OVER, 0), red=Threshold(Measure.OVER, 3)
    )
    shown = instants(days(10, "2026-11-02T10:00"), CHINA, ladder)
    assert shown == Instants(
        due_at=at("2026-11-16T17:00"),
        warn_at=at("2026-11-09T17:00"),
        yellow_at=at("2026-11-16T17:00"),
        red_at=at("2026-11-19T17:00"),
    )


def test_a_one_day_clock_is_yellow_from_the_afternoon_of_its_day() -> None:
    shown = instants(days(1, "2026-11-02T10:00"), CHINA)
    assert (shown.yellow_at, shown.warn_at) == (at("2026-11-03T13:30"), at("2026-11-03T17:00"))


def test_a_clock_without_a_day_to_spare_is_never_yellow_before_it_starts() -> None:
    shown = instants(days(1, "2026-11-06T20:00"), CHINA)
    assert (shown.yellow_at, shown.due_at) == (at("2026-11-09T13:30"), at("2026-11-09T17:00"))


def test_working_minutes() -> None:
    state = ClockState(budget=Budget(120, Unit.WORKING_MINUTES), started_at=at("2026-11-06T16:00:30"))
    assert due_at(state, CHINA) == at("2026-11-09T10:00:30")  # Friday one hour less 30 s, then Monday
    assert consumed(state, CHINA, at("2026-11-06T16:30")) == 29
    assert remaining(state, CHINA, at("2026-11-06T16:30")) == 91
    assert due_at(
        ClockState(budget=Budget(180, Unit.WORKING_MINUTES), started_at=at("2026-11-09T09:00")), CHINA
    ) == at("2026-11-09T12:00")


def test_calendar_days_roll_past_the_holiday() -> None:
    state = ClockState(budget=Budget(13, Unit.CALENDAR_DAYS), started_at=at("2026-09-18T10:00"))
    assert due_at(state, CHINA) == at("2026-10-08T17:00")  # 1 October is free; Civil Code Art. 203
    assert remaining(state, CHINA, at("2026-10-06T00:00")) == 0
    assert remaining(state, CHINA, at("2026-10-09T18:00")) == -1


def test_a_due_date_of_an_unpublished_year_is_marked() -> None:
    assert rests_on_assumption(days(20, "2026-12-15T10:00"), CHINA)
    assert not rests_on_assumption(days(5, "2026-12-15T10:00"), CHINA)
    with pytest.raises(CalendarOutOfRange):
        due_at(days(20, "2026-12-15T10:00"), WorkCalendar(beyond=Beyond.REFUSE))


def test_what_makes_no_clock() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Budget(0, Unit.WORKING_DAYS)
    with pytest.raises(ValueError, match="before it begins"):
        stop("2026-11-05T10:00", "2026-11-05T09:59")
    with pytest.raises(ValueError, match="zone"):
        ClockState(budget=Budget(1, Unit.WORKING_DAYS), started_at=datetime(2026, 1, 5))
    with pytest.raises(ValueError, match="shorten"):
        days(5, "2026-11-02T10:00", extended_by=-1)


def test_golden_national_day_2026_with_a_hearing() -> None:
    hearing = Stop(
        start=at("2026-09-22T10:00"),
        end=at("2026-09-28T10:00"),
        ground="hearing",
        legal_basis=BASIS,
        label=Text("听证", "Hearing"),
    )
    lines = explain(days(8, "2026-09-18T10:00", hearing), CHINA, at("2026-09-30T12:00"))
    shown = [
        f"{x.date:%m-%d} {x.kind} +{x.counted}={x.total}{' ahead' * x.ahead}{' due' * x.due}" for x in lines
    ]
    assert shown == [
        "09-18 start_day +0=0",
        "09-19 weekend +0=0",
        "09-20 make_up_workday +1=1",
        "09-21 counted +1=2",
        "09-22 stopped +0=2",
        "09-23 stopped +0=2",
        "09-24 stopped +0=2",
        "09-25 holiday +0=2",
        "09-26 holiday +0=2",
        "09-27 holiday +0=2",
        "09-28 counted +1=3",
        "09-29 counted +1=4",
        "09-30 counted +1=5 ahead",
        *[f"10-0{day} holiday +0=5 ahead" for day in range(1, 8)],
        "10-08 counted +1=6 ahead",
        "10-09 counted +1=7 ahead",
        "10-10 make_up_workday +1=8 ahead due",
    ]
    notes = {line.date: line.note for line in lines}
    assert notes[date(2026, 9, 18)].en == "Not counted: the period begins the next day"
    assert notes[date(2026, 9, 22)] == Text(
        "听证期间不计入（《中华人民共和国行政许可法》第四十五条）",
        "Hearing: not counted (Administrative Licensing Law, Article 45)",
    )
    assert notes[date(2026, 10, 1)] == Text("国庆节放假，不计入", "National Day holiday, not counted")
    assert notes[date(2026, 10, 10)] == Text(
        "国庆节调休上班，计入第8个工作日；期限于17:00届满",
        "Make-up workday for National Day. Counted as working day 8; the period ends at 17:00",
    )


def test_golden_spring_festival_2026() -> None:
    lines = explain(days(6, "2026-02-12T15:00"), CHINA, at("2026-03-03T09:00"))
    shown = [f"{x.date:%m-%d} {x.kind} +{x.counted}={x.total}{' due' * x.due}" for x in lines]
    assert shown == [
        "02-12 start_day +0=0",
        "02-13 counted +1=1",
        "02-14 make_up_workday +1=2",
        *[f"02-{day} holiday +0=2" for day in range(15, 24)],
        "02-24 counted +1=3",
        "02-25 counted +1=4",
        "02-26 counted +1=5",
        "02-27 counted +1=6 due",
        "02-28 overdue +1=7",
        "03-01 weekend +0=7",
        "03-02 overdue +1=8",
        "03-03 overdue +1=9",
    ]
    assert lines[-4].note == Text("已超期1个工作日", "Working days overdue: 1")


def test_golden_new_year_is_marked_as_assumed() -> None:
    lines = explain(days(2, "2026-12-31T15:00"), CHINA, at("2026-12-31T16:00"))
    assert [(x.date.isoformat(), x.kind.value, x.total, x.assumed) for x in lines] == [
        ("2026-12-31", "start_day", 0, False),
        ("2027-01-01", "counted", 1, True),
        ("2027-01-02", "weekend", 1, True),
        ("2027-01-03", "weekend", 1, True),
        ("2027-01-04", "counted", 2, True),
    ]
    assert lines[1].note.zh == "计入第1个工作日（该年节假日安排尚未公布，暂按周一至周五推算）"
