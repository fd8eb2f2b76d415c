"""Reads DCAT from outside: a program of its own, ``python -m …rdf_reading turtle|json-ld``.

Takes the document on standard input and writes a JSON list of entries. A process of its own for two reasons:
rdflib is heavy, and what others send may be made to hurt. So it has no network (a JSON-LD context from
elsewhere would be fetched), little memory and little time.
"""

from __future__ import annotations

import json
import resource
import socket
import sys
from typing import NoReturn

from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

_MEMORY = 1_500_000_000
_SECONDS = 120
_MOST_WAYS = 100


def entries_in(content: bytes, form: str) -> list[dict[str, object]]:
    """Every data set of a graph, sorted by its address."""
    graph = Graph().parse(data=content, format=form)
    return [_entry(graph, node) for node in sorted(graph.subjects(RDF.type, DCAT.Dataset), key=str)]


def _entry(graph: Graph, node: Node) -> dict[str, object]:
    identifier = graph.value(node, DCTERMS.identifier)
    ways = sorted(graph.objects(node, DCAT.distribution), key=str)[:_MOST_WAYS]
    landing = graph.value(node, DCAT.landingPage)
    return {
        "identifier": str(node) if isinstance(node, URIRef) else str(identifier or ""),
        "titles": _texts(graph, node, DCTERMS.title),
        "summaries": _texts(graph, node, DCTERMS.description),
        "publishers": _publisher(graph, node),
        "keywords": sorted({str(word) for word in graph.objects(node, DCAT.keyword)}),
        "issued": str(graph.value(node, DCTERMS.issued) or ""),
        "changed": str(graph.value(node, DCTERMS.modified) or ""),
        "address": str(landing or (node if isinstance(node, URIRef) else "")),
        "ways": [way for each in ways if (way := _way(graph, each))["address"]],
    }


def _texts(graph: Graph, node: Node, name: URIRef) -> dict[str, str]:
    found = sorted(graph.objects(node, name), key=lambda said: (getattr(said, "language", None) or "", said))
    return {(said.language or ""): str(said) for said in found if isinstance(said, Literal)}


def _publisher(graph: Graph, node: Node) -> dict[str, str]:
    publisher = graph.value(node, DCTERMS.publisher)
    if publisher is None:
        return {}
    if isinstance(publisher, Literal):
        return {"": str(publisher)}
    return _texts(graph, publisher, FOAF.name) or _texts(graph, publisher, SKOS.prefLabel)


def _way(graph: Graph, node: Node) -> dict[str, str]:
    address = graph.value(node, DCAT.downloadURL) or graph.value(node, DCAT.accessURL) or ""
    form = str(graph.value(node, DCTERMS.format) or "").rsplit("/", 1)[-1]
    media = str(graph.value(node, DCAT.mediaType) or "").rsplit("media-types/", 1)[-1]
    titles = _texts(graph, node, DCTERMS.title)
    title = next(iter(titles.values()), "")
    return {"title": title, "address": str(address), "format": form, "media_type": media}


def _refuse(*_: object, **__: object) -> NoReturn:
    raise OSError("this program has no network")


def _lock_in() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    socket.socket.connect = _refuse  # type: ignore[method-assign]
    socket.getaddrinfo = _refuse


if __name__ == "__main__":
    _lock_in()
    json.dump(entries_in(sys.stdin.buffer.read(), sys.argv[1]), sys.stdout, ensure_ascii=False)
