"""Letters and licences: what goes in is data, what comes out is a page with a place for the seal."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from yiwang.trust.contracts import FontsMissing, TemplateFaulty
from yiwang.trust.documents import typesetting
from yiwang.trust.documents.qr_code import qr_svg
from yiwang.trust.documents.typesetting import LETTER, LICENCE, Template, render
from yiwang.trust.testing import letter_data, licence_data, pair


def text_of(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "document.pdf"
    file.write_bytes(pdf)
    shown = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True, text=True)
    return shown.stdout.replace("\n", "")


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_a_licence_says_what_it_is_given(orientation: str, tmp_path: Path) -> None:
    document = render(LICENCE, licence_data(orientation=orientation))
    text = text_of(document.content, tmp_path)
    for word in (
        "建设工程规划许可证",
        "Construction Project Planning Permit",
        "穗规建证〔2026〕0123号",
        "58,200 m²",
    ):
        assert word in text
    assert document.seal_place is not None
    width = 210 if orientation == "portrait" else 297
    assert document.seal_place.page == 0
    assert round(document.seal_place.x) == width - (27 if orientation == "portrait" else 34) - 36


def test_a_licence_without_the_optional_parts() -> None:
    data = licence_data(credit_code=None, valid_until=None, statement=None, facts=[])
    assert render(LICENCE, data).content.startswith(b"%PDF")


def test_a_letter_in_both_languages(tmp_path: Path) -> None:
    document = render(LETTER, letter_data())
    text = text_of(document.content, tmp_path)
    for word in (
        "补正材料一次性告知书",
        "环境影响报告书；",
        "Supplement by",
        "抄送：市监察局。",
        "Translation, for information",
    ):
        assert word in text
    assert document.seal_place is not None
    assert document.seal_place.page == 0  # the original bears the seal, not the translation


def test_a_long_letter_keeps_its_signature_with_its_last_lines(tmp_path: Path) -> None:
    body = [{"text": pair(f"第{n}段。" + "内容" * 60, f"Paragraph {n}.")} for n in range(7)]
    document = render(LETTER, letter_data(body=body, languages=["zh"]))
    file = tmp_path / "letter.pdf"
    file.write_bytes(document.content)
    last = subprocess.run(["pdftotext", "-f", "2", file, "-"], capture_output=True, check=True, text=True)
    assert "如有异议" in last.stdout
    assert document.seal_place is not None
    assert document.seal_place.page == 1


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/etc/passwd")',
        "#panic()",
        '")) #import "@preview/x:1.0.0"',
        "$ x^2 $ *bold* _it_ `raw` @label <label>",
        "= 标题\n#set page(fill: red)",
        "\\u{202e}<script>alert(1)</script>",
        "{name} %s \\ \x07",
    ],
)
def test_strings_are_never_code(hostile: str, tmp_path: Path) -> None:
    document = render(LETTER, letter_data(addressee=hostile, languages=["zh"]))
    text = text_of(document.content, tmp_path)
    assert "root:" not in text
    assert "".join(c for c in hostile if c.isalnum())[:6] in "".join(c for c in text if c.isalnum())


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('#import "@preview/cetz:0.3.0"', "only @yiwang packages may be imported"),
        ('#read("../secret.txt")', "project root"),
        ("#let", "expected pattern"),
        ("#json(bytes(sys.inputs.data)).absent", "absent"),
    ],
)
def test_a_faulty_template_is_named_with_the_reason(source: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    place = tmp_path / "templates"
    place.mkdir()
    (place / "own.typ").write_text(source)
    with pytest.raises(TemplateFaulty) as refused:
        render(Template(place / "own.typ"), {"a": 1})
    assert refused.value.template == "own.typ"
    assert reason in refused.value.reason


def test_a_template_of_a_pack_may_use_the_city_s_parts(tmp_path: Path) -> None:
    (tmp_path / "own.typ").write_text(
        '#import "@yiwang/documents:0.1.0": seal-place\n'
        "#set page(width: 100mm, height: 100mm, margin: 10mm)\n"
        "#seal-place(width: 80mm, height: 20mm)[印]"
    )
    place = render(Template(tmp_path / "own.typ"), {}).seal_place
    assert place is not None
    assert (place.page, round(place.x), round(place.y), place.diameter) == (0, 50, 20, 42.0)


def test_a_qr_code_is_one_path() -> None:
    svg = qr_svg("http://127.0.0.1:8000/check/1")
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 33"')
    assert svg.count("<path") == 1
    assert "M2 2h7v1H2z" in svg  # the upper edge of the first finder pattern


def test_without_chinese_type_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    typesetting._fonts.cache_clear()
    monkeypatch.setattr(typesetting, "FAMILIES", frozenset({"No Such Song"}))
    with pytest.raises(FontsMissing) as refused:
        render(LICENCE, licence_data())
    assert refused.value.families == "No Such Song"
