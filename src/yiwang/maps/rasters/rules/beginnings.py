"""What the first bytes of a file say that it is."""

from __future__ import annotations

#: TIFF and BigTIFF, little and big end first. What GDAL might take for another format never reaches it.
_BEGINNINGS = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


def is_tiff(first: bytes) -> bool:
    """Whether the first four bytes are those of a TIFF."""
    return first in _BEGINNINGS
