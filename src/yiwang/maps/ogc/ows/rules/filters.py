"""Of Filter Encoding 2.0 (09-026r2) what GDAL asks boxes and names by: one BBOX, or names of features.

The XML is read as every text from outside: without entities, document types or network.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import _Element

from yiwang.kernel.safe_xml import XmlRefused, local_name, namespace, read_xml
from yiwang.kernel.text import Text
from yiwang.maps.ogc.ows.contracts import ServiceRefused, refused

_FES, _GML = "http://www.opengis.net/fes/2.0", "http://www.opengis.net/gml/3.2"
_ONLY = Text("只支持BBOX和ResourceId", "only BBOX and ResourceId are spoken")


@dataclass(frozen=True, slots=True)
class Filtered:
    """As the parameters BBOX and RESOURCEID would say it."""

    box: str = ""
    resources: str = ""


def read_fes(said: str) -> Filtered:
    """Read a filter.

    Raises:
        ServiceRefused: it is no XML, or has another operator.
    """
    try:
        root = read_xml(said.encode())
    except XmlRefused as fault:
        raise refused("FILTER", fault.reason) from None
    parts = [each for each in root if isinstance(each.tag, str)]
    if (local_name(root), namespace(root)) != ("Filter", _FES) or not parts:
        raise _not_spoken()
    if all((local_name(each), namespace(each)) == ("ResourceId", _FES) for each in parts):
        return Filtered(resources=",".join(str(each.get("rid", "")) for each in parts))
    if len(parts) == 1 and (local_name(parts[0]), namespace(parts[0])) == ("BBOX", _FES):
        return Filtered(box=_box(parts[0]))
    raise _not_spoken()


def _box(operator: _Element) -> str:
    found = [each for each in operator if local_name(each) == "Envelope" and namespace(each) == _GML]
    if len(found) != 1:
        raise _not_spoken()
    corners = [
        (each.text or "").split()
        for name in ("lowerCorner", "upperCorner")
        for each in found[0].findall(f"{{{_GML}}}{name}")
    ]
    if [len(each) for each in corners] != [2, 2]:
        raise refused("FILTER", Text("Envelope应有两个角点", "an Envelope has a lower and an upper corner"))
    named = found[0].get("srsName")
    return ",".join([*corners[0], *corners[1], *([str(named)] if named else [])])


def _not_spoken() -> ServiceRefused:
    return ServiceRefused("OptionNotSupported", "FILTER", _ONLY)
