"""``python -m yiwang.portal.disclosure.severing FOLDER``: does what ``order.json`` in the folder says.

The folder holds the document as ``source``; a new file becomes ``target``. Prints the answer as JSON, or the
name of the refusal with its fields. Memory, time and size are bounded: strangers made the document.
"""

from __future__ import annotations

import dataclasses
import json
import resource
import sys
from pathlib import Path

from yiwang.kernel.errors import YiwangError
from yiwang.portal.disclosure.severing import drawing
from yiwang.portal.disclosure.severing.contracts import (
    DocumentTooHeavy,
    DocumentUnreadable,
    Region,
    SourceKind,
)

#: Address space; PDFium and Pillow reserve 300 MB, a page of 40 million pixels takes 450 MB more.
_MOST_MEMORY = 2 << 30
_MOST_SECONDS = 900
_MOST_WRITTEN = 600_000_000


def _lock_in() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_WRITTEN, _MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(folder: Path) -> dict[str, object]:
    order = json.loads((folder / "order.json").read_text())
    drawing.limit_pages(order["page_seconds"])
    source, target, kind = folder / "source", folder / "target", SourceKind(order["kind"])
    match order["act"]:
        case "sever":
            regions = [Region(**region) for region in order["regions"]]
            return drawing.sever(source, kind, regions, target)
        case "find":
            return drawing.find(source, order["words"])
        case _:
            return drawing.show(source, kind, order["page"], target)


def main(folder: Path) -> dict[str, object]:
    """The answer, or ``{"refused": name, …fields}``."""
    try:
        return _answer(folder)
    except YiwangError as refusal:
        fields = {field.name: getattr(refusal, field.name) for field in dataclasses.fields(refusal)}
        return {"refused": type(refusal).__name__, "fields": fields}
    except (MemoryError, OSError):
        return {"refused": DocumentTooHeavy.__name__, "fields": {}}
    except Exception:  # noqa: BLE001 - whatever a library makes of a hostile file, it is refused
        return {"refused": DocumentUnreadable.__name__, "fields": {}}


if __name__ == "__main__":
    _lock_in()
    json.dump(main(Path(sys.argv[1])), sys.stdout)
