"""An officer draws up a register on the desk, another approves it, and entries go into its table."""

from __future__ import annotations

import pytest
from tests.live.visit import Visit

pytestmark = pytest.mark.journey
HOME = "/desk/registers/drawn-up/"
#: Name, kind, and what else is filled in or ticked.
FIELDS = (
    ("number", "text", {"max_length": "12"}, ("required", "unique")),
    ("height", "decimal", {"min": "0", "max": "120"}, ()),
    ("state", "code", {"codes": "good | 好 | Good\npoor | 差 | Poor"}, ("searchable",)),
    ("keeper", "credit_code", {}, ()),
    ("place", "point", {}, ()),
)


def _words(officer: Visit, **pairs: tuple[str, str]) -> None:
    for name, (zh, en) in pairs.items():
        officer.page.fill(f"[name={name}_zh]", zh)
        officer.page.fill(f"[name={name}_en]", en)


def _add(officer: Visit, name: str, kind: str, answers: dict[str, str], flags: tuple[str, ...]) -> None:
    officer.press("增加字段", "Add a field")
    officer.look("drafting-kind")
    officer.page.select_option("[name=kind]", kind)
    officer.press("继续", "Continue")
    _words(officer, title=(f"字段{name}", f"The {name}"))
    for key, value in {"name": name, **answers}.items():
        officer.page.fill(f"[name={key}]", value)
    for flag in flags:
        officer.page.check(f"[name=flags][value={flag}]")
    officer.look(f"drafting-field-{kind}" if kind in {"text", "code"} else "drafting-field")
    officer.press("保存", "Save")


def test_d1_a_register_is_drawn_up_and_used(visit, language: str):
    code, title = f"trees_{language}", ("古树登记", "Register of old trees")
    drafter = visit("parks.handler", script=False)
    drafter.go(HOME)
    drafter.look("drafting-all")
    drafter.press("起草新登记簿", "Draw up a new one")
    _words(drafter, title=title, summary=("全市古树", "Old trees of the city"))
    drafter.page.fill("[name=code]", code)
    drafter.look("drafting-begin")
    drafter.press("继续", "Continue")
    draft = drafter.page.url
    for field in FIELDS:
        _add(drafter, *field)
    drafter.says("字段keeper", "The keeper")
    drafter.press("修改名称、主键等", "Change title, key and the rest")
    drafter.page.check("[name=key][value=number]")
    drafter.look("drafting-head")
    drafter.press("保存", "Save")
    drafter.says("建立登记簿“古树登记”，5 个字段", "make the register “Register of old trees” with 5 fields")
    drafter.look("drafting-draft")
    drafter.press("编辑全文（关联、查重、质量规则）", "Edit the whole text (links, duplicates, quality)")
    drafter.look("drafting-text")

    head = visit("parks.approver")
    head.page.goto(draft)
    head.press("核对并发布", "Check and publish")
    head.look("drafting-publish")
    head.press("发布", "Publish")

    clerk = visit("parks.handler")
    clerk.go(f"/desk/registers/{code}/new/")
    clerk.page.fill("[name=number]", "G1")
    clerk.page.fill("[name=height]", "121")
    clerk.press("登记", "Enter")
    clerk.page.fill("[name=height]", "31.5")
    clerk.page.check("[name=state][value=good]")
    clerk.press("登记", "Enter")
    clerk.go(f"/desk/registers/{code}/")
    clerk.says("31.5")
    clerk.go(HOME)
    clerk.says(*title)
