"""A register drawn up by its owner: draft, a second pair of eyes, real typed columns with constraints."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from yiwang.identity.models import Account, Person
from yiwang.kernel.errors import DefinitionRefused, InvalidInput
from yiwang.kernel.text import Text
from yiwang.packs.api import apply_plan, drawn_definitions, load, make_plan
from yiwang.packs.models import AppliedDefinition, DrawnDefinition
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.registers.api import enter_entry, get_register, list_revisions
from yiwang.registers.contracts import EntryRefused, RegisterNotFound
from yiwang.registers.drafting import api
from yiwang.registers.drafting.contracts import (
    CodeTaken,
    DraftChanged,
    DraftNotFound,
    LosesData,
    NotDrawnUp,
    NothingToPublish,
    SavedByPublisher,
)
from yiwang.registers.models import RegisterDraft
from yiwang.registers.templating.api import export_template
from yiwang.registers.templating.archive import read_archive
from yiwang.registers.testing import an_officer, apply_packs

pytestmark = pytest.mark.django_db
PACKS = Path(__file__).resolve().parents[3] / "packs"
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DRAFTER = an_officer("parks", "handler", account=21)
HEAD = an_officer("parks", "approver", account=22)
ELSEWHERE = an_officer("planning", "approver", account=23)
CLERK = an_officer("parks", "window", account=24)
TREES = Text("古树", "Old trees")
_GOOD, _POOR = {"zh": "好", "en": "Good"}, {"zh": "差", "en": "Poor"}
FIELDS: tuple[dict[str, object], ...] = (
    {"name": "number", "kind": "text", "title": {"zh": "编号", "en": "Number"}, "required": True,
     "unique": True, "max_length": 12},
    {"name": "height", "kind": "decimal", "title": {"zh": "高度", "en": "Height"}, "min": 0, "max": 120},
    {"name": "state", "kind": "code", "title": {"zh": "长势", "en": "State"}, "searchable": True,
     "codes": [{"code": "good", "title": _GOOD}, {"code": "poor", "title": _POOR}]},
    {"name": "keeper", "kind": "credit_code", "title": {"zh": "养护单位", "en": "Keeper"}},
    {"name": "planted", "kind": "date", "title": {"zh": "栽植日期", "en": "Planted"}},
    {"name": "place", "kind": "point", "title": {"zh": "位置", "en": "Place"}},
)  # fmt: skip


@pytest.fixture(autouse=True)
def _base(guarded):
    AppliedDefinition.objects.all().delete()  # a city that other tests apply once is none of ours


def begun(*fields: dict[str, object], code: str = "trees") -> tuple[int, int]:
    saved = api.begin_draft(actor=DRAFTER, at=AT, code=code, title=TREES, summary=TREES)
    draft, version = saved.draft, saved.version
    for field in fields or FIELDS:
        version = put(draft, version, field)
    saved = api.save_head(
        actor=DRAFTER, at=AT, draft=draft, version=version, title=TREES, summary=TREES, head={"key": "number"}
    )
    return draft, saved.version


def put(draft: int, version: int, content: dict[str, object], **more: object) -> int:
    saved = api.put_field(actor=DRAFTER, at=AT, draft=draft, version=version, content=content, **more)
    return saved.version


def published(*fields: dict[str, object]) -> None:
    draft, version = begun(*fields)
    api.publish_draft(actor=HEAD, at=AT, draft=draft, version=version)


def columns() -> dict[str, tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, udt_name, is_nullable FROM information_schema.columns "
            "WHERE table_schema = 'reg' AND table_name = 'trees' AND column_name !~ '^_'"
        )
        return {name: (kind, nullable) for name, kind, nullable in cursor.fetchall()}


def checks() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT constraint_name FROM information_schema.table_constraints WHERE table_schema = 'reg' "
            "AND table_name = 'trees' AND constraint_type = 'CHECK' AND constraint_name ~ '^trees_f'"
        )
        return {name for (name,) in cursor.fetchall()}


def applied_from_files(names: tuple[str, ...] = (), root: Path = PACKS) -> None:
    loaded = load(root, names, drawn_definitions())
    plan = make_plan(loaded)
    apply_plan(actor=Actor.system("tests"), at=AT, loaded=loaded, plan=plan)


def test_d1_what_is_drawn_up_becomes_typed_columns_with_constraints():
    draft, version = begun()
    assert columns() == {}

    done = api.publish_draft(actor=HEAD, at=AT, draft=draft, version=version)

    assert (done.register, done.revision) == ("trees", 1)
    kinds = {name: kind for name, (kind, _) in columns().items()}
    assert kinds == {
        "number": "text", "height": "numeric", "state": "text", "keeper": "text", "planted": "date",
        "place": "geometry",
    }  # fmt: skip
    assert {"trees_f1", "trees_f2", "trees_f3", "trees_f4"} <= checks()
    assert [field.id for field in get_register("trees").fields] == [1, 2, 3, 4, 5, 6]
    good = {"number": "G1", "height": "31.5", "state": "good", "planted": "1898-01-01"}
    assert enter_entry(actor=CLERK, at=AT, register="trees", values=good).version == 1
    bad = {
        "number": "G1", "height": "121", "state": "dead", "keeper": "914401017890123456",
        "planted": "2026-02-30", "place": "nowhere",
    }  # fmt: skip
    with pytest.raises(EntryRefused) as refused:
        enter_entry(actor=CLERK, at=AT, register="trees", values=bad)
    assert {one.path for one in refused.value.problems} == set(bad) - {"number"}
    with pytest.raises(EntryRefused) as twice:
        enter_entry(actor=CLERK, at=AT, register="trees", values=good)
    assert [one.path for one in twice.value.problems] == ["number"]
    with pytest.raises(EntryRefused):
        enter_entry(actor=CLERK, at=AT, register="trees", values={"height": "3"})


def test_d1_files_neither_retire_nor_redeclare_it(tmp_path):
    published()

    applied_from_files()
    apply_packs(PACKS, [], at=AT)  # read without what was drawn up

    row = AppliedDefinition.objects.get(kind="registers", code="trees")
    assert (row.pack, row.retired_at, row.version) == ("drawn_up", None, 1)
    (drawn,) = drawn_definitions()
    folder = tmp_path / "grove" / "registers"
    folder.mkdir(parents=True)
    (folder / "trees.yaml").write_text(drawn.text)
    (folder.parent / "pack.toml").write_text(
        'name = "grove"\nversion = "1.0.0"\ntitle = {zh = "树", en = "Trees"}\n'
        'summary = {zh = "树", en = "Trees"}\nowner = "parks"\n'
    )
    for given in ([drawn], []):
        with pytest.raises(DefinitionRefused) as refused:
            make_plan(load(tmp_path, ["grove"], given))
        assert str(refused.value).startswith("packs/grove/registers/trees.yaml:1: code: 'trees' is declared")
    (folder.parent / "pack.toml").rename(tmp_path / "pack.toml")
    folder.parent.rename(tmp_path / "drawn_up")
    ((problem),) = load(tmp_path, ["drawn_up"]).problems
    assert problem.path == "name"


def test_d1_a_template_of_it_is_what_was_drawn_up():
    published()
    archive = export_template(load(PACKS, [], drawn_definitions()), "trees", licence="Apache-2.0")

    manifest, files = read_archive(archive)

    assert (manifest.version, manifest.owner, list(files)) == ("1.0.0", "parks", ["registers/trees.yaml"])
    assert files["registers/trees.yaml"].decode() == DrawnDefinition.objects.get().text


def test_d2_whoever_saved_last_does_not_publish():
    draft, version = begun()
    both = an_officer("parks", "handler", "approver", account=21)

    with pytest.raises(SavedByPublisher):
        api.publish_draft(actor=both, at=AT, draft=draft, version=version)
    with pytest.raises(OperationNotAllowed):
        api.publish_draft(
            actor=an_officer("parks", "handler", account=25), at=AT, draft=draft, version=version
        )

    assert (columns(), RegisterDraft.objects.get().state) == ({}, "draft")
    with pytest.raises(RegisterNotFound):
        get_register("trees")


def test_d2_other_organisations_and_roles_change_nothing():
    draft, version = begun()
    before = RegisterDraft.objects.values().get()
    words = {"draft": draft, "version": version}

    for actor in (ELSEWHERE, CLERK):
        for act, more in (
            (api.put_field, {"content": FIELDS[1]}),
            (api.save_text, {"content": "code: trees\nowner: parks\n"}),
            (api.drop_field, {"field": 1}),
            (api.move_field, {"field": 1, "up": False}),
            (api.save_head, {"title": TREES, "summary": TREES, "head": {}}),
            (api.withdraw_draft, {}),
            (api.publish_draft, {}),
        ):
            with pytest.raises(OperationNotAllowed):
                act(actor=actor, at=AT, **words, **more)
        with pytest.raises(DraftNotFound):
            api.get_draft(actor=actor, draft=draft)
    assert (RegisterDraft.objects.values().get(), columns()) == (before, {})


def test_d2_of_two_editors_neither_overwrites_the_other():
    person = Person.objects.create(name="林小梅", created_at=AT)
    first = Account.objects.create(username="lin", person=person)
    draft, version = begun()
    lin = an_officer("parks", "handler", account=first.pk)
    api.drop_field(actor=lin, at=AT + timedelta(hours=1), draft=draft, version=version, field=6)

    with pytest.raises(DraftChanged) as refused:
        put(draft, version, {**FIELDS[1], "max": 200}, field=2)

    assert (refused.value.who, refused.value.when, refused.value.status) == (
        "林小梅",
        "2026-03-02 11:00",
        409,
    )
    view = api.get_draft(actor=HEAD, draft=draft)
    assert [one["id"] for one in view.fields] == [1, 2, 3, 4, 5]
    assert view.fields[1]["max"] == 120


def test_d2_the_next_revision_keeps_ids_and_asks_before_it_loses_data():
    published()
    enter_entry(actor=CLERK, at=AT, register="trees", values={"number": "G1", "height": "31.5"})
    saved = api.begin_revision(actor=DRAFTER, at=AT, register="trees")
    with pytest.raises(CodeTaken):
        api.begin_revision(actor=HEAD, at=AT, register="trees")
    with pytest.raises(NothingToPublish):
        api.publish_draft(actor=HEAD, at=AT, draft=saved.draft, version=saved.version)
    version = api.drop_field(actor=DRAFTER, at=AT, draft=saved.draft, version=saved.version, field=2).version
    version = put(saved.draft, version, {**FIELDS[0], "name": "code"}, field=1)
    version = put(
        saved.draft, version, {"name": "girth", "kind": "integer", "title": {"zh": "围", "en": "G"}}
    )

    with pytest.raises(LosesData):
        api.publish_draft(actor=HEAD, at=AT, draft=saved.draft, version=version)
    assert "height" in columns()
    done = api.publish_draft(actor=HEAD, at=AT, draft=saved.draft, version=version, allow_destructive=True)

    assert done.revision == 2
    assert set(columns()) == {"code", "state", "keeper", "planted", "place", "girth"}
    now = get_register("trees")
    assert (now.key, now.get("girth").id) == ("code", 7)
    assert [(gone.id, gone.name, gone.since) for gone in now.removed] == [(2, "height", "2.0.0")]
    assert [view.revision for view in list_revisions("trees")] == [2, 1]


def test_d2_it_is_retired_by_two_and_what_refers_to_it_stops_that():
    published()
    leaning = {"name": "tree", "kind": "reference", "register": "trees", "title": {"zh": "树", "en": "Tree"}}
    other, version = begun(FIELDS[0], leaning, code="prunings")
    api.publish_draft(actor=HEAD, at=AT, draft=other, version=version)
    saved = api.begin_revision(actor=DRAFTER, at=AT, register="trees", aim="retire")

    with pytest.raises(DefinitionRefused) as refused:
        api.publish_draft(actor=HEAD, at=AT, draft=saved.draft, version=saved.version)
    assert "there is no register 'trees'" in str(refused.value)
    last = api.begin_revision(actor=DRAFTER, at=AT, register="prunings", aim="retire")
    api.publish_draft(actor=HEAD, at=AT, draft=last.draft, version=last.version)
    api.publish_draft(actor=HEAD, at=AT, draft=saved.draft, version=saved.version)

    with pytest.raises(RegisterNotFound):
        get_register("trees")
    applied_from_files()
    assert drawn_definitions() == []
    assert "number" in columns()  # the data stay


def test_d2_a_pack_s_register_is_not_drawn_up_here(city):
    police = an_officer("public_security", "handler", account=31)

    with pytest.raises(NotDrawnUp):
        api.begin_revision(actor=police, at=AT, register="persons")
    with pytest.raises(CodeTaken):
        api.begin_draft(actor=police, at=AT, code="persons", title=TREES, summary=TREES)
    assert RegisterDraft.objects.count() == 0


def test_d2_a_faulty_answer_and_a_faulty_text_are_told_where_they_stand():
    draft, version = begun()

    with pytest.raises(InvalidInput) as refused:
        put(draft, version, {"name": "number", "kind": "text", "title": {"zh": "号", "en": ""}, "min": 3})
    assert [one.path for one in refused.value.problems] == ["title_en", "kind", "name"]
    for text, line in (("code: trees\nowner: parks\nkey: 'a", 3), ("code: others\nowner: parks\n", 1)):
        with pytest.raises(DefinitionRefused) as faulty:
            api.save_text(actor=DRAFTER, at=AT, draft=draft, version=version, content=text)
        assert faulty.value.problems[0].line == line
    wide = "code: trees\nowner: parks\n# to be filled\nkey: number\n"
    version = api.save_text(actor=DRAFTER, at=AT, draft=draft, version=version, content=wide).version
    with pytest.raises(DefinitionRefused) as missing:
        api.publish_draft(actor=HEAD, at=AT, draft=draft, version=version)
    assert {one.path for one in missing.value.problems} == {"title", "summary", "fields"}
    assert (RegisterDraft.objects.get().text, columns()) == (wide, {})
