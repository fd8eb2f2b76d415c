"""A draft's text and its data are one thing; forms change the data without losing what others refer to."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from yiwang.packs.api import parse_yaml
from yiwang.registers.drafting.rules.content import moved, next_id, with_field, without_field
from yiwang.registers.drafting.rules.writing import as_text

PACKS = Path(__file__).resolve().parents[3] / "packs"
#: What a person can type into one line of a form, and words over which YAML stumbles.
_TYPED = st.text(st.characters(exclude_categories=("C", "Zl", "Zp"))).map(str.strip).filter(bool)
_AWKWARD = st.sampled_from(
    [
        "y",
        "N",
        "yes",
        "~",
        "null",
        "0101",
        "440106",
        "1.5",
        "1e5",
        ".inf",
        "=",
        "-",
        "#x",
        "a:b",
        "[",
        "'",
        "*",
    ]
)
HEAD = {
    "code": "trees", "key": "number", "links": [{"field": "number", "register": "plots"}],
    "quality": [{"key": "full", "kind": "complete", "fields": ["number"], "only_field": "number"}],
    "fields": [{"id": 1, "name": "number"}, {"id": 2, "name": "height"}],
}  # fmt: skip


def read(text: str) -> object:
    parsed = parse_yaml(text.encode(), "draft")
    assert parsed.problems == []
    return parsed.data


def test_d1_every_register_of_the_packs_is_written_and_read_back_the_same():
    found = sorted(PACKS.glob("*/registers/*.yaml"))
    assert len(found) >= 30
    for path in found:
        data = read(path.read_text(encoding="utf-8"))
        assert read(as_text(data)) == data, path


@given(st.lists(_TYPED | _AWKWARD, min_size=1, max_size=5))
def test_d1_whatever_is_typed_reads_back_as_it_was_typed(words):
    data = {"title": {f"k{place}": word for place, word in enumerate(words)}, "codes": words}

    assert read(as_text(data)) == data


def test_d2_a_renamed_field_is_followed_and_a_published_one_leaves_a_tombstone():
    renamed = with_field(HEAD, {"id": 1, "name": "plate"})
    gone = without_field(renamed, 2, published={2: "height"}, since="2.0.0")

    assert (renamed["key"], renamed["links"]) == ("plate", [{"field": "plate", "register": "plots"}])
    assert renamed["quality"] == [
        {"key": "full", "kind": "complete", "fields": ["plate"], "only_field": "plate"}
    ]
    assert gone["removed"] == [{"id": 2, "name": "height", "since": "2.0.0"}]
    assert [field["id"] for field in gone["fields"]] == [1]
    assert (next_id(gone), next_id(HEAD, [7])) == (3, 8)
    assert HEAD["fields"] == [{"id": 1, "name": "number"}, {"id": 2, "name": "height"}]


def test_d2_fields_change_places_and_stay_at_the_edge():
    down = moved(HEAD, 1, up=False)

    assert [field["id"] for field in down["fields"]] == [2, 1]
    assert moved(down, 2, up=True) == down
