"""Values from forms and JSON become the text that the database judges; words of standard codes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.text import Text
from yiwang.registers.contracts import Seen
from yiwang.registers.definitions import FieldDefinition, RegisterDefinition
from yiwang.registers.rules.reading import view_of_entry, view_of_list, view_of_public
from yiwang.registers.rules.standard_codes import ETHNIC_GROUPS, SEX, codes_of
from yiwang.registers.rules.values import as_text

WORDS = {"zh": "测试", "en": "For tests"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        (" 440103 ", "440103"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (12, "12"),
        (1.5, "1.5"),
        (1e-7, "0.0000001"),
        (Decimal("1E+3"), "1000"),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime(2026, 3, 2, 10, tzinfo=UTC), "2026-03-02T10:00:00+00:00"),
        ({"lon": 113.25, "lat": 23}, "113.25 23"),
        ({"lon": 113.25, "lat": 23, "height": 1}, '{"lon": 113.25, "lat": 23, "height": 1}'),
        (["一"], '["一"]'),
        ("a\x00b", "a\ufffdb"),
    ],
)
def test_a_value_has_one_text(value, text):
    assert as_text(value) == text


def register(**changes) -> RegisterDefinition:
    key = {"id": 1, "name": "k", "kind": "text", "title": WORDS, "required": True, "unique": True}
    others = [
        {"id": place, "name": level.value, "kind": "text", "title": WORDS, "secrecy": level.value}
        for place, level in enumerate(Secrecy, start=2)
    ]
    content = {"code": "things", "title": WORDS, "summary": WORDS, "owner": "o", "key": "k"}
    return RegisterDefinition.model_validate(content | {"fields": [key, *others]} | changes)


def test_each_reader_sees_what_the_secrecy_of_a_field_allows():
    def seen(view):
        return [view[level.value] for level in Secrecy]

    clear, hint, hidden = Seen.CLEAR, Seen.HINT, Seen.HIDDEN
    assert seen(view_of_public(register())) == [hidden, hidden, hidden, hidden]
    assert seen(view_of_public(register(open=True))) == [clear, hidden, hidden, hidden]
    assert seen(view_of_list(register())) == [clear, clear, hint, hidden]
    assert seen(view_of_entry(register(), sensitive=False)) == [clear, clear, clear, hidden]
    assert seen(view_of_entry(register(), sensitive=True)) == [clear, clear, clear, clear]


def test_standard_codes_have_words():
    assert len(ETHNIC_GROUPS) == 58
    assert ETHNIC_GROUPS["01"] == Text("汉族", "Han")
    assert ETHNIC_GROUPS["56"] == Text("基诺族", "Jino")
    assert sorted(SEX) == ["0", "1", "2", "9"]
    sex = FieldDefinition.model_validate({"id": 1, "name": "sex", "kind": "sex", "title": WORDS})
    assert codes_of(sex) is SEX
