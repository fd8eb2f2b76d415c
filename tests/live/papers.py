"""Files that people hand in: small, and really of their kind."""

from __future__ import annotations

import struct
import zlib

_PAGE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def a_pdf(name: str = "paper.pdf") -> dict[str, object]:
    """One empty page, as Playwright takes files."""
    return {"name": name, "mimeType": "application/pdf", "buffer": _PAGE}


def a_png(name: str = "plan.png") -> dict[str, object]:
    """One white dot."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    content = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")
    return {"name": name, "mimeType": "image/png", "buffer": content}
