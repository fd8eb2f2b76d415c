"""The figures of the front page promise nothing that no case has shown."""

from __future__ import annotations

from yiwang.cases.contracts.open_figures import WorkFigures
from yiwang.portal.rules.figures import front_figures, rate, share_note


def work(**changes: object) -> WorkFigures:
    figures: dict[str, object] = {
        "received": 0,
        "received_online": 0,
        "decided": 0,
        "decided_at_once": 0,
        "timed": 0,
        "on_time": 0,
        "days_used": None,
        "days_by_law": None,
    }
    return WorkFigures(**(figures | changes))


def shown(figures: list[dict[str, object]]) -> list[tuple[str, object]]:
    return [(figure["label"].en, figure["value"]) for figure in figures]


def test_a_quiet_city_shows_no_rate_and_no_average():
    assert shown(front_figures(work(), work(received=3), items=58)) == [
        ("Received today", 0),
        ("Decided today", 0),
        ("Services listed", 58),
        ("Received this month", 3),
    ]


def test_a_busy_city_shows_four_figures():
    today = work(received=10, received_online=7, decided=4, decided_at_once=1)
    month = work(timed=300, on_time=299, days_used=6.42, days_by_law=19.7)

    figures = front_figures(today, month, items=58)

    assert shown(figures) == [
        ("Received today", 10),
        ("Decided today", 4),
        ("Decided within the promise", "99.7"),
        ("Average time", "6.4"),
    ]
    assert figures[0]["note"].zh == "网上占70%"
    assert figures[1]["note"].en == "1 of them on the spot"


def test_rates_of_nothing():
    assert share_note(0, 0) is None
    assert rate(0, 0) == 100.0
    assert rate(1, 3) == 100 / 3
