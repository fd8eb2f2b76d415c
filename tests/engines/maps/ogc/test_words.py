"""D44: on the pages beside the files for programs days, numbers and codes stand as people write them."""

from __future__ import annotations

import pytest

from yiwang.kernel.text import Text
from yiwang.maps.ogc.web.words import value_in_words
from yiwang.platform.web.language import say
from yiwang.registers.definitions import RegisterDefinition

REGISTER = RegisterDefinition.model_validate(
    {
        "code": "sources",
        "title": {"zh": "点", "en": "Spots"},
        "summary": {"zh": "点", "en": "Spots"},
        "owner": "planning",
        "key": "number",
        "fields": [
            {"id": 1, "name": "number", "kind": "text", "title": {"zh": "号", "en": "No."}}
            | {"required": True, "unique": True},
            {"id": 2, "name": "until", "kind": "date", "title": {"zh": "止", "en": "Until"}},
            {"id": 3, "name": "metres", "kind": "decimal", "title": {"zh": "米", "en": "Metres"}},
            {"id": 4, "name": "made_up", "kind": "yes_no", "title": {"zh": "虚构", "en": "Made up"}},
            {"id": 5, "name": "state", "kind": "code", "title": {"zh": "状态", "en": "State"}}
            | {"codes": [{"code": "a", "title": {"zh": "在用", "en": "In use"}}]},
        ],
    }
)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("until", "2028-02-28", Text("2028年2月28日", "28 February 2028")),
        ("until", None, Text("（空）", "(nothing)")),
        ("metres", "12345.5", "12,345.5"),
        ("made_up", True, Text("是", "Yes")),
        ("state", "a", Text("在用", "In use")),
        ("number", "2028-02-28", Text("2028-02-28", "2028-02-28")),
    ],
)
def test_d44_a_value_stands_as_people_write_it(name, value, words):
    assert say(value_in_words(REGISTER, name, value)) == say(words)
