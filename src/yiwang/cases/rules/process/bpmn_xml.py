"""BPMN files as XML: parsed without entities, network or document types, and with the line of every fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.safe_xml import XmlRefused, read_xml
from yiwang.kernel.text import Text

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
YW = "urn:yiwang:bpmn:1"
MOST_TEXT = 2_000
# Also names in FEEL, as in outcome.<id>: no hyphens or dots.
ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
WORD = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(slots=True)
class Faults:
    """Collects what is wrong with one file."""

    file: str
    found: list[DefinitionProblem] = field(default_factory=list)

    def add(self, element: etree._Element | None, reason: Text) -> None:
        """Note a fault at an element."""
        line = (element.sourceline or 0) if element is not None else 0
        self.found.append(DefinitionProblem(self.file, line, shown_id(element), reason))


def shown_id(element: etree._Element | None) -> str:
    """The id of an element, or of the nearest one around it that has any."""
    while element is not None:
        if element.get("id"):
            return str(element.get("id"))
        element = element.getparent()
    return ""


def local(element: etree._Element) -> str:
    """The name without its namespace."""
    return etree.QName(element).localname


def is_bpmn(element: etree._Element, *names: str) -> bool:
    """Whether it is one of these BPMN elements."""
    return element.tag in {f"{{{BPMN}}}{name}" for name in names}


def children(element: etree._Element, name: str | None = None) -> Iterator[etree._Element]:
    """The child elements, or those of one BPMN name."""
    for child in element:
        if isinstance(child.tag, str) and (name is None or child.tag == f"{{{BPMN}}}{name}"):
            yield child


def parsed(content: bytes, faults: Faults) -> etree._Element | None:
    """The root element; None with a fault noted if it is no acceptable XML."""
    try:
        root = read_xml(content)
    except XmlRefused as refused:
        faults.found.append(DefinitionProblem(faults.file, refused.line, "", refused.reason))
        return None
    etree.strip_tags(root, etree.Comment)
    if not is_bpmn(root, "definitions"):
        faults.add(
            root,
            Text(
                f"根元素是{local(root)}，应为bpmn:definitions",
                f"the root is {local(root)}, not bpmn:definitions",
            ),
        )
        return None
    return root


class Attributes:
    """The attributes of one element, each asked for once; what nobody asked for is a fault."""

    def __init__(self, element: etree._Element, faults: Faults) -> None:
        self.element = element
        self.faults = faults
        self._left = {str(key): str(value) for key, value in element.attrib.items()}

    def plain(self, key: str) -> str | None:
        """A BPMN attribute."""
        return self._cleaned(key, self._left.pop(key, None))

    def own(self, key: str) -> str | None:
        """A yw: attribute."""
        return self._cleaned(f"yw:{key}", self._left.pop(f"{{{YW}}}{key}", None))

    def needed(self, key: str, why: Text) -> str | None:
        """A yw: attribute that must be there."""
        value = self.own(key)
        if value is None:
            self.faults.add(self.element, Text(f"缺少yw:{key}：{why.zh}", f"yw:{key} is missing: {why.en}"))
        return value

    def flag(self, key: str, default: bool) -> bool:  # noqa: FBT001  # XML's own booleans
        """A BPMN boolean."""
        return self._truth(key, self.plain(key), default=default)

    def own_flag(self, key: str) -> bool:
        """A yw: boolean, false unless it is said."""
        return self._truth(f"yw:{key}", self.own(key), default=False)

    def _truth(self, key: str, value: str | None, *, default: bool) -> bool:
        if value not in {None, "true", "false", "1", "0"}:
            self.faults.add(
                self.element,
                Text(f"{key}是“{value}”，应为true或false", f"{key} is {value!r}, not true or false"),
            )
        return default if value is None else value in {"true", "1"}

    def words(self, key: str) -> tuple[str, ...]:
        """A yw: list of codes separated by commas."""
        value = self.own(key)
        if value is None:
            return ()
        found = tuple(word.strip() for word in value.split(","))
        for word in found:
            if not WORD.fullmatch(word):
                self.faults.add(
                    self.element,
                    Text(
                        f"yw:{key}：“{word}”不是小写字母的编码",
                        f"yw:{key}: {word!r} is not a code of small letters",
                    ),
                )
        if len(set(found)) != len(found):
            self.faults.add(self.element, Text(f"yw:{key}有重复", f"yw:{key} names something twice"))
        return found

    def name(self, *, needed: bool) -> Text:
        """``name`` is Chinese, ``yw:nameEn`` English; one without the other is a fault."""
        zh, en = self.plain("name"), self.own("nameEn")
        if zh is None and en is None and needed:
            self.faults.add(
                self.element,
                Text(
                    "缺少name（中文名称）和yw:nameEn（英文名称）",
                    "name (Chinese) and yw:nameEn (English) are missing",
                ),
            )
        elif zh is None and en is not None:
            self.faults.add(self.element, Text("缺少name（中文名称）", "name (Chinese) is missing"))
        elif en is None and zh is not None:
            self.faults.add(self.element, Text("缺少yw:nameEn（英文名称）", "yw:nameEn (English) is missing"))
        return Text(zh or "", en or "")

    def rest(self) -> None:
        """Note what nobody asked for: it would silently do nothing."""
        for key in self._left:
            qualified = etree.QName(key)
            if qualified.namespace != XSI:
                prefix = "yw:" if qualified.namespace == YW else ""
                foreign = f" of {qualified.namespace}" if qualified.namespace not in {None, YW} else ""
                self.faults.add(
                    self.element,
                    Text(
                        f"{local(self.element)}上的{prefix}{qualified.localname}{foreign}没有意义",
                        f"{prefix}{qualified.localname}{foreign} has no meaning on {local(self.element)}",
                    ),
                )

    def _cleaned(self, key: str, value: str | None) -> str | None:
        if value is None or not value.strip():
            return None
        if len(value) > MOST_TEXT:
            self.faults.add(
                self.element,
                Text(f"{key}超过{MOST_TEXT}个字符", f"{key} is longer than {MOST_TEXT} characters"),
            )
            return None
        return value.strip()
