"""Packs from folder to applied rows: added, altered, retired, guarded, and refused whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yiwang.kernel.errors import DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.api import KINDS, apply_plan, definition_of, load, make_plan
from yiwang.packs.contracts import DestructiveNotAllowed, PlanIsStale, Step
from yiwang.packs.models import AppliedDefinition, AppliedPack, ApplyRun
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
ADMIN = Actor.system("apply")


class Notes:
    """A kind for tests: a note has a code and a text; retiring one loses it."""

    key = "notes"
    suffixes = (".yaml",)
    order = 10

    def __init__(self):
        self.done = []

    def read(self, source):
        if "code" not in source.data:
            return None, [source.problem((), Text("条目须有编码", "a note needs a code"))]
        return definition_of("notes", source.data["code"], source, source.data), []

    def check(self, definition, known):
        wanted = definition.content.get("after")
        if wanted and known.get("notes", wanted) is None:
            return [definition.source.problem(("after",), Text("没有条目", f"there is no note {wanted!r}"))]
        return []

    def steps(self, applied, wanted):
        if wanted is None:
            return (Step(Text("删除", "Remove"), destructive=True),)
        return (Step(Text("写入", "Write")),)

    def apply(self, change, *, at):
        self.done.append((change.op, change.code))
        if change.wanted and change.wanted.content.get("explode"):
            raise DefinitionRefused


class SystemMay:
    def may(self, actor, operation):
        return actor.kind == "system"

    def covers(self, actor, operation, scope):
        return actor.kind == "system"


@pytest.fixture
def notes(transactional_db, monkeypatch):
    for rows in (AppliedDefinition, AppliedPack, ApplyRun):
        rows.objects.all().delete()  # a city that other tests apply once is none of ours
    monkeypatch.setattr(command_module, "_guards", [SystemMay()])
    kind = Notes()
    with KINDS.temporarily("notes", kind):
        yield kind


def pack(root, name, files, requires=()):
    folder = root / name
    (folder / "notes").mkdir(parents=True, exist_ok=True)
    listed = ", ".join(f'"{r}"' for r in requires)
    (folder / "pack.toml").write_text(
        f'name = "{name}"\nversion = "1.0.0"\nowner = "informatization"\nrequires = [{listed}]\n'
        'title = { zh = "甲", en = "A" }\nsummary = { zh = "乙", en = "B" }\n'
    )
    for old in (folder / "notes").glob("*"):
        old.unlink()
    for file, text in files.items():
        (folder / "notes" / file).write_text(text)


def apply(root, names, **extra):
    loaded = load(root, names)
    return apply_plan(actor=ADMIN, at=AT, loaded=loaded, plan=make_plan(loaded), **extra)


def test_a_pack_and_what_it_requires_is_applied_once(tmp_path, notes):
    pack(tmp_path, "one", {"a.yaml": "code: a\n"})
    pack(tmp_path, "two", {"b.yaml": "code: b\nafter: a\n"}, requires=("one",))

    assert apply(tmp_path, ["two"]) == 2
    assert apply(tmp_path, ["two"]) == 0

    assert notes.done == [("add", "a"), ("add", "b")]
    assert list(AppliedPack.objects.order_by("name").values_list("name", flat=True)) == ["one", "two"]
    assert ApplyRun.objects.get().changes == ["add notes/a", "add notes/b"]


def test_an_alteration_counts_the_version_up(tmp_path, notes):
    pack(tmp_path, "one", {"a.yaml": "code: a\n"})
    apply(tmp_path, ["one"])
    pack(tmp_path, "one", {"a.yaml": "code: a\ntext: new\n"})

    assert apply(tmp_path, ["one"]) == 1

    row = AppliedDefinition.objects.get(code="a")
    assert (row.version, row.content) == (2, {"code": "a", "text": "new"})


def test_what_another_pack_declares_now_moves_and_nothing_else_happens(tmp_path, notes):
    pack(tmp_path, "one", {"a.yaml": "code: a\n", "b.yaml": "code: b\n"})
    apply(tmp_path, ["one"])
    pack(tmp_path, "one", {})
    pack(tmp_path, "two", {"a.yaml": "code: a\n", "b.yaml": "code: b\ntext: new\n"})
    notes.done.clear()

    plan = make_plan(load(tmp_path, ["two"]))
    moves = "Moves from the pack one to two; rows, history and rights stay"
    assert [(change.op, change.code, [step.text.en for step in change.steps]) for change in plan.changes] == [
        ("move", "a", [moves]),
        ("alter", "b", [moves, "Write"]),
    ]
    assert apply(tmp_path, ["two"]) == 2
    assert apply(tmp_path, ["two"]) == 0

    assert notes.done == [("alter", "b")]
    rows = AppliedDefinition.objects.order_by("code").values_list("code", "pack", "version", "retired_at")
    assert list(rows) == [("a", "two", 1, None), ("b", "two", 2, None)]
    assert list(AppliedPack.objects.values_list("name", flat=True)) == ["two"]
    assert ApplyRun.objects.latest("pk").changes == ["move notes/a", "alter notes/b"]


def test_losing_data_needs_to_be_allowed(tmp_path, notes):
    pack(tmp_path, "one", {"a.yaml": "code: a\n"})
    apply(tmp_path, ["one"])
    pack(tmp_path, "one", {})

    with pytest.raises(DestructiveNotAllowed):
        apply(tmp_path, ["one"])
    assert AppliedDefinition.objects.get(code="a").retired_at is None

    assert apply(tmp_path, ["one"], allow_destructive=True) == 1
    assert AppliedDefinition.objects.get(code="a").retired_at == AT


def test_a_fault_in_the_middle_leaves_nothing(tmp_path, notes):
    pack(tmp_path, "one", {"a.yaml": "code: a\n", "b.yaml": "code: b\nexplode: true\n"})

    with pytest.raises(DefinitionRefused):
        apply(tmp_path, ["one"])

    assert AppliedDefinition.objects.count() == 0
    assert AppliedPack.objects.count() == 0


def test_a_stale_plan_is_refused(tmp_path, notes):
    pack(tmp_path, "one", {"a.yaml": "code: a\n"})
    loaded = load(tmp_path, ["one"])
    plan = make_plan(loaded)
    apply(tmp_path, ["one"])

    with pytest.raises(PlanIsStale):
        apply_plan(actor=ADMIN, at=AT, loaded=loaded, plan=plan)


def test_every_problem_is_named_with_file_and_line(tmp_path, notes):
    pack(tmp_path, "one", {"a.yaml": "text: x\n", "b.yaml": "code: b\nafter: zz\n", "c.txt": "?"})
    (tmp_path / "one" / "fancy").mkdir()

    problems = [str(p) for p in load(tmp_path, ["one"]).problems]

    assert problems == [
        f"packs/one/fancy: no engine knows this folder; known: {', '.join(key for key, _ in KINDS)}",
        "packs/one/notes/a.yaml:1: a note needs a code",
        "packs/one/notes/c.txt: expected a file ending in .yaml",
        "packs/one/notes/b.yaml:2: after: there is no note 'zz'",
    ]


def test_a_pack_that_is_missing_is_told_without_its_consequences(tmp_path, notes):
    pack(tmp_path, "one", {"a.yaml": "text: x\n", "b.yaml": "code: b\nafter: zz\n"}, ("gone",))

    problems = [str(p) for p in load(tmp_path, ["one"]).problems]

    assert problems == [
        "packs/gone/pack.toml: there is no pack 'gone', which pack 'one' requires",
        "packs/one/notes/a.yaml:1: a note needs a code",
    ]


def test_packs_that_require_each_other_are_refused(tmp_path, notes):
    pack(tmp_path, "one", {}, ("two",))
    pack(tmp_path, "two", {}, ("one",))

    reasons = [p.reason.en for p in load(tmp_path, ["one"]).problems]

    assert reasons == ["packs require each other: one -> two -> one"]
