"""Draws, searches and severs a document; only the program beside it (``__main__``) loads this and PDFium."""

from __future__ import annotations

import ctypes
import signal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops, ImageDraw, ImageOps

from yiwang.portal.disclosure.severing.contracts import (
    MOST_PAGES,
    DocumentLocked,
    DocumentTooLong,
    DocumentUnreadable,
    NothingMarked,
    PageTooLarge,
    Region,
    RegionOutside,
    RemovalNotProven,
    SourceKind,
)
from yiwang.portal.disclosure.severing.marking import Glyph, find_words
from yiwang.portal.disclosure.severing.picture_file import BLOCK, PictureFile

#: Small print of 6 points stays legible.
_DPI = 200
_LEAST_DPI = 72
#: A0 at 130 dpi; 160 MB while it is drawn.
_MOST_PIXELS = 40_000_000
_A4_LONG = 842.0
_INK = 0
_FINE = 100_000


class _Patience:
    seconds = 0.0


def limit_pages(seconds: float) -> None:
    """End the program if one page takes more processor time than this: no library gives up by itself."""
    _Patience.seconds = seconds


def _begin_page() -> None:
    signal.setitimer(signal.ITIMER_PROF, _Patience.seconds)


@dataclass(frozen=True, slots=True)
class _Sheet:
    picture: Image.Image
    width: float
    height: float


def sever(source: Path, kind: SourceKind, regions: Sequence[Region], target: Path) -> dict[str, object]:
    """Make the new file and examine it; gives the number of pages."""
    if not regions:
        raise NothingMarked
    by_page: dict[int, list[Region]] = {}
    for region in regions:
        by_page.setdefault(region.page, []).append(region)
    painted: dict[int, list[tuple[int, int, int, int]]] = {}
    with target.open("wb") as out:
        file, page = PictureFile(out), 0
        for page, sheet in enumerate(_sheets(source, kind, frozenset(by_page)), start=1):
            painted[page] = [_paint(sheet.picture, region) for region in by_page.get(page, [])]
            file.add(_plain(sheet.picture), width=sheet.width, height=sheet.height)
        file.close()
    _prove(target, page, painted)
    return {"pages": page}


def find(source: Path, words: Sequence[str]) -> dict[str, object]:
    """Where the words stand in a PDF."""
    document = _opened(source)
    counts = [0] * len(words)
    regions: list[Region] = []
    silent: list[int] = []
    for number in range(1, len(document) + 1):
        _begin_page()
        page = document[number - 1]
        glyphs = list(_glyphs(page))
        page.close()
        if not any(glyph.box for glyph in glyphs):
            silent.append(number)
        for place, wanted in enumerate(words):
            found, count = find_words(number, glyphs, wanted)
            counts[place] += count
            regions += found
    return {
        "pages": len(document),
        "regions": [asdict(region) for region in dict.fromkeys(regions)],
        "counts": counts,
        "pages_without_text": silent,
    }


def show(source: Path, kind: SourceKind, number: int, target: Path) -> dict[str, object]:
    """One page as a picture to mark on, and how many there are."""
    if kind is SourceKind.PDF:
        document = _opened(source)
        pages = len(document)
        if not 1 <= number <= pages:
            raise RegionOutside(page=number)
        sheet = _drawn(document, number)
    else:
        pages, sheet = 1, _photograph(source, kind)
    sheet.picture.thumbnail((1400, 2000))
    _plain(sheet.picture).save(target, "PNG")
    return {"pages": pages}


def _opened(source: Path) -> pdfium.PdfDocument:
    _begin_page()
    try:
        document = pdfium.PdfDocument(source)
    except pdfium.PdfiumError as problem:
        if problem.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise DocumentLocked from problem
        raise DocumentUnreadable from problem
    if not len(document):
        raise DocumentUnreadable
    if len(document) > MOST_PAGES:
        raise DocumentTooLong(pages=len(document))
    return document


def _sheets(source: Path, kind: SourceKind, marked: frozenset[int]) -> Iterator[_Sheet]:
    if kind is not SourceKind.PDF:
        _all_there(marked, 1)
        yield _photograph(source, kind)
        return
    document = _opened(source)
    _all_there(marked, len(document))
    for number in range(1, len(document) + 1):
        yield _drawn(document, number)


