"""Storage of the kiosks."""

from yiwang.portal.kiosk.models.notices import LocalNotice
from yiwang.portal.kiosk.models.terminals import Terminal

__all__ = ["LocalNotice", "Terminal"]
