"""A PDF that holds pictures of pages and nothing else: no text, no names, no dates, no second version."""

from __future__ import annotations

import io
import zlib
from typing import IO

from PIL import Image

#: Lossless pages of print are small; a photograph is not and becomes a JPEG.
_MOST_LOSSLESS = 600_000
_QUALITY = 85
#: A JPEG of full colour resolution is made of blocks of so many pixels.
BLOCK = 8


class PictureFile:
    """Writes page after page to a stream. The same pictures give the same bytes."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._places: dict[int, int] = {}
        self._pages: list[int] = []
        #: 1 is the catalogue, 2 the list of pages.
        self._next = 3
        self._out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def add(self, picture: Image.Image, *, width: float, height: float) -> None:
        """One page of ``width`` by ``height`` points, filled by the picture."""
        form, filter_name, content = _packed(picture)
        page, image, drawing = self._next, self._next + 1, self._next + 2
        self._next += 3
        self._pages.append(page)
        self._object(
            page,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] "
            b"/Resources << /XObject << /P %d 0 R >> >> /Contents %d 0 R >>"
            % (_number(width), _number(height), image, drawing),
        )
        self._stream(
            image,
            b"/Type /XObject /Subtype /Image /Width %d /Height %d "
            b"/ColorSpace /%s /BitsPerComponent 8 /Filter /%s"
            % (picture.width, picture.height, form, filter_name),
            content,
        )
        self._stream(drawing, b"", b"q %s 0 0 %s 0 0 cm /P Do Q" % (_number(width), _number(height)))

    def close(self) -> None:
        """Write the catalogue and the table of places."""
        self._object(1, b"<< /Type /Catalog /Pages 2 0 R >>")
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        self._object(2, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self._pages), kids))
        start = self._out.tell()
        rows = b"".join(b"%010d 00000 n \n" % self._places[number] for number in range(1, self._next))
        self._out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (self._next, rows))
        self._out.write(
            b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (self._next, start)
        )

    def _object(self, number: int, content: bytes) -> None:
        self._places[number] = self._out.tell()
        self._out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))

    def _stream(self, number: int, entries: bytes, content: bytes) -> None:
        head = b"<< %s /Length %d >>" % (entries, len(content))
        self._object(number, b"%s\nstream\n%s\nendstream" % (head, content))


def _packed(picture: Image.Image) -> tuple[bytes, bytes, bytes]:
    """Colour space, filter and bytes."""
    form = b"DeviceGray" if picture.mode == "L" else b"DeviceRGB"
    plain = zlib.compress(picture.tobytes(), 6)
    if len(plain) <= _MOST_LOSSLESS:
        return form, b"FlateDecode", plain
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return form, b"DCTDecode", out.getvalue()


def _number(value: float) -> bytes:
    return f"{value:.3f}".rstrip("0").rstrip(".").encode()
