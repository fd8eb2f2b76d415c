"""Applying a register makes its tables, changes them, and says beforehand what would be lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from yiwang.kernel.errors import DefinitionRefused
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.packs.contracts import DestructiveNotAllowed
from yiwang.packs.models import AppliedDefinition
from yiwang.platform.contracts import Actor
from yiwang.registers.api import enter_entry, get_register, list_registers
from yiwang.registers.contracts import ExistingRowsBreakRule, RegisterNotFound
from yiwang.registers.testing import an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ADMIN = Actor(kind="officer", account_id=1, roles=frozenset({"city_admin"}))

HEAD = """code: trees
title: {zh: 古树名木, en: Old and famous trees}
summary: {zh: 古树名木登记簿, en: Register of old and famous trees}
owner: parks
key: number
"""
NUMBER = (
    "  - {id: 1, name: number, kind: text, title: {zh: 编号, en: Number}, secrecy: public, "
    "required: true, unique: true}\n"
)
SPECIES = "  - {id: 2, name: species, kind: text, title: {zh: 树种, en: Species}, secrecy: public}\n"
HEIGHT = "  - {id: 3, name: height, kind: decimal, title: {zh: 高度, en: Height}, min: 0, max: 200}\n"
PLACE = "  - {id: 4, name: place, kind: point, title: {zh: 位置, en: Place}, searchable: true}\n"


@pytest.fixture
def pack(tmp_path, db, guarded):
    AppliedDefinition.objects.all().delete()  # a city that other tests apply once is none of ours
    folder = tmp_path / "trees"
    (folder / "registers").mkdir(parents=True)
    (folder / "pack.toml").write_text(
        'name = "trees"\nversion = "1.0.0"\ntitle = {zh = "树", en = "Trees"}\n'
        'summary = {zh = "树", en = "Trees"}\nowner = "parks"\n',
        encoding="utf-8",
    )

    def write(*fields: str, head: str = HEAD, tail: str = "") -> None:
        text = head + "fields:\n" + "".join(fields) + tail
        (folder / "registers" / "trees.yaml").write_text(text, encoding="utf-8")

    def plan():
        loaded = load(tmp_path, ["trees"])
        return loaded, make_plan(loaded)

    def apply(*, allow_destructive: bool = False) -> None:
        loaded, planned = plan()
        apply_plan(actor=ADMIN, at=AT, loaded=loaded, plan=planned, allow_destructive=allow_destructive)

    write.plan, write.apply, write.folder = plan, apply, folder
    return write


def columns(name: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            [f"reg.{name}"],
        )
        return dict(cursor.fetchall())


def steps(pack) -> list[tuple[str, bool]]:
    _, planned = pack.plan()
    return [(step.text.en, step.destructive) for change in planned.changes for step in change.steps]


def enter(**values):
    actor = an_officer("parks")
    return enter_entry(actor=actor, at=AT, register="trees", values={"number": "T1", **values})


def test_apply_makes_typed_tables_and_their_history(pack):
    pack(NUMBER, SPECIES, HEIGHT, PLACE)
    assert steps(pack) == [("make the register “Old and famous trees” with 4 fields", False)]
    pack.apply()

    system = {
        "_entry": "bigint",
        "_version": "integer",
        "_source": "text",
        "_district": "text",
        "_valid_from": "date",
        "_known_from": "timestamp with time zone",
        "_recorded_by": "bigint",
        "_basis": "text",
    }
    fields = {
        "number": "text",
        "species": "text",
        "height": "numeric(26,6)",
        "place": "geometry(Point,4490)",
    }
    ends = {
        "_valid_to": "date",
        "_ended_at": "timestamp with time zone",
        "_known_to": "timestamp with time zone",
        "_act": "text",
    }
    assert columns("trees") == system | fields
    assert columns("trees_history") == system | fields | ends
    assert [register.code for register in list_registers()] == ["trees"]
    assert pack.plan()[1].is_empty


def test_the_history_is_asked_by_what_is_the_key_now(pack):
    unique = SPECIES.replace("secrecy: public}", "secrecy: public, required: true, unique: true}")
    pack(NUMBER, unique)
    pack.apply()
    by_number = "number, _valid_to, _valid_from, _known_from, LEAST(_ended_at, _known_to)"
    assert by_number in indexes("trees_history")
    text = (pack.folder / "registers" / "trees.yaml").read_text()
    (pack.folder / "registers" / "trees.yaml").write_text(text.replace("key: number", "key: species"))
    pack.apply()

    assert {found for found in indexes("trees_history") if "_valid_to" in found} == {
        by_number.replace("number", "species")
    }


def indexes(name: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substring(indexdef FROM 'btree \\((.*)\\)$') FROM pg_indexes "
            "WHERE schemaname = 'reg' AND tablename = %s",
            [name],
        )
        return {found for (found,) in cursor.fetchall()}


def test_the_table_itself_refuses_what_the_definition_forbids(pack):
    pack(NUMBER, SPECIES, HEIGHT)
    pack.apply()

    insert = (
        "INSERT INTO reg.trees (_version, _source, _valid_from, _known_from, number, height) "
        "VALUES (1, 'parks', '2026-01-01', now(), %s, %s)"
    )
    for number, height in ((None, 1), ("T1", 201), ("T1", -1), ("T" * 201, 1)):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert, [number, height])


def test_a_field_is_added_renamed_and_kept_with_its_data(pack):
    pack(NUMBER, SPECIES)
    pack.apply()
    enter(species="榕树")
    pack(NUMBER, SPECIES.replace("name: species", "name: kind_of_tree"), HEIGHT)

    assert steps(pack) == [
        ("rename the field species to kind_of_tree", False),
        ("add the field “Height” (height)", False),
    ]
    pack.apply()

    with connection.cursor() as cursor:
        cursor.execute("SELECT kind_of_tree, height FROM reg.trees")
        assert cursor.fetchall() == [("榕树", None)]
    assert get_register("trees").names == ("number", "kind_of_tree", "height")


def test_a_removed_field_needs_a_tombstone_and_permission_to_lose_data(pack):
    pack(NUMBER, SPECIES)
    pack.apply()
    pack(NUMBER)
    with pytest.raises(DefinitionRefused) as refused:
        pack.plan()[0].or_refuse()
    assert str(refused.value) == (
        "packs/trees/registers/trees.yaml:6: fields: field 'species' (id 2) is gone; list it under removed"
    )

    pack(NUMBER, tail="removed:\n  - {id: 2, name: species, since: 1.1.0}\n")
    assert steps(pack) == [("drop the field “Species” (species) with all its data", True)]
    with pytest.raises(DestructiveNotAllowed):
        pack.apply()
    assert "species" in columns("trees")
    pack.apply(allow_destructive=True)
    assert "species" not in columns("trees")
    assert "species" not in columns("trees_history")


def test_a_removed_id_is_not_used_again(pack):
    gone = "removed:\n  - {id: 2, name: species, since: 1.1.0}\n"
    pack(NUMBER, HEIGHT.replace("id: 3", "id: 2"), tail=gone)

    with pytest.raises(DefinitionRefused) as refused:
        pack.plan()
    assert "a field id is used twice, or belongs to a removed field" in str(refused.value)


def test_another_kind_of_column_loses_data_and_says_so(pack):
    pack(NUMBER, SPECIES)
    pack.apply()
    pack(NUMBER, SPECIES.replace("kind: text", "kind: integer"))

    assert steps(pack) == [("change the field species from text to integer; its data are lost", True)]
    pack.apply(allow_destructive=True)
    assert columns("trees")["species"] == "bigint"


def test_tightening_is_refused_while_rows_break_it_and_nothing_changes(pack):
    pack(NUMBER, SPECIES)
    pack.apply()
    enter(species="榕树")
    tight = SPECIES.replace("secrecy: public}", "secrecy: public, max_length: 1}")
    pack(NUMBER, tight)

    assert steps(pack) == [("tighten the checks of species (refused if existing rows break them)", False)]
    with pytest.raises(ExistingRowsBreakRule) as refused:
        pack.apply()
    assert refused.value.field == "species"
    assert get_register("trees").get("species").max_length is None
    enter(number="T2", species="樟树樟树")


_HEALTH = """  - id: 4
    name: health
    kind: code
    title: {zh: 健康, en: Health}
    secrecy: public
    required: true
    codes: [{code: good, title: {zh: 良好, en: Good}}, {code: poor, title: {zh: 差, en: Poor}}]
