"""The door of the watch over the sites."""

from yiwang.portal.watching.commands.see_alerts import see_site_alerts
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

__all__ = [
    "PROBE_SITES",
    "READ",
    "SEE",
    "SIGN",
    "count_new_alerts",
    "days_known",
    "findings_of",
    "open_counts",
    "past_days",
    "probe_due",
    "see_site_alerts",
    "site_alerts",
    "site_day",
    "site_days",
    "take_day",
    "watched_site",
    "watched_sites",
]
