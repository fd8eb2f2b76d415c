"""The rules in force: what packs declare over what comes with the platform."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from yiwang.kernel.text import Text
from yiwang.packs.api import as_known, digest_of
from yiwang.portal.publishing.definitions import (
    ColumnRule,
    FreshnessRules,
    GateRules,
    PublishingRules,
    WordLists,
)
from yiwang.portal.publishing.kinds import PublishingKind, rules_of
from yiwang.portal.publishing.lists import default_lists

_DEFAULT_BASIS = Text(
    "《政府网站发展指引》（国办发〔2017〕47号）及2019年检查指标的平台默认值",
    "Defaults of the platform after State Council Office 2017/47 and the inspection indicators of 2019",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesInForce:
    """Everything that a page or a column is judged by; ``digest`` changes when any of it does."""

    gate: GateRules
    lists: WordLists
    freshness: FreshnessRules
    columns: tuple[ColumnRule, ...]
    basis: Text
    digest: str


def rules_in_force() -> RulesInForce:
    """What the packs of the city declare now; without any, the defaults."""
    contents = [definition.content for definition in as_known(PublishingKind.key).of_kind(PublishingKind.key)]
    return _joined(json.dumps(contents, sort_keys=True, ensure_ascii=False))


@lru_cache(maxsize=8)
def _joined(written: str) -> RulesInForce:
    declared = [rules_of(content) for content in json.loads(written)]
    freshness = next((one for one in declared if one.freshness), None)
    return RulesInForce(
        gate=next((one.gate for one in declared if one.gate), GateRules()),
        lists=_lists(declared),
        freshness=freshness.freshness if freshness and freshness.freshness else FreshnessRules(),
        columns=next((one.columns for one in declared if one.columns), ()),
        basis=freshness.basis if freshness else _DEFAULT_BASIS,
        digest=digest_of(written),
    )


def _lists(declared: list[PublishingRules]) -> WordLists:
    """A word of a pack stands before the same one of the defaults."""
    lists = [one.words for one in declared]
    if not any(one.without_default_words for one in declared):
        lists.append(default_lists())
    mistyped = {slip.wrong: slip for one in reversed(lists) for slip in one.mistyped}
    sensitive = {word.word: word for one in reversed(lists) for word in one.sensitive}
    signs = {sign: forms for one in reversed(lists) for sign, forms in one.traditional.items()}
    return WordLists(
        mistyped=tuple(mistyped.values()), sensitive=tuple(sensitive.values()), traditional=signs
    )