"""


def test_a_required_code_may_come_later_where_it_says_what_older_entries_have(pack):
    pack(NUMBER)
    pack.apply()
    enter()
    pack(NUMBER, _HEALTH)
    with pytest.raises(ExistingRowsBreakRule):
        pack.apply()
    pack(NUMBER, _HEALTH + "    backfill: good\n")

    assert steps(pack) == [("add the field “Health” (health); entries that are there get “Good”", False)]
    pack.apply()
    enter(number="T2", health="poor")

    with connection.cursor() as cursor:
        cursor.execute("SELECT number, health FROM reg.trees ORDER BY number")
        assert cursor.fetchall() == [("T1", "good"), ("T2", "poor")]


def test_backfill_is_a_code_of_the_field(pack):
    pack(NUMBER, _HEALTH + "    backfill: fair\n")

    with pytest.raises(DefinitionRefused) as refused:
        pack.plan()
    assert "backfill is a code that the field lists" in str(refused.value)


def test_widening_and_secrecy_are_no_loss(pack):
    pack(NUMBER, SPECIES.replace("secrecy: public}", "secrecy: public, max_length: 3}"))
    pack.apply()
    pack(NUMBER, SPECIES.replace("secrecy: public}", "secrecy: sensitive, max_length: 30}"))

    assert steps(pack) == [
        ("widen the checks of species", False),
        ("change the secrecy of species from public to sensitive personal", False),
    ]
    pack.apply()
    enter(species="樟" * 30)


def test_a_register_without_a_pack_is_closed_and_comes_back_with_its_data(pack):
    pack(NUMBER, SPECIES)
    pack.apply()
    enter(species="榕树")
    path = pack.folder / "registers" / "trees.yaml"
    path.unlink()

    assert steps(pack) == [("close the register “Old and famous trees”; its data stay", False)]
    pack.apply()
    with pytest.raises(RegisterNotFound):
        get_register("trees")

    pack(NUMBER, SPECIES, HEIGHT)
    assert steps(pack) == [("add the field “Height” (height)", False)]
    pack.apply()
    with connection.cursor() as cursor:
        cursor.execute("SELECT species, height FROM reg.trees")
        assert cursor.fetchall() == [("榕树", None)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"NUMBER": NUMBER.replace(", unique: true", "")}, "must be a required and unique field"),
        ({"SPECIES": SPECIES.replace("kind: text", "kind: colour")}, "fields.1.kind"),
        ({"SPECIES": SPECIES.replace("id: 2", "id: 1")}, "a field id is used twice"),
        ({"SPECIES": SPECIES.replace("kind: text", "kind: code")}, "and only it, lists its codes"),
        ({"SPECIES": SPECIES.replace("kind: text", "kind: reference")}, "names its register"),
        ({"SPECIES": SPECIES.replace("en: Species", "fr: Espèce")}, "fields.1.title"),
        ({"SPECIES": SPECIES.replace("name: species", "name: _entry")}, "fields.1.name"),
        ({"SPECIES": SPECIES.replace("name: species", "name: values")}, "a word of the platform"),
        ({"HEAD": HEAD.replace("code: trees", "code: shrubs")}, "differs from the file's name"),
        ({"HEAD": HEAD + "district: species\n"}, "must be a division field"),
        ({"HEAD": HEAD + "subject: {kind: person, field: owner}\n"}, "there is no field 'owner'"),
        ({"HEAD": HEAD + "colour: red\n"}, "colour"),
    ],
)  # fmt: skip
def test_a_faulty_definition_is_refused_with_its_place(pack, change, said):
    parts = {"HEAD": HEAD, "NUMBER": NUMBER, "SPECIES": SPECIES} | change
    pack(parts["NUMBER"], parts["SPECIES"], head=parts["HEAD"])

    with pytest.raises(DefinitionRefused) as refused:
        pack.plan()
    assert said in str(refused.value)
    assert "packs/trees/registers/trees.yaml:" in str(refused.value)


def test_a_reference_names_a_register_that_is_declared(pack):
    pack(NUMBER, SPECIES.replace("kind: text", "kind: reference, register: gardeners"))

    with pytest.raises(DefinitionRefused) as refused:
        pack.plan()
    assert "fields.1.register: there is no register 'gardeners'" in str(refused.value)