def _all_there(marked: frozenset[int], pages: int) -> None:
    outside = [page for page in sorted(marked) if not 1 <= page <= pages]
    if outside:
        raise RegionOutside(page=outside[0])


def _drawn(document: pdfium.PdfDocument, number: int) -> _Sheet:
    _begin_page()
    try:
        page = document[number - 1]
    except pdfium.PdfiumError as problem:
        raise DocumentUnreadable from problem
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise PageTooLarge(page=number)
    fitting = (_MOST_PIXELS / (width * height)) ** 0.5 * 72
    if fitting < _LEAST_DPI:
        raise PageTooLarge(page=number)
    bitmap = page.render(scale=min(_DPI, fitting) / 72, rev_byteorder=True)
    picture = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return _Sheet(picture, width, height)


def _photograph(source: Path, kind: SourceKind) -> _Sheet:
    _begin_page()
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2  # Pillow refuses above twice this
    try:
        with Image.open(source, formats=["JPEG" if kind is SourceKind.JPEG else "PNG"]) as opened:
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        if isinstance(problem, Image.DecompressionBombError):
            raise PageTooLarge(page=1) from problem
        raise DocumentUnreadable from problem
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    scale = _A4_LONG / max(paper.size)
    return _Sheet(paper, paper.width * scale, paper.height * scale)


def _paint(picture: Image.Image, region: Region) -> tuple[int, int, int, int]:
    """Paint over it, to whole blocks outwards, so that no compression mixes it with what stands beside."""
    if not (0 <= region.left < region.right <= 1 and 0 <= region.top < region.bottom <= 1):
        raise RegionOutside(page=region.page)
    left = int(region.left * picture.width) // BLOCK * BLOCK
    top = int(region.top * picture.height) // BLOCK * BLOCK
    right = min(-(-int(region.right * picture.width + 1) // BLOCK) * BLOCK, picture.width)
    bottom = min(-(-int(region.bottom * picture.height + 1) // BLOCK) * BLOCK, picture.height)
    ImageDraw.Draw(picture).rectangle((left, top, right - 1, bottom - 1), fill=(_INK, _INK, _INK))
    return left, top, right, bottom


def _plain(picture: Image.Image) -> Image.Image:
    """Grey where there is no colour: a third of the size. Only pixels are taken along."""
    red, green, blue = picture.split()
    same = not ImageChops.difference(red, green).getbbox() and not ImageChops.difference(red, blue).getbbox()
    return red if same else picture


def _glyphs(page: pdfium.PdfPage) -> Iterator[Glyph]:
    text = page.get_textpage()
    for index in range(text.count_chars()):
        sign = chr(pdfium_c.FPDFText_GetUnicode(text, index) or 32)
        yield Glyph(sign=sign, box=None if sign.isspace() else _box(page, text, index))
    text.close()


def _box(
    page: pdfium.PdfPage, text: pdfium.PdfTextPage, index: int
) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = text.get_charbox(index, loose=True)
    (x1, y1), (x2, y2) = _seen_at(page, left, bottom), _seen_at(page, right, top)
    box = min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
    beside = box[0] >= 1 or box[1] >= 1 or box[2] <= 0 or box[3] <= 0
    return None if beside else box


def _seen_at(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """From the page's own space to fractions of what is seen: turned and cropped pages too."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE


def _prove(target: Path, pages: int, painted: Mapping[int, Sequence[tuple[int, int, int, int]]]) -> None:
    """Read the new file as a stranger would: no text, no notes, nothing attached, regions of one colour."""
    document = pdfium.PdfDocument(target)
    if len(document) != pages or document.count_attachments() or document.get_metadata_dict(skip_empty=True):
        raise RemovalNotProven(page=0)
    for number in range(1, pages + 1):
        _begin_page()
        page = document[number - 1]
        objects = list(page.get_objects())
        text = page.get_textpage()
        if len(objects) != 1 or text.count_chars() or pdfium_c.FPDFPage_GetAnnotCount(page):
            raise RemovalNotProven(page=number)
        if painted[number]:
            image = objects[0]
            if not isinstance(image, pdfium.PdfImage):
                raise RemovalNotProven(page=number)
            kept = image.get_bitmap().to_pil().convert("RGB")
            if any(set(kept.crop(box).getextrema()) != {(_INK, _INK)} for box in painted[number]):
                raise RemovalNotProven(page=number)
        text.close()
        page.close()
