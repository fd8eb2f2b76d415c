"""Checks a catalogue against DCAT-AP 3's shapes: a program of its own, ``python -m …shacl_check``.

Reads JSON-LD from standard input and writes a JSON list of what is wrong. It is a process of its own because
rdflib and pyshacl take 26 MB and 0.7 s to load, which web processes must not pay; nothing else of
the platform imports this module.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyshacl
from rdflib import RDF, Graph, Literal, Namespace
from rdflib.term import Node

_SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPES = Path(__file__).with_name("shapes.ttl")


def faults_in(text: str, form: str = "json-ld") -> list[dict[str, str]]:
    """What is wrong with a catalogue: node, property, reason in both languages, whether only a warning."""
    graph = Graph().parse(data=text, format=form)
    shapes = Graph().parse(SHAPES, format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=False, inplace=True)
    if not isinstance(report, Graph):
        raise TypeError("the check gave no report")
    found = [_fault(report, result) for result in report.subjects(RDF.type, _SH.ValidationResult)]
    unique = {json.dumps(fault, sort_keys=True): fault for fault in found}
    return [unique[key] for key in sorted(unique)]


def _fault(report: Graph, result: Node) -> dict[str, str]:
    messages = {
        str(message.language): str(message)
        for message in report.objects(result, _SH.resultMessage)
        if isinstance(message, Literal)
    }
    return {
        "node": str(report.value(result, _SH.focusNode)),
        "path": str(report.value(result, _SH.resultPath) or ""),
        "zh": messages.get("zh", ""),
        "en": messages.get("en", ""),
        "severity": "warning" if report.value(result, _SH.resultSeverity) == _SH.Warning else "violation",
    }


if __name__ == "__main__":
    json.dump(faults_in(sys.stdin.read()), sys.stdout, ensure_ascii=False)
