"""Answers typed into pages, by the names of their questions."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Locator, Page, TimeoutError


def fill(page: Page, answers: Mapping[str, str | list[str]]) -> None:
    """Type, choose or tick each answer where its question stands; a date is written as 2026-3-2."""
    for name, value in answers.items():
        _answer(page, name, value)


def type_for(field: Locator, typed: str, wanted: Locator) -> None:
    """Type what suggests a line: at once, for the list of a beginning, late, would take the place of the one
    that is chosen from; and again, for what a busy database has not found within its limit isn't suggested.
    """
    for _ in range(6):
        field.fill("")
        field.fill(typed)
        try:
            wanted.wait_for(timeout=10_000)
        except TimeoutError:
            continue
        return
    raise AssertionError(f"{typed!r} suggests nothing of the kind on {field.page.url}")


def _answer(page: Page, name: str, value: str | list[str]) -> None:
    if page.locator(f"[name='{name}-year']").count():
        for part, number in zip(("year", "month", "day"), str(value).split("-"), strict=True):
            page.fill(f"[name='{name}-{part}']", number)
        return
    if page.locator(f"[name='{name}-detail']").count():
        page.fill(f"[name='{name}-detail']", str(value))
        return
    field = page.locator(f"[name='{name}']")
    assert field.count(), f"no question {name!r} on {page.url}:\n{page.locator('main').inner_text()}"
    kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
    if kind == "select":
        field.first.select_option(str(value))
    elif kind in {"radio", "checkbox"}:
        for each in [value] if isinstance(value, str) else value:
            page.check(f"[name='{name}'][value='{each}']")
    else:
        field.first.fill(str(value))
