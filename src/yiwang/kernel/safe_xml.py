"""XML from outside: no entities, document types, network or giant files; every element knows its line."""

from __future__ import annotations

import re

from lxml import etree

from yiwang.kernel.text import Text

MAX_BYTES = 2_000_000
MAX_DEPTH = 100
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


class XmlRefused(ValueError):
    """The text is no XML that this city reads; ``line`` counts from 1."""

    def __init__(self, line: int, reason: Text) -> None:
        super().__init__(f"line {line}: {reason.en}")
        self.line = line
        self.reason = reason


def read_xml(content: bytes) -> etree._Element:
    """Parse a UTF-8 document and give its root; raises XmlRefused."""
    if len(content) > MAX_BYTES:
        raise XmlRefused(1, Text(f"超过{MAX_BYTES:,}字节", f"larger than {MAX_BYTES:,} bytes"))
    declared = _ENCODING.match(content)
    if declared is not None and declared.group(1).upper() not in (b"UTF-8", b"US-ASCII"):
        raise XmlRefused(1, Text("编码应为UTF-8", "the encoding must be UTF-8"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise XmlRefused(content[: fault.start].count(b"\n") + 1, Text("不是UTF-8", "not UTF-8")) from None
    # Refused before the parser sees it: entities may be expanded in attributes even when not resolved.
    for mark in ("<!DOCTYPE", "<!ENTITY"):
        if mark in text:
            raise XmlRefused(
                text[: text.index(mark)].count("\n") + 1,
                Text("不允许文档类型声明", "a document type is not allowed"),
            )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise XmlRefused(fault.lineno or 1, _malformed(fault.msg)) from None
    _refuse_deep(root)
    return root


def _malformed(said: str | None) -> Text:
    return Text(f"XML格式有误：{said or ''}", f"not well-formed XML: {said or ''}")


def _refuse_deep(root: etree._Element) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise XmlRefused(
                line_of(element), Text(f"嵌套超过{MAX_DEPTH}层", f"nested deeper than {MAX_DEPTH}")
            )


def line_of(element: etree._Element) -> int:
    """The line where an element begins."""
    return int(element.sourceline or 1)


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace; empty for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def namespace(element: etree._Element) -> str:
    """An element's namespace."""
    return etree.QName(element).namespace or "" if isinstance(element.tag, str) else ""
