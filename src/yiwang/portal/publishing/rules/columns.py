"""Which kind a column is of, which says how often it must change."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from yiwang.portal.publishing.definitions import ColumnKind, ColumnRule


def kind_of_column(site: str, address: str, rules: Sequence[ColumnRule]) -> ColumnKind:
    """By the first rule that fits; news where none does, so that nobody's column is forgotten."""
    for rule in rules:
        if fnmatchcase(site, rule.site) and fnmatchcase(address.strip("/"), rule.address):
            return rule.kind
    return ColumnKind.NEWS
