"""RDF graphs as trees of nodes, written as Turtle and as JSON-LD.

Written here and not by a library: web processes answer these documents, and rdflib takes 17 MB and 0.4 s
to load. Tests read both texts back with rdflib and find the same graph. Every node has an
address, so that an error of a check can be told with the entry that it belongs to. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yiwang.kernel.text import LANGUAGES, Text

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    #: What GB/T 21063 says and DCAT-AP has no word for.
    "yw": "urn:yiwang:catalogue:",
}
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20<>\"{}|^`\\\x7f]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Iri:
    """An address."""

    value: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text with a datatype of XML Schema, or a plain one."""

    value: str
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """Something with an address, its types and properties, all in short form such as ``dct:title``."""

    iri: str
    types: tuple[str, ...]
    properties: tuple[tuple[str, tuple[Value, ...]], ...]


Value = Iri | Literal | Node


def words(text: Text | None) -> tuple[Value, ...]:
    """A text in both languages; nothing for none."""
    if text is None:
        return ()
    return tuple(Literal(text.in_(tag), language=tag) for tag in LANGUAGES if text.in_(tag))


def as_turtle(nodes: Sequence[Node]) -> str:
    """Turtle with each node once, in the order of the tree."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    for node in nodes:
        for each in _all(node):
            lines += ["", *_block(each)]
    return "\n".join(lines) + "\n"


def _all(node: Node) -> Iterator[Node]:
    yield node
    for _, values in node.properties:
        for value in values:
            if isinstance(value, Node):
                yield from _all(value)


def _block(node: Node) -> list[str]:
    said = [f"    a {', '.join(node.types)}"] if node.types else []
    for name, values in node.properties:
        if values:
            said.append(f"    {name} {', '.join(_term(value) for value in values)}")
    return [_address(node.iri), *(f"{line} ;" for line in said[:-1]), f"{said[-1]} ."]


def _term(value: Value) -> str:
    if isinstance(value, Iri):
        return _address(value.value)
    if isinstance(value, Node):
        return _address(value.iri)
    text = '"' + "".join(_escaped(character) for character in value.value) + '"'
    if value.language:
        return f"{text}@{value.language}"
    return f"{text}^^{value.datatype}" if value.datatype else text


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return f"\\u{ord(character):04X}" if ord(character) < 32 or ord(character) == 127 else character


def safe_address(address: str) -> str:
    """An address with the characters percent-encoded that RDF doesn't take."""
    return _NOT_IN_ADDRESSES.sub(lambda found: f"%{ord(found[0]):02X}", address)


def _address(address: str) -> str:
    return f"<{safe_address(address)}>"


def as_json_ld(nodes: Sequence[Node]) -> str:
    """JSON-LD 1.1; its context is only prefixes, so nobody needs to fetch one."""
    graph = [_object(node) for node in nodes]
    return json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _object(node: Node) -> dict[str, object]:
    found: dict[str, object] = {"@id": safe_address(node.iri)}
    if node.types:
        found["@type"] = list(node.types)
    for name, values in node.properties:
        if values:
            found[name] = [_value(value) for value in values]
    return found


def _value(value: Value) -> dict[str, object]:
    if isinstance(value, Iri):
        return {"@id": safe_address(value.value)}
    if isinstance(value, Node):
        return _object(value)
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return {"@value": value.value, "@type": value.datatype} if value.datatype else {"@value": value.value}
