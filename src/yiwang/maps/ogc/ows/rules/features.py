"""Requests of WFS 2.0 (09-025r2) for features, as KVP has them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.maps.ogc.ows.contracts import ServiceRefused, missing, refused
from yiwang.maps.ogc.ows.rules.filters import read_fes
from yiwang.maps.ogc.ows.rules.gml import PREFIX
from yiwang.maps.ogc.ows.rules.pairs import Pairs
from yiwang.maps.ogc.rules.boxes import Rectangle, read_box
from yiwang.maps.ogc.rules.systems import KEPT, System, system_of

_NAME = re.compile(rf"\(?(?:{PREFIX}:)?(?P<code>[a-z][a-z0-9_]{{1,40}})\)?", re.ASCII)
_RESOURCE = re.compile(r"(?P<code>[a-z][a-z0-9_]{1,40})\.(?P<entry>[0-9]{1,18})", re.ASCII)
_MOST_TYPES, _MOST_RESOURCES = 500, 1_000
BY_ID = "urn:ogc:def:query:OGC-WFS::GetFeatureById"
GML_TYPE, JSON_TYPE = "application/gml+xml; version=3.2", "application/geo+json"
_FORMS = {
    "text/xml;subtype=gml/3.2": GML_TYPE,
    "text/xml;subtype=gml/3.2.1": GML_TYPE,
    "gml32": GML_TYPE,
    "application/gmlxml;version=3.2": GML_TYPE,
    "application/json": JSON_TYPE,
    "application/geojson": JSON_TYPE,
    "json": JSON_TYPE,
}
#: Of what the standard has beyond its class Simple; passing over one would answer another question.
_NOT_SPOKEN = ("SORTBY", "ALIASES", "RESOLVE", "VALUEREFERENCE")
_NO_TYPE = Text("没有这个要素类型", "there is no such feature type")


@dataclass(frozen=True, slots=True)
class Resources:
    """Entries of one layer; None asks for all."""

    code: str
    entries: tuple[int, ...] | None


def read_types(said: str) -> tuple[str, ...]:
    """Codes of layers as TYPENAMES has them.

    Raises:
        ServiceRefused: no type can be called so.
    """
    names = said.split(",")
    found = [_NAME.fullmatch(each.strip()) for each in names]
    if len(names) > _MOST_TYPES or None in found:
        raise refused("TYPENAMES", _NO_TYPE)
    return tuple(dict.fromkeys(each["code"] for each in found if each is not None))


def read_resources(pairs: Pairs) -> Resources:
    """Which layer, and which of its features where they are named.

    Raises:
        ServiceRefused: none is named, or several types in one request.
    """
    said, named = pairs.get("RESOURCEID", ""), pairs.get("TYPENAMES") or pairs.get("TYPENAME") or ""
    codes, entries = read_types(named) if named else (), None
    if said:
        parts = [_RESOURCE.fullmatch(each.strip()) for each in said.split(",")]
        if len(parts) > _MOST_RESOURCES:
            raise refused("RESOURCEID", Text(f"至多{_MOST_RESOURCES}个", f"it has {_MOST_RESOURCES} at most"))
        found = [each for each in parts if each is not None]
        # what can't be the name of a feature names none: that is no fault (09-025r2, 7.9.2.5.1)
        entries = tuple(int(each["entry"]) for each in found if not codes or each["code"] in codes)
        codes = codes or tuple(dict.fromkeys(each["code"] for each in found))
    if not codes:
        raise missing("RESOURCEID" if said else "TYPENAMES")
    if len(codes) > 1:
        raise refused("TYPENAMES", Text("一次只能查询一种要素", "one request asks for one type"))
    return Resources(codes[0], entries)


def read_resource(said: str) -> tuple[str, int] | None:
    """Layer and entry of one feature's name; None where nothing is called so."""
    found = _RESOURCE.fullmatch(said)
    return None if found is None else (found["code"], int(found["entry"]))


def read_form(pairs: Pairs) -> str:
    """The media type of the answer.

    Raises:
        ServiceRefused
    """
    said = pairs.get("OUTPUTFORMAT", "")
    # an unescaped plus sign arrives as a space
    found = _FORMS.get(re.sub(r"[ +]", "", said).lower()) if said else GML_TYPE
    if found is None:
        raise refused(
            "OUTPUTFORMAT", Text(f"应为{GML_TYPE}或{JSON_TYPE}", f"it is {GML_TYPE} or {JSON_TYPE}")
        )
    return found


def read_system(pairs: Pairs, name: str, default: System = KEPT) -> System:
    """A reference system by URN, URI or EPSG:….

    Raises:
        ServiceRefused
    """
    said = pairs.get(name)
    found = system_of(said) if said else default
    if found is None:
        raise refused(name, Text("没有这个坐标参照系", "there is no such coordinate reference system here"))
    return found


def read_boxes(pairs: Pairs) -> tuple[tuple[Rectangle, ...] | None, System]:
    """BBOX with its own reference system as the fifth value, axes in that system's order.

    Raises:
        ServiceRefused, ParameterRefused
    """
    said = pairs.get("BBOX")
    if not said:
        return None, KEPT
    parts = said.split(",")
    has_system = len(parts) in (5, 7)
    system = read_system({"BBOX": parts[-1].strip()}, "BBOX") if has_system else KEPT
    return read_box(",".join(parts[:-1] if has_system else parts), system, "BBOX"), system


def read_spoken(pairs: Pairs) -> Pairs:
    """The pairs with FILTER said as the parameters that it stands for.

    Raises:
        ServiceRefused: something is asked that this service does not speak.
    """
    for name in _NOT_SPOKEN:
        if pairs.get(name):
            why = Text("本服务没有此选项", "this service does not have the option")
            raise ServiceRefused("OptionNotSupported", name, why)
    if pairs.get("RESULTTYPE", "results").lower() not in ("results", "hits"):
        raise refused("RESULTTYPE", Text("应为results或hits", "it is results or hits"))
    said = pairs.get("FILTER")
    if not said:
        return pairs
    if pairs.get("BBOX") or pairs.get("RESOURCEID"):
        why = Text("不能与BBOX或RESOURCEID同时使用", "it does not stand beside BBOX or RESOURCEID")
        raise refused("FILTER", why)
    found = read_fes(said)
    return {**pairs, "BBOX": found.box, "RESOURCEID": found.resources}


def read_names(said: str) -> tuple[str, ...]:
    """Properties that are asked for, without their prefix."""
    names = said.strip().strip("()").split(",")
    return tuple(each.strip().removeprefix(f"{PREFIX}:") for each in names)
