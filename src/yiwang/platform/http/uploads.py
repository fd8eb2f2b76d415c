"""Uploads on their way in: no more of a file is written than any place takes, and a full disk is told.

The rest of a file that is too large is read and counted, not kept, so that the page which asked for it can
say how large it was. A handler lives for one request; the second bound holds for all files of it together.
"""

from __future__ import annotations

import errno
import io

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest

#: Above the largest that a pack may ask for (``most_megabytes``, 200).
MOST_BYTES = 210_000_000
MOST_BYTES_TOGETHER = 600_000_000
FULL = {errno.ENOSPC, errno.EDQUOT}
_MARK = "disk_full"


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Larger files go to the disk, within bounds; smaller ones have been kept in memory before."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._together = 0
        self._is_full = False

    def new_file(  # noqa: PLR0917 - Django's signature
        self,
        field_name: str,
        file_name: str,
        content_type: str,
        content_length: int | None,
        charset: str | None = None,
        content_type_extra: dict[str, bytes] | None = None,
    ) -> None:
        """A file begins."""
        self._is_full = False
        try:
            super().new_file(field_name, file_name, content_type, content_length, charset, content_type_extra)
        except OSError as problem:
            self._note(problem)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write what is within bounds."""
        self._together += len(raw_data)
        if self._is_full or start + len(raw_data) > MOST_BYTES or self._is_beyond:
            return None
        try:
            self.file.write(raw_data)
        except OSError as problem:
            self._note(problem)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """The file, with the size that was sent; of what could not be written only a mark is left."""
        if not self._is_full:
            try:
                self.file.seek(0)  # writes what is still held back
            except OSError as problem:
                self._note(problem)
        if self._is_full:
            return marked_full(self.file_name or "", file_size)
        self.file.size = max(file_size, MOST_BYTES + 1) if self._is_beyond else file_size
        return self.file

    @property
    def _is_beyond(self) -> bool:
        return self._together > MOST_BYTES_TOGETHER

    def _note(self, problem: OSError) -> None:
        if problem.errno not in FULL:
            raise problem
        self._is_full = True


def marked_full(name: str, size: int) -> UploadedFile[bytes]:
    """Stands for a file that the disk had no room for."""
    empty = InMemoryUploadedFile(io.BytesIO(), None, name, "", size, None)
    empty.content_type_extra = {_MARK: b"1"}
    return empty


def is_full(upload: UploadedFile[bytes]) -> bool:
    """Whether the disk had no room for it."""
    return _MARK in (upload.content_type_extra or {})
