"""Whether the city has the organisations and roles that its packs name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from yiwang.cases.api import named_in as named_by_cases
from yiwang.identity.api import BUILT_IN
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.maps.api import named_in as named_by_maps
from yiwang.maps.rasters.api import named_in as named_by_rasters
from yiwang.packs.api import Loaded
from yiwang.packs.contracts import Definition, Named
from yiwang.registers.api import named_in as named_by_registers

_NAMED: Mapping[str, Callable[[Definition], Iterable[Named]]] = {
    "cases": named_by_cases,
    "layers": named_by_maps,
    "processes": named_by_cases,
    "rasters": named_by_rasters,
    "registers": named_by_registers,
}
_REASONS = {
    "organisation": Text("城市没有机构“{code}”", "the city has no organisation {code!r}"),
    "role": Text("没有角色“{code}”", "there is no role {code!r}"),
}
_PERHAPS = Text("{said}；是否应为“{like}”？", "{said}; is {like!r} meant?")


def unknown_names(loaded: Loaded, organisations: frozenset[str]) -> Iterator[DefinitionProblem]:
    """Every organisation and role that is named and that isn't there, with what may have been meant."""
    roles = set(BUILT_IN) | {role.key for manifest in loaded.manifests.values() for role in manifest.roles}
    known = {"organisation": organisations, "role": frozenset(roles)}
    for definition in loaded.definitions.values():
        for named in _NAMED.get(definition.kind, _nothing)(definition):
            if named.code not in known[named.what]:
                yield replace(named.place, reason=_reason(named, known[named.what]))


def _reason(named: Named, known: frozenset[str]) -> Text:
    said = _REASONS[named.what].fill(code=named.code)
    like = get_close_matches(named.code, sorted(known), n=1)
    if not like:
        return said
    return Text(
        _PERHAPS.zh.format(said=said.zh, like=like[0]), _PERHAPS.en.format(said=said.en, like=like[0])
    )


def _nothing(definition: Definition) -> tuple[Named, ...]:
    return ()
