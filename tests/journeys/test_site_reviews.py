"""B27: an article through its reviews to the public and off again, on the main site and a department's."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.live.visit import Visit
from tests.live.waiting import wait_for

from yiwang.portal.sites.models import SitePage

#: Each language takes one of the two sites: organisation that edits it, its site, a column of it.
_SITES = {
    "zh": ("general_office", "municipal", "government/news"),
    "en": ("environment", "environment", "news"),
}


def _step(person: Visit, path: str, zh: str, en: str, words: str = "") -> None:
    person.go(path)
    if words:
        person.page.locator("[name=words]:visible").first.fill(words)
    person.press(zh, en)


def _written(editor: Visit, site: str, column: SitePage) -> tuple[SitePage, str]:
    """The editor begins an article, writes it, and submits it."""
    editor.go(f"/desk/sites/{site}/")
    editor.look("site-pages")
    editor.go(f"/desk/sites/{site}/new/{column.pk}/article/")
    editor.page.fill("[name=title]", "河涌清淤完成")
    editor.page.fill("[name=address]", "dredged")
    editor.press("新建", "Create")
    page = SitePage.objects.get(address=f"{column.address}dredged/")
    for part, number in (("year", "2026"), ("month", "11"), ("day", "20")):
        editor.page.fill(f"[name=day-{part}]", number)
    editor.press("文字", "Text")
    editor.page.fill("[name='body.0.text']", "城区河涌清淤工程已经完成。")
    editor.press("保存", "Save")
    editor.look("site-edit")
    path = f"/desk/sites/{site}/pages/{page.pk}/"
    _step(editor, f"{path}review/", "送审", "Submit for review")
    return page, path


def _picks_a_day_by_keys(chief: Visit) -> None:
    """B37: the calendar beside the boxes of a date, by the keyboard alone."""
    page, keys = chief.page, chief.page.keyboard
    boxes = [page.locator(f"[name=embargo_until-{part}]") for part in ("year", "month", "day")]
    for box, typed in zip(boxes, ("2027", "1", "31"), strict=True):
        box.fill(typed)
    opener = page.locator("#q-embargo_until-open")
    opener.focus()
    keys.press("Enter")
    said = lambda: page.evaluate("document.activeElement.getAttribute('aria-label')")  # noqa: E731
    # the city's days off are asked for when the calendar opens
    first = chief.text("2027年1月31日 星期日，休息日", "Sunday 31 January 2027, day off")
    expect(page.locator(":focus")).to_have_attribute("aria-label", first)
    chief.look("site-terms-calendar")
    moves = {
        "PageDown": ("2027年2月28日", "28 February 2027"),
        "ArrowRight": ("2027年3月1日", "1 March 2027"),
        "ArrowDown": ("2027年3月8日", "8 March 2027"),
        "End": ("2027年3月14日", "14 March 2027"),
        "ArrowLeft": ("2027年3月13日", "13 March 2027"),
        "Home": ("2027年3月8日", "8 March 2027"),
        "ArrowUp": ("2027年3月1日", "1 March 2027"),
        "PageUp": ("2027年2月1日", "1 February 2027"),
        "Shift+PageUp": ("2026年2月1日", "1 February 2026"),
        "Shift+PageDown": ("2027年2月1日", "1 February 2027"),
    }
    for key, (zh, en) in moves.items():
        keys.press(key)
        assert chief.text(zh, en) in said(), key
    keys.press("Escape")
    assert [box.input_value() for box in boxes] == ["2027", "1", "31"]
    assert page.evaluate("document.activeElement.id") == "q-embargo_until-open"

    keys.press("Enter")
    keys.press("ArrowLeft")
    keys.press("Enter")
    assert [box.input_value() for box in boxes] == ["2027", "1", "30"]
    assert page.evaluate("document.activeElement.id") == "q-embargo_until-open"


@pytest.fixture
def article(visit, language) -> tuple[SitePage, str, str]:
    """An article that waits for its proofs and reviews."""
    where, site, column = _SITES[language]
    above = SitePage.objects.get(address=f"{site}/{column}/")
    return (*_written(visit(f"{where}.editor"), site, above), where)


def test_b27_an_article_passes_its_reviews_goes_out_and_comes_off(visit, language, article):
    page, path, where = article
    one, two = visit(f"{where}.reviewer"), visit(f"{where}.second_reviewer")
    chief, reader = visit(f"{where}.publisher"), visit()
    address = f"/sites/{page.address}"
    _step(one, f"{path}review/", "一校完成", "First proof done", "没有错字")
    _step(one, f"{path}review/", "退回修改", "Send back", "请写明工程的范围")
    editor = visit(f"{where}.editor")
    editor.go(path)
    editor.says("请写明工程的范围")
    editor.look("site-edit-sent-back")
    editor.page.fill("[name='body.0.text']", "城区三十二条河涌的清淤工程已经完成。")
    editor.press("保存", "Save")
    _step(editor, f"{path}review/", "送审", "Submit for review")
    editor.go(f"{path}versions/")
    editor.look("site-versions")
    editor.press("比较", "Compare")
    editor.says("三十二条")
    editor.look("site-compare")

    for person, zh, en in (
        (one, "一校完成", "First proof done"),
        (one, "初审通过", "First review passed"),
        (two, "二校完成", "Second proof done"),
        (two, "复审通过", "Second review passed"),
        (one, "三校完成", "Third proof done"),
        (chief, "终审通过", "Final review passed"),
    ):
        person.go(f"{path}review/")
        if person is chief:
            person.look("site-review")
        person.press(zh, en)
    reader.go(address)
    assert "三十二条河涌" not in reader.page.content()
    chief.go(f"{path}terms/")
    chief.look("site-terms")
    _picks_a_day_by_keys(chief)
    _step(chief, f"{path}review/", "发布", "Publish")
    wait_for("the page", lambda: reader.page.goto(reader.address + address).status == 200)
    reader.says("三十二条河涌")

    stranger = visit("environment.reviewer" if where != "environment" else "general_office.reviewer")
    stranger.go(f"{path}review/")
    assert "河涌清淤" not in stranger.page.content()

    chief.go(f"{path}review/")
    chief.page.locator("summary", has_text=chief.text("撤回", "Withdraw")).click()
    chief.page.locator("[name=reason]").fill("工程范围有误")
    chief.page.locator("form[action$='/withdraw/'] button").click()
    chief.page.wait_for_load_state()
    chief.says("工程范围有误")
    chief.look("site-withdrawn")
    wait_for("its end", lambda: reader.page.goto(reader.address + address).status == 404)
