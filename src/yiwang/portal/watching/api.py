"""The door of the watch over the sites."""

from yiwang.portal.watching.commands.see_alerts import see_site_alerts
from yiwang.portal.watching.commands.sign_report import sign_report
from yiwang.portal.watching.commands.take_day import take_day
from yiwang.portal.watching.loops import PROBE_SITES, probe_due
from yiwang.portal.watching.operations import READ, SEE, SIGN
from yiwang.portal.watching.queries.standing import (
    count_new_alerts,
    days_known,
    findings_of,
    open_counts,
    past_days,
    site_alerts,
    site_day,
    site_days,
    watched_site,
    watched_sites,
)
from yiwang.portal.watching.queries.yearly import get_signed, known_of, signed_report

__all__ = [
    "PROBE_SITES",
    "READ",
    "SEE",
    "SIGN",
    "count_new_alerts",
    "days_known",
    "findings_of",
    "get_signed",
    "known_of",
    "open_counts",
    "past_days",
    "probe_due",
    "see_site_alerts",
    "sign_report",
    "signed_report",
    "site_alerts",
    "site_day",
    "site_days",
    "take_day",
    "watched_site",
    "watched_sites",
]
