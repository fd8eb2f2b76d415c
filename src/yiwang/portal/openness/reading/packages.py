"""Parts of zipped documents, within bounds; XML without entities or network."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from yiwang.portal.openness.reading.contracts import (
    MOST_PART,
    MOST_UNPACKED,
    DocumentTooHeavy,
    DocumentUnreadable,
)


class Package:
    """A zipped document; what is read is counted as it is unpacked, whatever the package says of itself."""

    def __init__(self, path: Path) -> None:
        self._file = zipfile.ZipFile(path)
        self._read = 0

    def names(self) -> list[str]:
        """The names of its parts."""
        return self._file.namelist()

    def part(self, name: str) -> bytes:
        """A part; raises DocumentTooHeavy, or DocumentUnreadable where there is none."""
        try:
            with self._file.open(name) as stream:
                content = stream.read(MOST_PART + 1)
        except KeyError:
            raise DocumentUnreadable from None
        self._read += len(content)
        if len(content) > MOST_PART or self._read > MOST_UNPACKED:
            raise DocumentTooHeavy
        return content

    def xml(self, name: str) -> etree._Element:
        """A part that is XML; one that declares a document type is refused: none of ours has one."""
        content = self.part(name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            raise DocumentUnreadable from None
        if root.getroottree().docinfo.doctype:
            raise DocumentUnreadable
        return root
