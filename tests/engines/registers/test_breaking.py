"""Changes that break something name whom they hit, and tell them; revisions stay readable."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from yiwang.exchange.api import issue_client, issue_grant
from yiwang.identity.testing import an_officer as a_real_officer
from yiwang.identity.testing import sign_in
from yiwang.kernel.text import Text
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.packs.contracts import DestructiveNotAllowed
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.registers import api
from yiwang.registers.commands.see_change_notice import ChangeNoticeNotFound
from yiwang.registers.contracts import RegisterNotFound
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.models import ChangeNotice, Revision
from yiwang.registers.rules.breaking import breaks
from yiwang.registers.testing import an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ADMIN = Actor(kind="officer", account_id=1, roles=frozenset({"city_admin"}))
HEAD = """code: trees
title: {zh: 古树名木, en: Old trees}
summary: {zh: 古树名木, en: Old trees}
owner: parks
key: number
"""
NUMBER = (
    "  - {id: 1, name: number, kind: text, title: {zh: 编号, en: Number}, required: true, unique: true}\n"
)
SPECIES = "  - {id: 2, name: species, kind: text, title: {zh: 树种, en: Species}}\n"
STATE = (
    "  - {id: 3, name: state, kind: code, title: {zh: 长势, en: State}, codes: "
    "[{code: good, title: {zh: 好, en: Good}}, {code: poor, title: {zh: 差, en: Poor}}]}\n"
)
RESOURCE = """code: tree
title: {zh: 古树名木, en: Old trees}
summary: {zh: 古树名木, en: Old trees}
owner: parks
kind: register
source: trees
sharing: conditional
legal_basis: {zh: 《城市绿化条例》第二十四条, en: "Urban Greening, article 24"}
category: "203"
updated: real_time
keywords: [{zh: 古树, en: trees}]
fields:
  - {name: number, title: {zh: 编号, en: Number}, secrecy: internal}
