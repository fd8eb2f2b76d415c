"""Strict YAML: what is read, and what is refused with its line."""

from __future__ import annotations

import pytest

from yiwang.packs.strict_yaml import parse


def test_values_and_the_line_of_every_path():
    parsed = parse(
        b"code: a1\nlimits:\n  days: 20\n  rate: 0.5\n  open: true\n  when: 2026-01-02\n", "f.yaml"
    )

    assert parsed.problems == []
    assert parsed.data == {
        "code": "a1",
        "limits": {"days": 20, "rate": 0.5, "open": True, "when": "2026-01-02"},
    }
    assert parsed.lines[("limits", "rate")] == 4


def test_sexagesimal_and_octal_stay_text():
    assert parse(b"opens: 09:00\ncode: 0123\n", "f.yaml").data == {"opens": "09:00", "code": "0123"}


@pytest.mark.parametrize(
    ("content", "line", "path", "reason"),
    [
        (b"a: 1\na: 2\n", 2, "a", "this key stands twice"),
        (b"x: &one 1\ny: *one\n", 1, "", "anchors and aliases are not used here"),
        (b"ok: yes\n", 1, "ok", "'yes' is ambiguous: write true or false, or quote it"),
        (
            b"a: [1\nb: 2\n",
            1,
            "",
            "the bracket that opens here is faulty or never closed: look at commas, colons and quotation"
            " marks",
        ),
        (b"\xff\xfe", 1, "", "not UTF-8"),
        (b"", 1, "", "the file is empty"),
        ("title: {zh: 标题}\n".encode(), 1, "title.en", "the text is missing in language 'en'"),
        (
            "t:\n  zh: 标题\n  en: the 标题\n".encode(),
            3,
            "t.en",
            "the English text contains Chinese characters",
        ),
    ],
)
def test_refusals_name_line_path_and_reason(content, line, path, reason):
    problems = parse(content, "f.yaml").problems

    assert [(p.file, p.line, p.path, p.reason.en) for p in problems] == [("f.yaml", line, path, reason)]


def test_a_deep_nest_is_refused_not_followed():
    assert "nested deeper" in parse(b"[" * 60 + b"]" * 60, "f.yaml").problems[0].reason.en


def test_a_python_tag_makes_no_object():
    assert parse(b"x: !!python/object/apply:os.system ['id']\n", "f.yaml").data == {"x": ["id"]}
