"""Checks what packs want to publish, before anything is applied: the DCAT-AP of each resource, by SHACL."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from yiwang.exchange.catalogue.dcat import dataset_node
from yiwang.exchange.catalogue.items import item_of
from yiwang.exchange.definitions import ResourceDefinition
from yiwang.exchange.queries.catalogue import info_of
from yiwang.exchange.rules.rdf import PREFIXES, as_json_ld
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Definition, PathKey

#: Nodes need some address; this one is nobody's (RFC 6761).
_SITE = "https://catalogue.invalid"
_SECONDS = 120
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
#: What stands in a resource's file for a property of DCAT-AP.
_FIELDS: dict[str, PathKey] = {
    "dct:title": ("title",),
    "dct:description": ("summary",),
    "dct:publisher": ("owner",),
    "foaf:name": ("owner",),
    "dcat:theme": ("category",),
    "dcat:keyword": ("keywords",),
    "dct:accrualPeriodicity": ("updated",),
    "dct:accessRights": ("sharing",),
    "dct:relation": ("related",),
    "dcat:distribution": ("sharing",),
}


def check_published(definitions: Iterable[Definition]) -> list[DefinitionProblem]:
    """Check every resource; problems name file, line and field. What is only recommended is a warning."""
    wanted = {each.code: each for each in definitions if each.kind == "resources"}
    if not wanted:
        return []
    nodes = []
    for definition in wanted.values():
        model = ResourceDefinition.model_validate_json(json.dumps(definition.content))
        publisher = Text(model.owner, model.owner)
        item = item_of(info_of(model), publisher=publisher, at=_LONG_AGO)
        nodes.append(dataset_node(item, site=_SITE))
    return [_problem(fault, wanted) for fault in faults_of(as_json_ld(nodes)) if _is_ours(fault, wanted)]


def faults_of(json_ld: str) -> list[dict[str, str]]:
    """Run the check in a process of its own; raises CalledProcessError or TimeoutExpired if it breaks."""
    done = subprocess.run(
        [sys.executable, "-m", "yiwang.exchange.catalogue.shacl_check"],
        input=json_ld,
        capture_output=True,
        text=True,
        check=True,
        timeout=_SECONDS,
    )
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def _code(fault: Mapping[str, str]) -> str:
    return fault["node"].removeprefix(f"{_SITE}/catalogue/").split("/")[0]


def _is_ours(fault: Mapping[str, str], wanted: Mapping[str, Definition]) -> bool:
    return _code(fault) in wanted


def _problem(fault: Mapping[str, str], wanted: Mapping[str, Definition]) -> DefinitionProblem:
    short = fault["path"]
    for prefix, address in PREFIXES.items():
        if fault["path"].startswith(address):
            short = f"{prefix}:{fault['path'].removeprefix(address)}"
    source = wanted[_code(fault)].source
    reason = Text(f"{fault['zh']}（DCAT-AP：{short}）", f"{fault['en']} (DCAT-AP: {short})")
    found = source.problem(_FIELDS.get(short, ("code",)), reason)
    is_warning = fault["severity"] == "warning"
    return DefinitionProblem(
        file=found.file, line=found.line, path=found.path, reason=found.reason, is_warning=is_warning
    )
