"""B12: what is taken out of a document is gone for tools that we did not write."""

from __future__ import annotations

import io
import subprocess
import zlib
from pathlib import Path

import pytest
import typst
from PIL import Image, ImageDraw
from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.crypt import SecurityHandler, StandardSecurityHandler
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from yiwang.portal.disclosure.severing import running
from yiwang.portal.disclosure.severing.contracts import (
    DocumentLocked,
    DocumentTooHeavy,
    DocumentTooLong,
    DocumentUnreadable,
    NothingMarked,
    PageTooLarge,
    Region,
    RegionOutside,
    Severed,
    SourceKind,
)
from yiwang.portal.disclosure.severing.marking import Glyph, find_words
from yiwang.portal.disclosure.severing.running import find_words as find_in
from yiwang.portal.disclosure.severing.running import sever, show_page

NAME, PHONE = "欧阳建国", "13800138000"
_TYPST = """
#set document(title: "关于欧阳建国的答复", author: "欧阳建国", keywords: ("13800138000",))
#set page(width: 300pt, height: 200pt, margin: 20pt)
#set text(font: "Noto Sans CJK SC", size: 12pt)
申请人欧阳建国，电话 13800138000，住在本市。
#place(top + left, dy: 60pt, rect(width: 60pt, height: 30pt, fill: rgb("#c02020")))
#place(top + left, dy: 110pt, [公开部分])
#pagebreak()
第二页：经办人欧阳#linebreak()建国。
#text(fill: white)[看不见的13800138000]
"""
_PICTURE_OF_FACE = Region(page=1, left=20 / 300, top=80 / 200, right=80 / 300, bottom=110 / 200)
_SECRETS = ("欧阳建国", "建国", "13800138000", "earlier draft", "app.alert", "SECRET-FILE")


