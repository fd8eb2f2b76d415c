"""The archive itself: a zip that is the same for the same files, read without trust."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from typing import NoReturn

from pydantic import ValidationError

from yiwang.kernel.text import Text
from yiwang.registers.templating.contracts import (
    MANIFEST,
    MOST_BYTES,
    MOST_FILES,
    PATH,
    TemplateManifest,
    TemplateRefused,
)

#: The first day that a zip can name: an archive doesn't tell when it was made.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FLAG_ENCRYPTED = 0x1
#: Where zip keeps the type of a Unix file; a template has plain files only.
_TYPE_SHIFT, _TYPE_MASK, _PLAIN = 16, 0o170000, frozenset({0, 0o100000})


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return sha256(content).hexdigest()


def write_archive(manifest: TemplateManifest, files: Mapping[str, bytes]) -> bytes:
    """Give the archive; the same files give the same bytes."""
    text = manifest.model_dump_json(by_alias=True, indent=2) + "\n"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for path, content in [(MANIFEST, text.encode()), *sorted(files.items())]:
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << _TYPE_SHIFT
            target.writestr(entry, content)
    return made.getvalue()


def read_archive(content: bytes) -> tuple[TemplateManifest, dict[str, bytes]]:
    """Give the manifest and the files that it lists.

    Raises:
        TemplateRefused: no archive, too large when unpacked, a path that is none of a template's, or a file
            that is not the one of the manifest.
    """
    found = _unpacked(content)
    text = found.pop(MANIFEST, None)
    if text is None:
        _refuse("没有manifest.json", "there is no manifest.json")
    try:
        manifest = TemplateManifest.model_validate_json(text)
    except ValidationError:
        _refuse("manifest.json不合格式", "manifest.json is not of the form of a template")
    if {path: digest(file) for path, file in found.items()} != manifest.files:
        _refuse("文件与manifest.json所列的不符", "the files are not those that manifest.json lists")
    if f"registers/{manifest.register_code}.yaml" not in found:
        _refuse("没有登记簿的定义", "the definition of the register is not in it")
    return manifest, found


def _unpacked(content: bytes) -> dict[str, bytes]:
    if len(content) > MOST_BYTES:
        _refuse("文件过大", "the file is too large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            return _files(source)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, UnicodeDecodeError):
        _refuse("不是完好的zip文件", "it is not a sound zip file")


def _files(source: zipfile.ZipFile) -> dict[str, bytes]:
    entries = source.infolist()
    if len(entries) > MOST_FILES:
        _refuse("文件太多", "it holds too many files")
    found: dict[str, bytes] = {}
    room = MOST_BYTES
    for entry in entries:
        name = entry.filename
        plain = (entry.external_attr >> _TYPE_SHIFT & _TYPE_MASK) in _PLAIN
        if not plain or entry.flag_bits & _FLAG_ENCRYPTED or not (name == MANIFEST or PATH.fullmatch(name)):
            _refuse("含有模板不应有的路径或文件", "it holds a path or file that no template has")
        if name in found:
            _refuse("同一路径出现两次", "a path comes twice")
        with source.open(entry) as file:
            # whatever the head of the entry says of its size
            found[name] = file.read(room + 1)
        room -= len(found[name])
        if room < 0:
            _refuse("解压后过大", "it is too large when unpacked")
    return found


def _refuse(zh: str, en: str) -> NoReturn:
    raise TemplateRefused(reason=Text(zh, en))
