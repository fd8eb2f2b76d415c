"""Asks the reading program, in a process of its own, and reads its answer."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import structlog
from pydantic import BaseModel, ConfigDict

from yiwang.portal.openness.reading.contracts import (
    MOST_BYTES,
    DocumentKind,
    DocumentTooHeavy,
    DocumentUnreadable,
)
from yiwang.portal.openness.rules.blocks import Block, from_stored

#: Longer than the processor time that the program allows itself.
_MOST_WAIT = 180
_SOURCE_ROOT = str(Path(__file__).resolve().parents[4])
log = structlog.get_logger()


class _Answer(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    refused: str = ""
    blocks: list[dict[str, str]] = []


def read_document(content: bytes, kind: DocumentKind) -> tuple[Block, ...]:
    """The words of a document.

    Raises:
        DocumentTooHeavy, DocumentUnreadable.
    """
    if len(content) > MOST_BYTES:
        raise DocumentTooHeavy
    with tempfile.TemporaryDirectory(prefix="yiwang-reading-") as place:
        source = Path(place, "source")
        source.write_bytes(content)
        answer = _run(kind, source)
    if answer.refused:
        raise DocumentTooHeavy if answer.refused == DocumentTooHeavy.__name__ else DocumentUnreadable
    return from_stored(answer.blocks)


def _run(kind: DocumentKind, source: Path) -> _Answer:
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and a path that we made
            [sys.executable, "-P", "-m", "yiwang.portal.openness.reading", kind.value, str(source)],
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
        log.warning("openness.reading_ended", code=done.returncode)
        raise DocumentTooHeavy if done.returncode < 0 else DocumentUnreadable
    return _Answer.model_validate_json(done.stdout)
