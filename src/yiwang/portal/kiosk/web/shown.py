"""A notice of a community as pages show it."""

from __future__ import annotations

from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.portal.kiosk.contracts import HOURS_TEXTS, WAGE_PER_TEXTS, Job, LocalNoticeView

_AGREED = Text("工资面议", "Wage by agreement")
_BETWEEN = Text("{per}{low}—{high}元", "{low}–{high} yuan {per}")
_FROM = Text("{per}{low}元起", "from {low} yuan {per}")
_UP_TO = Text("{per}最高{high}元", "up to {high} yuan {per}")


def shown_local(view: LocalNoticeView) -> dict[str, object]:
    """The notice with the name of who posted it and, of a job, its wage and hours in words."""
    name = organisation_names({view.organisation})[view.organisation]
    job = view.job
    return {
        "notice": view,
        "organisation": name,
        "wage": wage_words(job) if job is not None else None,
        "hours": HOURS_TEXTS[job.hours] if job is not None else None,
    }


def wage_words(job: Job) -> Text:
    """What a job pays."""
    if job.wage_from is None and job.wage_to is None:
        return _AGREED
    per = WAGE_PER_TEXTS[job.wage_per]
    low, high = job.wage_from, job.wage_to
    pattern = _UP_TO if low is None else _FROM if high is None else _BETWEEN
    return Text(
        pattern.zh.format(per=per.zh, low=low, high=high), pattern.en.format(per=per.en, low=low, high=high)
    )