@pytest.fixture(scope="module")
def letter() -> bytes:
    """Two pages with names in text, metadata, a note, a script, an attachment and an earlier revision."""
    plain = typst.compile(_TYPST.encode())
    assert isinstance(plain, bytes)
    writer = IncrementalPdfFileWriter(io.BytesIO(plain))
    page = writer.root["/Pages"]["/Kids"][0]
    name = generic.pdf_name
    note = generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/Text"),
            name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (10, 10, 20, 20))),
            name("/Contents"): generic.pdf_string("earlier draft named 欧阳建国"),
        }
    )
    page[name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    page[name("/Thumb")] = writer.add_object(generic.StreamObject(stream_data=b"SECRET-FILE thumbnail"))
    writer.update_container(page)
    script = {name("/S"): name("/JavaScript"), name("/JS"): generic.pdf_string("app.alert('13800138000')")}
    writer.root[name("/OpenAction")] = generic.DictionaryObject(script)
    writer.update_root()
    attached = embed.EmbeddedFileObject.from_file_data(writer, data=b"SECRET-FILE 13800138000")
    spec = embed.FileSpec(file_spec_string="list.txt", embedded_data=attached)
    embed.embed_file(writer, spec)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def severed(letter: bytes) -> Severed:
    found = find_in(letter, [NAME, PHONE])
    assert found.counts == (2, 2)  # the hidden telephone number too
    assert found.pages == 2
    assert found.pages_without_text == ()
    return sever(letter, SourceKind.PDF, [*found.regions, _PICTURE_OF_FACE])


@pytest.fixture(scope="module")
def file(severed: Severed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("severed") / "severed.pdf"
    path.write_bytes(severed.content)
    return path


def _run(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def test_b12_what_was_there_before_is_really_in_the_source(letter: bytes, tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(letter)
    text = _run("pdftotext", source, "-").replace("\n", "")
    assert NAME in text
    assert PHONE in text
    assert "1 embedded file" in _run("pdfdetach", "-list", source)
    assert b"/JavaScript" in letter
    assert "欧阳建国" in _run("pdfinfo", source)
    assert letter.count(b"%%EOF") == 2


def test_b12_no_reader_finds_text_names_or_things_attached(file: Path, severed: Severed) -> None:
    assert _run("pdftotext", file, "-").strip() == ""
    assert _run("pdftotext", "-raw", "-nopgbrk", file, "-") == ""
    assert "0 embedded files" in _run("pdfdetach", "-list", file)
    assert _run("pdfinfo", "-meta", file).strip() == ""
    facts = _run("pdfinfo", file)
    for gone in ("Title", "Author", "Keywords", "Creator", "Producer", "CreationDate"):
        assert f"{gone}:" not in facts
    assert "JavaScript:      no" in facts
    assert "Pages:           2" in facts
    assert severed.pages == 2


def test_b12_every_object_is_a_page_or_its_picture(file: Path, tmp_path: Path) -> None:
    assert "No syntax or stream encoding errors found" in _run("qpdf", "--check", file)
    open_file = tmp_path / "open.pdf"
    _run("qpdf", "--qdf", "--object-streams=disable", "--decode-level=all", file, open_file)
    content = open_file.read_bytes()
    for secret in _SECRETS:
        for form in (secret.encode(), secret.encode("utf-16-be"), secret.encode("utf-16-be").hex().encode()):
            assert form not in content
    for key in (b"/Annot", b"/JS", b"/Font", b"/Thumb", b"/Metadata", b"/Info", b"/EmbeddedFile", b"/Prev"):
        assert key not in content
    assert file.read_bytes().count(b"%%EOF") == 1


def test_b12_each_region_is_one_colour_and_the_rest_is_as_it_was(
    file: Path, severed: Severed, letter: bytes, tmp_path: Path
) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(letter)
    for page in (1, 2):
        seen = _seen(file, page, tmp_path / "new")
        old = _seen(source, page, tmp_path / "old")
        for region in (each for each in severed.regions if each.page == page):
            box = _box(region, seen)
            assert seen.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), (0, 0, 0))]
            ImageDraw.Draw(old).rectangle(_wider(box, 12), fill="black")
            ImageDraw.Draw(seen).rectangle(_wider(box, 12), fill="black")
        assert seen.size == old.size
        assert _dark(seen) == pytest.approx(_dark(old), rel=0.1)
        assert _dark(seen) > 0


def test_b12_the_same_document_gives_the_same_bytes(letter: bytes, severed: Severed) -> None:
    again = sever(letter, SourceKind.PDF, severed.regions)

    assert again.sha256 == severed.sha256


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_b12_words_are_found_on_turned_and_cropped_pages(letter: bytes, turn: int, tmp_path: Path) -> None:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(letter)))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[generic.pdf_name("/Rotate")] = generic.NumberObject(turn)
    page[generic.pdf_name("/CropBox")] = generic.ArrayObject(map(generic.NumberObject, (10, 100, 300, 200)))
    out = io.BytesIO()
    writer.write(out)
    found = [each for each in find_in(out.getvalue(), [PHONE]).regions if each.page == 1]
    made = tmp_path / "turned.pdf"
    made.write_bytes(sever(out.getvalue(), SourceKind.PDF, found).content)

    assert len(found) == 1
    seen = _seen(made, 1, tmp_path / "turned")
    assert (seen.width < seen.height) == (turn != 180)
    box = _box(found[0], seen)
    assert seen.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), (0, 0, 0))]
    # The number takes 11 half-width signs of 12 points: 75 points of 290, and a line of 100 in height.
    long, short = (found[0].bottom - found[0].top, found[0].right - found[0].left)[
        :: 1 if turn != 180 else -1
    ]
    assert 70 / 290 < long < 90 / 290
    assert 10 / 100 < short < 30 / 100


