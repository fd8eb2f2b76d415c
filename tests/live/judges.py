"""Judges of pages that we did not write: axe-core, HTML CodeSniffer (pa11y's engine), the Nu checker."""

from __future__ import annotations

import atexit
import subprocess
import time

import httpx
from playwright.sync_api import Page

from yiwang.cli.commands.up import free_port
from yiwang.platform.environment import ROOT

_MODULES = ROOT / "node_modules"
_AXE = (_MODULES / "axe-core/axe.min.js").read_text() + "; 0"
_SNIFFER = (_MODULES / "@pa11y/html_codesniffer/build/HTMLCS.js").read_text() + "; 0"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN_AXE = """async rules => (
        await axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false})
    ).violations.map(fault => [fault.id, fault.nodes[0].html.slice(0, 300)])"""
#: Only errors; warnings and notices ask a person to look.
_RUN_SNIFFER = """() => new Promise((resolve, reject) => HTMLCS.process('WCAG2AA', document, () => resolve(
        HTMLCS.getMessages().filter(found => found.type === HTMLCS.ERROR).map(
            found => [found.code, found.element.outerHTML ? found.element.outerHTML.slice(0, 300) : '']
        )), reject))"""
#: Where script is off no timer ever fires, and judges, who wait by timers, would never answer.
_TIMERS_AT_ONCE = "globalThis.setTimeout = wake => { Promise.resolve().then(wake); return 0; }; 0"
_NU = "nu.validator.servlet.Main"
_NU_SECONDS = 180


def judge_shown(page: Page, *, script: bool) -> list[object]:
    """Faults of what the window shows; run by the browser's console, which no policy of a page can stop."""
    page.evaluate(_AXE)
    page.evaluate(_SNIFFER)
    if not script:
        page.evaluate(_TIMERS_AT_ONCE)
    faults: list[object] = page.evaluate(_RUN_AXE, _RULES)
    return faults + page.evaluate(_RUN_SNIFFER)


class NuChecker:
    """The checker as a service of this run: starting Java takes a second, a page a tenth of one."""

    def __init__(self) -> None:
        self._address = ""

    def judge(self, html: bytes) -> list[str]:
        """Errors in the HTML as it was sent, each with its line."""
        if not self._address:
            self._address = self._start()
        answer = httpx.post(
            self._address,
            params={"out": "json", "level": "error"},
            content=html,
            headers={"Content-Type": "text/html; charset=utf-8"},
            timeout=60,
        )
        return [
            f"{found.get('lastLine', '?')}: {found['message']} {found.get('extract', '')}"
            for found in answer.raise_for_status().json()["messages"]
            if found["type"] != "info"
        ]

    def _start(self) -> str:
        port = free_port("127.0.0.1")
        words = ["java", "-Xmx256m", "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
        words += ["-cp", str(_MODULES / "vnu-jar/build/dist/vnu.jar")]
        words += ["-Dnu.validator.servlet.bind-address=127.0.0.1", _NU, str(port)]
        program = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        atexit.register(program.kill)
        address = f"http://127.0.0.1:{port}/"
        deadline = time.monotonic() + _NU_SECONDS
        while time.monotonic() < deadline:
            try:
                httpx.get(address, timeout=5)
            except httpx.TransportError:
                time.sleep(0.2)
            else:
                return address
        raise RuntimeError("the Nu checker does not answer")


NU = NuChecker()
