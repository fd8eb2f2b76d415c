"""Rules of publishing as packs write them: what is wrong is told with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from yiwang.packs.loader import load
from yiwang.platform.environment import ROOT
from yiwang.portal.publishing.definitions import ColumnKind, ColumnRule
from yiwang.portal.publishing.rules.columns import kind_of_column

PACK = "government_sites"
FILE = f"{PACK}/publishing/{PACK}.yaml"
SPOILT = {
    "an exception that excepts nothing": (
        "wrong: 网上办事大听,",
        "wrong: 网上办事大听, unless: [办事大厅],",
        "words.mistyped.0",
        "例外“办事大厅”中没有“网上办事大听”",
    ),
    "a word listed twice": (
        "wrong: 依申请公公开,",
        "wrong: 网上办事大听,",
        "words.mistyped.1.wrong",
        f"“网上办事大听”已列在packs/{FILE}中",
    ),
    "a rule that is none": (
        "dead_link: blocking",
        "dead_links: blocking",
        "gate.severities.dead_links.[key]",
        "",
    ),
}


@pytest.mark.parametrize("fault", list(SPOILT))
def test_b29_a_fault_in_the_rules_is_told_with_file_and_line(fault, tmp_path: Path):
    old, new, path, reason = SPOILT[fault]
    shutil.copytree(ROOT / "packs" / PACK, tmp_path / "packs" / PACK)
    file = tmp_path / "packs" / FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(old, new, 1), encoding="utf-8")

    [problem] = load(tmp_path / "packs", [PACK]).problems
    assert (problem.file, problem.path) == (f"packs/{FILE}", path)
    assert problem.line == text[: text.index(old)].count("\n") + 1
    assert problem.reason.zh.startswith(reason)


def test_the_first_rule_that_fits_says_the_kind_of_a_column():
    rules = [
        ColumnRule(site="tianhe", address="news", kind=ColumnKind.NOTICES),
        ColumnRule(address="*news", kind=ColumnKind.NEWS),
        ColumnRule(address="*", kind=ColumnKind.STANDING),
    ]
    kinds = [kind_of_column(*one, rules) for one in (("tianhe", "/news/"), ("a", "b/news"), ("a", "law"))]
    assert kinds == [ColumnKind.NOTICES, ColumnKind.NEWS, ColumnKind.STANDING]
    assert kind_of_column("a", "law", []) is ColumnKind.NEWS
