"""What the watch keeps: days, findings, alerts, pages checked, tries of home pages."""

from yiwang.portal.watching.models.days import ItemDay, ProbeDay, SiteDay
from yiwang.portal.watching.models.findings import Alert, CheckedPage, Finding
from yiwang.portal.watching.models.reports import PageOut, SignedReport

__all__ = [
    "Alert",
    "CheckedPage",
    "Finding",
    "ItemDay",
    "PageOut",
    "ProbeDay",
    "SignedReport",
    "SiteDay",
]
