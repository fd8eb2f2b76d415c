"""The steps from one definition to another, and which lose data."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from yiwang.registers.definitions import FieldKind, RegisterDefinition
from yiwang.registers.rules.changes import changes, lost_names
from yiwang.registers.rules.field_kinds import RULES

WORDS = {"zh": "测试", "en": "For tests"}
KEY = {"id": 1, "name": "number", "kind": "text", "title": WORDS, "required": True, "unique": True}


def register(*fields, **changes_) -> RegisterDefinition:
    content = {
        "code": "things", "title": WORDS, "summary": WORDS, "owner": "parks", "key": "number",
        "fields": [KEY, *fields],
    }  # fmt: skip
    return RegisterDefinition.model_validate(content | changes_)


def field(**changes_):
    return {"id": 2, "name": "height", "kind": "integer", "title": WORDS} | changes_


def steps(before, after):
    return [(type(step).__name__, step.destructive) for step in changes(before, after)]


def test_what_is_new_is_created_and_what_is_equal_changes_words_only():
    assert steps(None, register()) == [("CreateRegister", False)]
    assert steps(register(), register(summary={"zh": "新", "en": "New"})) == [("ChangeWords", False)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (field(), field(name="tall"), [("RenameField", False)]),
        (field(), field(kind="date"), [("ReplaceField", True)]),
        (field(), field(secrecy="public"), [("ChangeSecrecy", False)]),
        (field(), field(max=9), [("ChangeRules", False)]),
        (field(max=9), field(), [("ChangeRules", False)]),
        (field(), field(searchable=True), [("ChangeRules", False)]),
        (field(kind="text"), field(kind="phone"), [("ChangeRules", False)]),
        (
            field(),
            field(name="tall", secrecy="public", required=True),
            [("RenameField", False), ("ChangeRules", False), ("ChangeSecrecy", False)],
        ),
    ],
)
def test_a_changed_field_says_what_changes(before, after, expected):
    assert steps(register(before), register(after)) == expected


@pytest.mark.parametrize(
    ("before", "after", "tighter"),
    [
        (field(), field(required=True), True),
        (field(required=True), field(), False),
        (field(), field(unique=True), True),
        (field(), field(min=1), True),
        (field(min=2), field(min=1), False),
        (field(max=2), field(max=1), True),
        (field(kind="text", max_length=9), field(kind="text", max_length=8), True),
        (field(kind="text", max_length=9), field(kind="text", max_length=10), False),
        (field(kind="text"), field(kind="sex"), True),
        (field(), field(searchable=True), False),
    ],
)
def test_tightening_is_told_from_widening(before, after, tighter):
    (step,) = changes(register(before), register(after))

    assert step.tighter is tighter


def test_a_field_that_goes_is_dropped_and_needs_its_tombstone():
    before, after = register(field()), register()

    assert steps(before, after) == [("RetireField", True)]
    assert [gone.name for gone in lost_names(before, after)] == ["height"]
    buried = register(removed=[{"id": 2, "name": "height", "since": "1.1.0"}])
    assert lost_names(before, buried) == []


def test_every_kind_of_field_has_its_rule_and_words():
    assert set(RULES) == set(FieldKind)
    for rule in RULES.values():
        assert rule.title.zh
        assert rule.wrong.en
        assert "%" not in rule.check + rule.cast + rule.hint + rule.shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"fields": []},
        {"key": "height"},
        {"code": "things_history"},
        {"code": "Things"},
        {"owner_": "x"},
        {"fields": [KEY, field(), field(name="other")]},
        {"fields": [KEY, field(id=3, name="number")]},
        {"fields": [KEY, field(max_length=9)]},
        {"fields": [KEY, field(min=2, max=1)]},
        {"fields": [KEY, field(kind="text", min=1)]},
        {"subject": {"field": "number"}},
        {"subject": {"kind": "person", "kind_field": "number", "field": "number"}},
    ],
)
def test_what_does_not_hang_together_is_refused(wrong):
    with pytest.raises(ValidationError):
        register(**wrong)
