"""What officers do on the desk, in the words of its pages."""

from __future__ import annotations

from collections.abc import Mapping

from tests.live.fill import fill
from tests.live.visit import Visit


def open_case(officer: Visit, number: str) -> None:
    """By its line in the inbox."""
    officer.go("/desk/")
    officer.look("desk-inbox-full")
    officer.page.locator(f"main a:has-text('{number}')").first.click()
    officer.page.wait_for_load_state()
    officer.look("desk-case")


def complete(officer: Visit, number: str, answers: Mapping[str, str]) -> None:
    """Fill in the task on the page of the case, and hand it in."""
    open_case(officer, number)
    fill(officer.page, answers)
    officer.press("提交", "Submit")
    officer.says("已办理", "Done")


def act(officer: Visit, number: str, key: str, answers: Mapping[str, str | list[str]]) -> None:
    """One of the other acts of a case, from its link to its confirmation."""
    officer.go(f"/desk/cases/{number}/")
    officer.page.locator(f"main a[href$='/acts/{key}/']").first.click()
    officer.page.wait_for_load_state()
    officer.look(f"desk-act-{key}")
    fill(officer.page, answers)
    officer.page.locator("main form button[type=submit], main form button").last.click()
    officer.page.wait_for_load_state()
    assert "/acts/" not in officer.page.url, officer.main().inner_text()
