"""A definition as the YAML that a pack would hold; what is written reads back the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from yiwang.platform.contracts import Json

_WIDTH = 110
#: Words that the strict reader refuses to guess at and that YAML would leave without quotation marks.
_QUOTED = re.compile(r"(?i)y|n")


class _Writer(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(writer: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "'" if _QUOTED.fullmatch(value) else None
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _mapping(writer: yaml.SafeDumper, value: dict[str, object]) -> yaml.MappingNode:
    flat = not any(isinstance(each, list) for each in value.values())
    return writer.represent_mapping("tag:yaml.org,2002:map", value, flow_style=flat)


class _Whole(dict[str, Json]):
    """The definition itself: never on one line."""


def _whole(writer: yaml.SafeDumper, value: _Whole) -> yaml.MappingNode:
    return writer.represent_mapping("tag:yaml.org,2002:map", value, flow_style=False)


_Writer.add_representer(str, _text)
_Writer.add_representer(dict, _mapping)
_Writer.add_representer(_Whole, _whole)


def as_text(data: Mapping[str, Json]) -> str:
    """Give the definition in YAML."""
    return yaml.dump(_Whole(data), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=_WIDTH)
