"""Asks the severing program, in a process of its own, and reads its answer."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import structlog
from pydantic import BaseModel, ConfigDict

from yiwang.kernel.errors import YiwangError
from yiwang.portal.disclosure.severing import contracts
from yiwang.portal.disclosure.severing.contracts import (
    MOST_BYTES,
    DocumentTooHeavy,
    DocumentUnreadable,
    Findings,
    Region,
    Severed,
    SourceKind,
)

#: Longer than the processor time that the program allows itself.
_MOST_WAIT = 1_800
#: Processor time for one page. Measured: 0.05 s for a page of print, 0.4 s for one of A0.
PAGE_SECONDS = 20.0
_SOURCE_ROOT = str(Path(__file__).resolve().parents[4])
log = structlog.get_logger()


class _Answer(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    refused: str = ""
    fields: dict[str, int] = {}
    pages: int = 0
    regions: list[dict[str, float]] = []
    counts: list[int] = []
    pages_without_text: list[int] = []


def sever(content: bytes, kind: SourceKind, regions: Sequence[Region]) -> Severed:
    """Give the document without the regions, made of pictures only and examined.

    Raises:
        one of the refusals of ``contracts``; nothing is kept of the attempt.
    """
    answer, made = _asked(
        content, {"act": "sever", "kind": kind, "regions": [asdict(each) for each in regions]}
    )
    log.info("portal.document_severed", pages=answer.pages, regions=len(regions), bytes=len(made))
    return Severed(
        content=made,
        sha256=hashlib.sha256(made).hexdigest(),
        source_sha256=hashlib.sha256(content).hexdigest(),
        pages=answer.pages,
        regions=tuple(regions),
    )


def find_words(content: bytes, words: Sequence[str]) -> Findings:
    """Where words stand in the text of a PDF. Words in pictures, stamps and filled fields are not found."""
    answer, _ = _asked(content, {"act": "find", "kind": SourceKind.PDF, "words": list(words)})
    return Findings(
        pages=answer.pages,
        regions=tuple(_region(each) for each in answer.regions),
        counts=tuple(answer.counts),
        pages_without_text=tuple(answer.pages_without_text),
    )


def show_page(content: bytes, kind: SourceKind, page: int) -> tuple[bytes, int]:
    """A page as a PNG to mark on, and the number of pages."""
    answer, made = _asked(content, {"act": "show", "kind": kind, "page": page})
    return made, answer.pages


def _region(told: dict[str, float]) -> Region:
    sides = {side: told[side] for side in ("left", "top", "right", "bottom")}
    return Region(page=int(told["page"]), **sides)


def _asked(content: bytes, order: dict[str, object]) -> tuple[_Answer, bytes]:
    if len(content) > MOST_BYTES:
        raise DocumentTooHeavy
    with tempfile.TemporaryDirectory(prefix="yiwang-severing-") as place:
        folder = Path(place)
        (folder / "source").write_bytes(content)
        # Words to be taken out are secrets: in a folder of mode 0700, not an argument that anyone's ps shows.
        (folder / "order.json").write_text(json.dumps(order | {"page_seconds": PAGE_SECONDS}))
        answer = _run(folder)
        target = folder / "target"
        return answer, target.read_bytes() if target.exists() else b""


def _run(folder: Path) -> _Answer:
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and a path that we made
            [sys.executable, "-P", "-m", "yiwang.portal.disclosure.severing", str(folder)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={"PYTHONPATH": _SOURCE_ROOT},
            cwd="/",
            timeout=_MOST_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise DocumentTooHeavy from late
    if done.returncode != 0:
        # Killed by a limit (time, memory) or fallen over a damaged file: there is no result either way.
        log.warning("portal.severing_ended", code=done.returncode)
        raise DocumentTooHeavy if done.returncode < 0 else DocumentUnreadable
    answer = _Answer.model_validate_json(done.stdout)
    if answer.refused:
        raise _refusal(answer)
    return answer


def _refusal(answer: _Answer) -> YiwangError:
    kinds = {
        kind.__name__: kind
        for kind in vars(contracts).values()
        if isinstance(kind, type) and issubclass(kind, YiwangError)
    }
    return kinds[answer.refused](**answer.fields)
