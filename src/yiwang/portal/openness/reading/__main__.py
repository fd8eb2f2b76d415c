"""``python -m yiwang.portal.openness.reading KIND FILE``: prints the blocks of a document as JSON.

Memory and time are bounded: strangers made the document.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from yiwang.kernel.errors import YiwangError
from yiwang.portal.openness.reading.contracts import DocumentKind, DocumentTooHeavy, DocumentUnreadable
from yiwang.portal.openness.reading.docx import read_docx
from yiwang.portal.openness.reading.ofd import read_ofd
from yiwang.portal.openness.reading.pdf import read_pdf
from yiwang.portal.openness.rules.blocks import stored, too_much

_MOST_MEMORY = 1 << 30
_MOST_SECONDS = 60
_READERS = {DocumentKind.DOCX: read_docx, DocumentKind.OFD: read_ofd, DocumentKind.PDF: read_pdf}


def main(kind: DocumentKind, path: Path) -> dict[str, object]:
    """``{"blocks": …}``, or ``{"refused": name}``."""
    try:
        blocks = _READERS[kind](path)
        return {"refused": DocumentTooHeavy.__name__} if too_much(blocks) else {"blocks": stored(blocks)}
    except YiwangError as refusal:
        return {"refused": type(refusal).__name__}
    except MemoryError:
        return {"refused": DocumentTooHeavy.__name__}
    except Exception:  # noqa: BLE001 - whatever a library makes of a hostile file, it is refused
        return {"refused": DocumentUnreadable.__name__}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(main(DocumentKind(sys.argv[1]), Path(sys.argv[2])), sys.stdout)
