"""A register is drawn up and published on pages alone, and its own pages work at once."""

from __future__ import annotations

import pytest
from django.db import connection

from yiwang.identity.models import Account
from yiwang.identity.testing import an_officer
from yiwang.packs.models import AppliedDefinition
from yiwang.registers.drafting.queries.drafts import content_of
from yiwang.registers.models import RegisterDraft

pytestmark = pytest.mark.django_db
BASE = "/desk/registers/drawn-up/"
NAMES = {
    "title_zh": "古树", "title_en": "Old trees", "summary_zh": "城市古树", "summary_en": "Trees of the city",
}  # fmt: skip


@pytest.fixture
def signed_in(client):
    AppliedDefinition.objects.all().delete()
    people = {
        "drafter": an_officer("parks", roles=("handler",), name="林小梅"),
        "head": an_officer("parks", roles=("approver",)),
        "clerk": an_officer("parks", roles=("window",)),
    }

    def enter(who: str):
        client.force_login(Account.objects.get(pk=people[who].account_id))
        return client

    return enter


def field(name: str, kind: str, **more: object) -> dict[str, object]:
    words = {"title_zh": "字段", "title_en": "Field", "secrecy": "public"}
    return {"name": name, "kind": kind, **words, **more}


def version() -> int:
    return RegisterDraft.objects.get(state="draft").version


def send(client, path: str, **answers: object):
    return client.post(path, {"_version": version(), **answers})


def test_d1_a_register_is_drawn_up_published_and_used_on_pages(signed_in):
    client = signed_in("drafter")
    began = client.post(f"{BASE}new/", {"code": "trees", **NAMES})
    page = began.url
    assert "Begin with a required, unique one" in client.get(f"/en{page}").content.decode()
    first = field("number", "text", flags=["required", "unique"], max_length="12")
    codes = "good | 好 | Good\npoor | 差 | Poor"
    for answers in (
        first,
        field("height", "decimal", min="0", max="120.5"),
        field("state", "code", codes=codes, flags=["searchable"]),
        field("keeper", "credit_code", secrecy="internal"),
        field("planted", "date"),
    ):
        assert send(client, f"{page}fields/new/", **answers).status_code == 302
    assert send(client, f"{page}head/", **NAMES, key="number", flags=["open"]).status_code == 302

    shown = client.get(f"/en{page}").content.decode()
    assert "make the register “Old trees” with 5 fields" in shown
    assert "another approver has to publish it" in shown
    assert client.get(f"{page}publish/").status_code == 403
    client = signed_in("head")
    assert "make the register" in client.get(f"/en{page}publish/").content.decode()
    done = send(client, f"{page}publish/")

    assert done.url == "/desk/registers/trees/"
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, height, planted FROM reg.trees")
        assert cursor.fetchall() == []
    client = signed_in("clerk")
    assert client.get(BASE).status_code == 403
    bad = client.post("/desk/registers/trees/new/", {"number": "G1", "height": "121", "state": "dead"})
    assert bad.status_code == 422
    entered = client.post("/desk/registers/trees/new/", {"number": "G1", "height": "31.5", "state": "good"})
    assert entered.status_code == 302
    listed = client.get("/api/registers/trees/entries").json()
    assert [(one["values"]["number"], one["values"]["height"]) for one in listed["entries"]] == [
        ("G1", "31.5")
    ]
    archive = signed_in("drafter").get(f"{BASE}trees/template.zip")
    assert (archive["Content-Type"], archive.content[:2]) == ("application/zip", b"PK")


def test_d2_what_was_typed_stands_on_the_page_when_it_is_refused(signed_in):
    client = signed_in("drafter")
    assert client.post(f"{BASE}new/", {"code": "Trees", **NAMES}).status_code == 422
    page = client.post(f"{BASE}new/", {"code": "trees", **NAMES}).url
    send(client, f"{page}fields/new/", **field("number", "text", flags=["required", "unique"]))
    assert "max_length" in client.get(f"{page}fields/new/?kind=text").content.decode()
    assert "max_length" not in client.get(f"{page}fields/new/?kind=date").content.decode()

    faulty = send(client, f"{page}fields/1/", **field("number", "integer", min="9", max="3"))
    stale = client.post(f"{page}fields/1/", {"_version": 1, **field("plate", "text", max_length="7")})
    text = send(client, f"{page}text/", content="code: trees\nowner: parks\nkey: 'a\n")
    overtaken = client.post(f"{page}text/", {"_version": 1, "content": "code: trees\nowner: parks\n"})

    assert (faulty.status_code, stale.status_code, text.status_code) == (422, 409, 422)
    assert "min大于max" in faulty.content.decode()
    assert 'value="plate"' in stale.content.decode()
    assert "林小梅" in stale.content.decode()
    assert "第 3 行" in text.content.decode()
    assert overtaken.status_code == 409
    assert "name: number" in overtaken.content.decode()
    acts = f"{page}fields/1/act/"
    send(client, f"{page}fields/new/", **field("height", "decimal"))
    send(client, f"{page}fields/2/act/", act="up")
    send(client, acts, act="drop")
    assert [one["name"] for one in _fields()] == ["height"]
    send(client, f"{page}withdraw/")
    assert client.get(page).status_code == 404


def _fields() -> list[dict[str, object]]:
    return content_of(RegisterDraft.objects.get().text)["fields"]
