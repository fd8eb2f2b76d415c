"""Every pack of the repository is without fault, and the generated pages of docs/ are up to date."""

from __future__ import annotations

import pytest

from yiwang.cases.rules.dmn.model import DecisionTable
from yiwang.cases.rules.dmn.reading import read_model
from yiwang.cli.commands.docs import pages
from yiwang.platform.environment import ROOT
from yiwang.server import city

pytestmark = pytest.mark.django_db


def test_all_packs_are_switched_on_and_without_fault():
    found = city.read()

    assert [str(problem) for problem in found.packs.problems] == []
    assert sorted(found.packs.manifests) == sorted(
        p.parent.name for p in (ROOT / "packs").glob("*/pack.toml")
    )


@pytest.mark.parametrize("name", ["systems.md", "reference/declarations.md"])
def test_generated_pages_are_as_generated(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages()[name]


def test_the_catalogue_has_forty_whole_items_of_real_agencies():
    definitions = city.read().packs.definitions
    items = [d.content["definition"] for (kind, _), d in definitions.items() if kind == "cases"]
    public = [item for item in items if item["catalogue"] != "internal"]

    assert len(public) >= 40
    assert [item["code"] for item in public if not item["steps"]] == []
    assert [i["code"] for i in public if not i["windows"] and "counter" in i["channels"]] == [
        "investment_consultation"
    ]


def test_why_a_rule_hits_is_told_in_both_languages():
    models = [
        read_model(path.read_bytes(), path.name)[0] for path in (ROOT / "packs").glob("*/decisions/*.dmn")
    ]
    logics = [each.logic for model in models if model is not None for each in model.decisions.values()]
    rules = [rule for logic in logics if isinstance(logic, DecisionTable) for rule in logic.rules]
    told = [rule.description for rule in rules if rule.description.zh]

    assert len(told) >= 10
    assert [text.zh for text in told if not text.en] == []
