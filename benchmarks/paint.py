"""When a page stands before a reader on a slow line: a browser told to wait as a telephone abroad would.

The line is that of Lighthouse's telephone: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up, and a
processor slowed to a quarter. Nothing is kept from an earlier visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser
from tests.live.browser import a_browser

_SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
_SLOWER_BY = 4
_ROUNDS = 5
_SEEN = """() => new Promise(done => { const seen = {paint: 0, shift: 0};
  new PerformanceObserver(list => { for (const one of list.getEntries()) seen.paint = one.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver(list => { for (const one of list.getEntries()) seen.shift += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done({...seen, bytes: [...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource")].filter(one => one.initiatorType !== "img")
    .reduce((sum, one) => sum + one.encodedBodySize, 0)}), 300); })"""


@dataclass(frozen=True)
class Painted:
    """Milliseconds until the largest part stood, how far things moved (CLS), bytes without pictures."""

    milliseconds: float
    shift: float
    weight: int


def painted(address: str, paths: Sequence[str], *, width: int) -> dict[str, Painted]:
    """The middle of some visits to each page, each with nothing kept."""
    with a_browser() as browser:
        found = {path: sorted(_visits(browser, address + path, width), key=_slowness) for path in paths}
    return {path: visits[len(visits) // 2] for path, visits in found.items()}


def _visits(browser: Browser, url: str, width: int) -> list[Painted]:
    seen: list[Painted] = []
    for _ in range(_ROUNDS):
        context = browser.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", _SLOW)
        line.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER_BY})
        page.goto(url, wait_until="load")
        told = page.evaluate(_SEEN)
        seen.append(Painted(told["paint"], told["shift"], told["bytes"]))
        context.close()
    return seen


def _slowness(visit: Painted) -> float:
    return visit.milliseconds