"""
SHARED = "  - {name: species, title: {zh: 树种, en: Species}, secrecy: internal}\n"


@pytest.fixture
def parks(tmp_path, db, guarded):
    pack = tmp_path / "trees"
    for folder in ("registers", "resources"):
        (pack / folder).mkdir(parents=True)
    (pack / "pack.toml").write_text(
        'name = "trees"\nversion = "1.0.0"\ntitle = {zh = "树", en = "Trees"}\n'
        'summary = {zh = "树", en = "Trees"}\nowner = "parks"\n',
        encoding="utf-8",
    )

    def plan(*fields: str, tail: str = "", shared: str = SHARED):
        for old in pack.glob("*/*.yaml"):
            old.unlink()
        if fields:
            text = HEAD + "fields:\n" + "".join(fields) + tail
            (pack / "registers" / "trees.yaml").write_text(text, encoding="utf-8")
            (pack / "resources" / "tree.yaml").write_text(RESOURCE + shared, encoding="utf-8")
        loaded = load(tmp_path, ["trees"])
        return loaded, make_plan(loaded)

    def apply(*fields: str, allow: bool = False, **facts: str) -> None:
        loaded, made = plan(*fields, **facts)
        apply_plan(actor=ADMIN, at=AT, loaded=loaded, plan=made, allow_destructive=allow)

    apply(NUMBER, SPECIES, STATE)
    apply.plan = plan
    return apply


@pytest.fixture
def relied_on(parks):
    """The construction commission looks at species, by a system of its own."""
    grant = issue_grant(
        actor=an_officer("parks", "approver"), at=AT, resource="tree", grantee="construction",
        fields=("species",), purpose="case", legal_basis=Text("测试", "For tests"),
        valid_from=date(2026, 1, 1), valid_until=date(2099, 12, 31),
    )  # fmt: skip
    client = issue_client(
        actor=Actor.system("tests"), at=AT, organisation="construction", title=Text("系统", "System")
    )
    return grant.id, client.client.client_id


GONE = "removed:\n  - {id: 2, name: species, since: 1.1.0}\n"


def test_d3_a_plan_names_whom_a_removed_field_hits(parks, relied_on):
    grant, client = relied_on
    _, plan = parks.plan(NUMBER, STATE, tail=GONE, shared="")
    ((change, *_),) = [[one for one in plan.changes if one.code == "trees"]]
    (report,) = [one for one in api.report_of(plan, at=AT) if one["code"] == "trees"]

    assert [step.text.en for step in change.steps] == [
        "drop the field “Species” (species) with all its data",
        "hits resource tree (parks; species)",
        f"hits grant {grant} (construction; species, until 2099-12-31)",
        f"hits system {client} (construction; species)",
    ]
    assert [(one["kind"], one["field"]) for one in report["breaks"]] == [("field_removed", "species")]
    assert [(one["kind"], one["organisation"]) for one in report["hits"]] == [
        ("resource", "parks"), ("grant", "construction"), ("client", "construction"),
    ]  # fmt: skip


def test_d3_it_needs_to_be_allowed_and_tells_those_hit_once(parks, relied_on):
    with pytest.raises(DestructiveNotAllowed):
        parks(NUMBER, STATE, tail=GONE, shared="")
    assert (ChangeNotice.objects.count(), Revision.objects.filter(register="trees").count()) == (0, 1)

    parks(NUMBER, STATE, tail=GONE, shared="", allow=True)
    parks(NUMBER, STATE, tail=GONE, shared="")

    (notice,) = api.list_change_notices(organisation="construction")
    assert [text.en for text in notice.breaks] == ["species is no longer there"]
    assert [hit["kind"] for hit in notice.hits] == ["grant", "client"]
    assert ChangeNotice.objects.count() == 1


def test_d3_a_notice_is_seen_by_who_got_it_only(parks, relied_on):
    parks(NUMBER, STATE, tail=GONE, shared="", allow=True)
    (notice,) = api.list_change_notices(organisation="construction")

    with pytest.raises(ChangeNoticeNotFound):
        api.see_change_notice(actor=an_officer("planning"), at=AT, notice=notice.id)
    with pytest.raises(OperationNotAllowed):
        api.see_change_notice(actor=an_officer("construction", "window"), at=AT, notice=notice.id)
    assert api.count_change_notices(organisation="construction") == 1

    api.see_change_notice(actor=an_officer("construction"), at=AT, notice=notice.id)
    assert api.count_change_notices(organisation="construction") == 0


def test_d3_closing_a_register_hits_everybody_and_adding_a_field_nobody(parks, relied_on):
    parks(NUMBER, SPECIES, STATE, "  - {id: 4, name: note, kind: text, title: {zh: 注, en: Note}}\n")
    assert Revision.objects.get(register="trees", revision=2).breaks == []

    _, plan = parks.plan()
    (report,) = [one for one in api.report_of(plan, at=AT) if one["kind"] == "registers"]
    assert [one["kind"] for one in report["breaks"]] == ["register_closed"]
    assert [one["kind"] for one in report["hits"]] == ["resource", "grant", "client"]


def _definition(**changes):
    field = {"id": 2, "name": "state", "kind": "code", "title": {"zh": "长", "en": "State"}} | changes
    codes = [{"code": code, "title": {"zh": code, "en": code}} for code in ("a", "b")]
    word = {"zh": "树", "en": "T"}
    number = {"id": 1, "name": "number", "kind": "text", "title": word, "required": True, "unique": True}
    whole = {"code": "trees", "title": word, "summary": word, "owner": "parks", "key": "number"}
    if field["kind"] == "code":
        field.setdefault("codes", codes)
    return RegisterDefinition.model_validate_json(json.dumps(whole | {"fields": [number, field]}))


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({"name": "health"}, ["field_renamed"]),
        ({"kind": "text"}, ["kind_changed"]),
        ({"required": True}, ["tightened"]),
        ({"secrecy": "personal"}, ["secrecy_raised"]),
        ({"secrecy": "public"}, []),
        ({"codes": [{"code": "a", "title": {"zh": "a", "en": "a"}}]}, ["code_removed"]),
        ({"title": {"zh": "势", "en": "Health"}}, []),
        ({"searchable": True}, []),
    ],
)
def test_d3_each_kind_of_break_is_known(change, kinds):
    assert [one.kind.value for one in breaks(_definition(), _definition(**change))] == kinds


def test_d3_what_can_no_longer_be_asked_by_is_a_break():
    assert [one.kind.value for one in breaks(_definition(searchable=True), _definition())] == ["search_lost"]


def test_d2_revisions_stay_readable_with_their_difference_and_a_retired_register_too(parks, client):
    renamed = SPECIES.replace("name: species", "name: kind_of_tree")
    parks(NUMBER, renamed, STATE, shared="")
    before, now = (client.get(f"/api/registers/trees/revisions/{number}").json() for number in (1, 2))
    old = client.get("/api/registers/trees/revisions/1/openapi.json").json()
    parks()
    listed = client.get("/api/registers/trees/revisions").json()

    assert [field["name"] for field in before["definition"]["fields"]] == ["number", "species", "state"]
    assert [text["en"] for text in now["changes"]] == ["rename the field species to kind_of_tree"]
    assert (before["state"], now["state"], now["hits"]) == ("superseded", "published", [])
    assert "species" in json.dumps(old) and "kind_of_tree" not in json.dumps(old)  # noqa: PT018
    assert [(one["revision"], one["state"]) for one in listed] == [
        (3, "retired"), (2, "superseded"), (1, "superseded"),
    ]  # fmt: skip
    assert (api.state_of("trees"), client.get("/api/registers/trees").status_code) == ("retired", 404)
    assert client.get("/api/registers/shrubs/revisions").status_code == 404
    with pytest.raises(RegisterNotFound):
        api.get_revision_of("trees", 9)


def test_d2_the_same_packs_again_are_no_new_revision(parks):
    parks(NUMBER, SPECIES, STATE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT revision FROM registers_register WHERE code = 'trees'")
        assert cursor.fetchall() == [(1,)]


def signed_in(client, organisation, *roles):
    officer = a_real_officer(organisation, *roles)
    sign_in(client, officer)
    return client


def test_d3_the_desk_shows_the_owner_all_whom_it_hits_and_others_their_own(parks, relied_on, client):
    grant, _ = relied_on
    parks(NUMBER, STATE, tail=GONE, shared="", allow=True)

    owner = signed_in(client, "parks").get("/en/desk/registers/trees/revisions/").content.decode()
    other = signed_in(client, "planning").get("/desk/registers/trees/revisions/").content.decode()

    assert "species is no longer there" in owner
    assert f">{grant}<wbr></span></td>" in owner
    assert "字段 species 不再提供" in other
    assert "受影响的各方" not in other


def test_d3_who_is_hit_reads_it_above_the_registers_and_takes_note(parks, relied_on, client):
    parks(NUMBER, STATE, tail=GONE, shared="", allow=True)
    (notice,) = api.list_change_notices(organisation="construction")
    desk = signed_in(client, "construction")

    before = desk.get("/desk/registers/").content.decode()
    noted = desk.post(f"/desk/registers/changes/{notice.id}/seen/")
    after = desk.get("/desk/registers/").content.decode()

    assert "本单位使用的登记簿有变更：古树名木</h2>" in before
    assert noted.status_code == 302
    assert "本单位使用的登记簿有变更" not in after
    assert ChangeNotice.objects.get().seen_by is not None
