"""Mark what is to be taken out of a document; marks travel in the form, so nothing of them is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text
from yiwang.platform.files import read
from yiwang.platform.models import StoredFile
from yiwang.portal.disclosure.api import find_words, sever, show_page
from yiwang.portal.disclosure.severing.contracts import Region, Severed, SourceKind

_MOST_WORDS, _LONGEST = 50, 100
#: A form of Django has 1,000 fields at most; a mark that was dropped in silence would be a leak.
_MOST_REGIONS = 900
_TOO_MANY_WORDS = Text(
    "一次最多查找 {words} 个词，每个不超过 {longest} 字，请分几次查找。",
    "At most {words} lines of up to {longest} characters at once; look in several goes.",
)
_TOO_MANY_MARKS = Text(
    "标记超过 {most} 处，未加入。请把文件分成几份处理。",
    "More than {most} marks; these were not added. Split the document.",
)
_FOUND = Text("找到 {count} 处", "Found {count} times")
_SILENT = Text(
    "第 {pages} 页没有文字（多为扫描件），请逐页查看并用方框标出。",
    "Pages {pages} hold no text (scans, as a rule): look at each and mark rectangles.",
)
_WRONG = Text(
    "方框的四边为 0 到 100，左小于右、上小于下", "Sides are 0 to 100, left before right, top before bottom"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document is marked: its page's address without the number, the way back, the last button."""

    pictures: str
    back: str
    finish: Text
    note: Text


def marked(
    request: HttpRequest,
    stored: StoredFile,
    kind: SourceKind,
    place: Place,
    done: Callable[[Severed], HttpResponse | FileResponse],
) -> HttpResponse | FileResponse:
    """The page on which marks are made; ``done`` answers once the document was severed."""
    content = read(stored)
    regions = list(dict.fromkeys(_read_regions(request)))
    notes: list[Text] = []
    problem: Text | None = None
    act = request.POST.get("act", "")
    try:
        if act == "find":
            regions, notes, problem = _with_words(request, content, regions)
        elif act == "add":
            added = _typed(request)
            regions, problem = ([*regions, added], None) if added is not None else (regions, _WRONG)
        elif act == "sever":
            return done(sever(content, kind, regions))
    except RuleViolation as refused:
        problem = refused.sentence
    page = _whole(request.POST.get("show") or request.POST.get("page") or request.GET.get("page", ""))
    picture, pages = show_page(content, kind, page)
    context = {
        "place": place,
        "picture": f"{place.pictures}{page}.png",
        "name": stored.name,
        "page": page,
        "pages": range(1, pages + 1),
        "width": int.from_bytes(picture[16:20]),
        "height": int.from_bytes(picture[20:24]),
        "regions": [_shown(region, picture) for region in regions],
        "words": request.POST.get("words", ""),
        "has_text": kind is SourceKind.PDF,
        "notes": notes,
        "problem": problem,
    }
    return render(request, "portal/disclosure/severing.html", context, status=422 if problem else 200)


def picture_of(stored: StoredFile, kind: SourceKind, page: int) -> HttpResponse:
    """A page of the document as it is."""
    picture, _ = show_page(read(stored), kind, page)
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "private, no-store"})


def _with_words(
    request: HttpRequest, content: bytes, regions: list[Region]
) -> tuple[list[Region], list[Text], Text | None]:
    """The marks with those of the words that were found, what to tell, and why nothing was added."""
    words = [line.strip() for line in request.POST.get("words", "").splitlines() if line.strip()]
    if len(words) > _MOST_WORDS or any(len(word) > _LONGEST for word in words):
        return regions, [], _TOO_MANY_WORDS.fill(words=_MOST_WORDS, longest=_LONGEST)
    findings = find_words(content, words)
    together = list(dict.fromkeys([*regions, *findings.regions]))
    if len(together) > _MOST_REGIONS:
        return regions, [], _TOO_MANY_MARKS.fill(most=_MOST_REGIONS)
    told = [_FOUND.fill(count=count) for count in findings.counts]
    notes = [
        Text(f"“{word}”：{said.zh}", f"“{word}”: {said.en}") for word, said in zip(words, told, strict=True)
    ]
    if findings.pages_without_text:
        notes.append(_SILENT.fill(pages=", ".join(map(str, findings.pages_without_text[:50]))))
    return together, notes, None


def _read_regions(request: HttpRequest) -> list[Region]:
    found = []
    for written in request.POST.getlist("region"):
        page, _, sides = written.partition(":")
        numbers = [_share(side) for side in sides.split(",")]
        region = _region(_whole(page), numbers)
        if region is not None:
            found.append(region)
    return found


def _typed(request: HttpRequest) -> Region | None:
    sides = [request.POST.get(side, "") for side in ("left", "top", "right", "bottom")]
    return _region(_whole(request.POST.get("page", "")), [_share(side, of=100) for side in sides])


def _region(page: int, sides: list[float | None]) -> Region | None:
    known = [side for side in sides if side is not None and 0 <= side <= 1]
    if len(known) != 4 or len(sides) != 4 or known[0] >= known[2] or known[1] >= known[3]:
        return None
    return Region(page=page, left=known[0], top=known[1], right=known[2], bottom=known[3])


def _share(written: str, *, of: int = 1) -> float | None:
    try:
        return float(written[:20]) / of
    except ValueError:
        return None


def _whole(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 5 else 1


def _shown(region: Region, picture: bytes) -> dict[str, object]:
    width, height = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    sides = (region.left, region.top, region.right, region.bottom)
    return {
        "page": region.page,
        "value": f"{region.page}:" + ",".join(f"{side:.6f}" for side in sides),
        "x": round(region.left * width),
        "y": round(region.top * height),
        "w": round((region.right - region.left) * width),
        "h": round((region.bottom - region.top) * height),
        "left": round(region.left * 100),
        "top": round(region.top * 100),
    }