def test_b12_a_photograph_loses_the_region_and_its_place(tmp_path: Path) -> None:
    picture = Image.effect_noise((640, 480), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "SECRET-FILE"
    exif.get_ifd(0x8825)[1] = "N"
    taken = io.BytesIO()
    picture.save(taken, "JPEG", exif=exif, quality=95)
    region = Region(page=1, left=0.25, top=0.25, right=0.5, bottom=0.4)
    file = tmp_path / "photo.pdf"
    file.write_bytes(sever(taken.getvalue(), SourceKind.JPEG, [region]).content)

    assert b"SECRET-FILE" not in file.read_bytes()
    assert b"Exif" not in file.read_bytes()
    _run("pdfimages", "-all", file, tmp_path / "photo")
    (kept,) = tmp_path.glob("photo-*")
    with Image.open(kept) as opened:
        seen = opened.convert("RGB")
    assert seen.size == (480, 640)
    assert set(seen.crop((120, 160, 240, 256)).getextrema()) == {(0, 0)}
    assert seen.crop((0, 0, 100, 100)).getextrema() != ((0, 0),) * 3


def test_b12_a_page_is_shown_for_marking(letter: bytes) -> None:
    picture, pages = show_page(letter, SourceKind.PDF, 2)

    assert pages == 2
    assert Image.open(io.BytesIO(picture)).size == (834, 556)
    with pytest.raises(RegionOutside):
        show_page(letter, SourceKind.PDF, 3)


@pytest.mark.parametrize(
    "region",
    [
        Region(page=3, left=0, top=0, right=1, bottom=1),
        Region(page=0, left=0, top=0, right=1, bottom=1),
        Region(page=1, left=0.5, top=0, right=0.5, bottom=1),
        Region(page=1, left=0, top=-0.1, right=1, bottom=1),
        Region(page=1, left=float("nan"), top=0, right=1, bottom=1),
    ],
)
def test_b12_a_region_off_the_page_is_refused(letter: bytes, region: Region) -> None:
    with pytest.raises(RegionOutside) as refused:
        sever(letter, SourceKind.PDF, [region])
    assert refused.value.page == region.page


_ALL = Region(page=1, left=0.1, top=0.1, right=0.2, bottom=0.2)


def _raw_pdf(pages: int, box: str = "0 0 200 100", content: bytes = b"", entries: bytes = b"") -> bytes:
    kids = " ".join(["3 0 R"] * pages)
    return (
        (
            f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            f"2 0 obj<</Type/Pages/Count {pages}/Kids[{kids}]>>endobj\n"
            f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R>>endobj\n"
            f"4 0 obj<</Length {len(content)}"
        ).encode()
        + entries
        + b">>stream\n"
        + content
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def _bomb() -> bytes:
    """A fifth of a megabyte that unpacks to 200 MB of strokes."""
    packer = zlib.compressobj(9)
    strokes = b"0 0 m 9 9 l S " * 70_000
    packed = b"".join(packer.compress(strokes) for _ in range(200)) + packer.flush()
    return _raw_pdf(1, content=packed, entries=b"/Filter/FlateDecode")


def _locked(letter: bytes) -> bytes:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(letter)))
    handler: SecurityHandler = StandardSecurityHandler.build_from_pw("owner", "user")
    writer._assign_security_handler(handler)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_b12_hostile_documents_are_refused_with_a_reason(letter: bytes) -> None:
    too_many = _raw_pdf(5_000)
    cases: list[tuple[bytes, SourceKind, type[Exception]]] = [
        (_locked(letter), SourceKind.PDF, DocumentLocked),
        (too_many, SourceKind.PDF, DocumentTooLong),
        (_raw_pdf(1, box="0 0 14400 14400"), SourceKind.PDF, PageTooLarge),
        (b"%PDF-1.7\n" + b"\x00" * 999, SourceKind.PDF, DocumentUnreadable),
        (letter[: len(letter) // 3], SourceKind.PDF, DocumentUnreadable),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, SourceKind.PNG, DocumentUnreadable),
        (letter, SourceKind.JPEG, DocumentUnreadable),
        (_wide_png(), SourceKind.PNG, PageTooLarge),
    ]
    for content, kind, reason in cases:
        with pytest.raises(reason):
            sever(content, kind, [_ALL])
    with pytest.raises(NothingMarked):
        sever(letter, SourceKind.PDF, [])


def test_b12_a_bomb_ends_its_own_process_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PAGE_SECONDS", 1.0)
    with pytest.raises(DocumentTooHeavy):
        sever(_bomb(), SourceKind.PDF, [_ALL])


def _wide_png() -> bytes:
    out = io.BytesIO()
    Image.new("1", (30_000, 20_000)).save(out, "PNG")
    return out.getvalue()


def test_b12_words_are_found_across_lines_widths_and_spaces() -> None:
    def at(sign: str, column: int, line: int) -> Glyph:
        return Glyph(sign=sign, box=(column / 10, line / 10, (column + 1) / 10, (line + 1) / 10))

    line = [at(sign, column, 0) for column, sign in enumerate("甲１３ 8a")]
    glyphs = [*line, Glyph(sign="\n", box=None), at("B", 0, 1), at("b", 1, 1)]
    regions, count = find_words(7, glyphs, "138Ab")

    assert count == 1
    assert [(each.page, round(each.left, 3), round(each.right, 3)) for each in regions] == [
        (7, 0.08, 0.62),
        (7, 0.0, 0.12),
    ]
    assert find_words(7, glyphs, "bb")[1] == 1
    assert find_words(7, glyphs, " ") == ((), 0)


def _seen(file: Path, page: int, stem: Path) -> Image.Image:
    _run("pdftoppm", "-r", 200, "-f", page, "-l", page, "-singlefile", file, stem)
    with Image.open(stem.with_suffix(".ppm")) as opened:
        return opened.convert("RGB")


def _box(region: Region, seen: Image.Image) -> tuple[int, int, int, int]:
    return (
        round(region.left * seen.width) + 1,
        round(region.top * seen.height) + 1,
        round(region.right * seen.width) - 1,
        round(region.bottom * seen.height) - 1,
    )


def _wider(box: tuple[int, int, int, int], by: int) -> tuple[int, int, int, int]:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _dark(seen: Image.Image) -> int:
    return sum(seen.convert("L").histogram()[:128])
