"""D48: what a program or a person sends back of a feature is a proposal; a case decides, history stays."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from tests.engines.maps.test_corrections import CROSSED, OLD, _decided, _versions

from yiwang.cases.models import Case
from yiwang.cases.testing import MONDAY, officer
from yiwang.exchange.api import issue_client, issue_token
from yiwang.identity.testing import sign_in
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.registers.api import enter_entry

pytestmark = pytest.mark.django_db
WATERS = "/ogc/collections/waters/items"
WIDER = [
    [[113.2644, 23.1291], [113.2674, 23.1291], [113.2674, 23.1301], [113.2644, 23.1301], [113.2644, 23.1291]]
]
AREA = {"type": "Polygon", "coordinates": WIDER}
_PATCH, _WHOLE = "application/merge-patch+json", "application/geo+json"
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@pytest.fixture(scope="module", autouse=True)
def _applied_city(mapped_city) -> None:
    """The city of all tests here."""


@pytest.fixture
def lake() -> int:
    values = {
        "code": "W1",
        "name": "东湖",
        "division": "440104",
        "kind": "lake",
        "surface": OLD,
        "made_up": True,
    }
    made = enter_entry(actor=officer("water", "handler"), at=MONDAY, register="water_bodies", values=values)
    return made.entry


@pytest.fixture
def desk(client) -> Client:
    """Somebody who may ask for changes of waters."""
    return sign_in(client, officer("water", "window"))


def _bearer(organisation: str) -> dict[str, str]:
    issued = issue_client(
        actor=Actor.system("tests"),
        at=timezone.now(),
        organisation=organisation,
        title=Text("系统", "System"),
    )
    found = issue_token(
        at=timezone.now(),
        address="203.0.113.9",
        client_id=issued.client.client_id,
        secret=issued.secret,
    )
    return {"Authorization": f"Bearer {found.token}"}


def _headers(reason, named) -> dict[str, str]:
    said = {name.replace("_", "-"): value for name, value in named.items()}
    return {"Yiwang-Reason": quote(reason), **said}


def _sent(client, lake, body, method="patch", kind=_PATCH, query="", reason="清淤", **headers):
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    asked = f"{WATERS}/{lake}?{query}"
    return getattr(client, method)(asked, text, content_type=kind, headers=_headers(reason, headers))


def _tag(client, lake, **headers) -> str:
    return client.get(f"{WATERS}/{lake}", headers=headers)["ETag"]


def _shape(values) -> list[object]:
    return values["surface"]["coordinates"]


def test_d48_a_patch_is_a_proposal_until_it_is_approved(desk, lake) -> None:
    before = desk.get(f"{WATERS}/{lake}")
    sent = _sent(desk, lake, {"geometry": AREA}, If_Match=before["ETag"])
    case = Case.objects.get()
    assert sent.status_code == 202
    assert sent["Location"] == sent.json()["proposal"] == f"http://testserver/desk/cases/{case.number}/"
    assert "清淤" in desk.get(f"/desk/cases/{case.number}/").content.decode()
    assert (case.type_code, case.data["change"]["act"]) == ("register_change", "change")
    assert case.data["change"]["values"].keys() == {"surface"}
    assert desk.get(f"{WATERS}/{lake}").content == before.content
    assert len(_versions(lake)) == 1

    _decided(case.number, "approve")
    was, now = _versions(lake)
    assert (now.basis, now.version, was.act) == (case.number, 2, "change")
    assert _shape(now.values) == [WIDER]
    after = desk.get(f"{WATERS}/{lake}")
    assert (after.json()["geometry"]["coordinates"], after["ETag"] == before["ETag"]) == ([WIDER], False)
    late = _sent(desk, lake, {"properties": {"name": "西湖"}}, If_Match=before["ETag"])
    assert (late.status_code, Case.objects.count()) == (412, 1)


def test_d48_a_whole_feature_in_another_system_asks_for_what_differs_alone(desk, lake) -> None:
    asked = {"crs": f"{_EPSG}4490"}
    read = desk.get(f"{WATERS}/{lake}", asked)
    feature = read.json()
    feature["properties"]["name"] = "西湖"
    sent = _sent(
        desk,
        lake,
        feature,
        "put",
        _WHOLE,
        "act=correction",
        "改名",
        If_Match=read["ETag"],
        Content_Crs=f"<{_EPSG}4490>",
    )
    assert sent.status_code == 202, sent.content
    change = Case.objects.get().data["change"]
    assert (change["act"], change["values"]) == ("correction", {"name": "西湖"})
    metres = desk.get(f"{WATERS}/{lake}", {"crs": f"{_EPSG}4549"}).json()
    ring = metres["geometry"]["coordinates"][0][0]
    metres["geometry"]["coordinates"][0][0] = [[north, east + 10] for north, east in ring]
    moved = _sent(desk, lake, metres, "put", _WHOLE, If_Match=read["ETag"], Content_Crs=f"{_EPSG}4549")
    assert moved.status_code == 202, moved.content
    last = Case.objects.order_by("-pk")[0].data["change"]["values"]
    assert last.keys() == {"surface"}
    places = [each[0] for each in json.loads(last["surface"])["coordinates"][0][0]]
    assert min(places) == pytest.approx(113.2644 + 10 / 102_400, abs=1e-6)


def test_d48_an_end_is_a_proposal_too(desk, lake) -> None:
    sent = _sent(desk, lake, "", "delete", If_Match=_tag(desk, lake))
    case = Case.objects.get()
    assert (sent.status_code, case.data["change"]["act"]) == (202, "retire")
    assert desk.get(f"{WATERS}/{lake}").status_code == 200
    _decided(case.number, "approve")
    assert desk.get(f"{WATERS}/{lake}").status_code == 404


def test_d48_a_departments_system_proposes_and_others_do_not(client, lake) -> None:
    water, labour = _bearer("water"), _bearer("labour")
    # what nobody signed in with a cookie sends needs no token against forgery
    plain = Client(enforce_csrf_checks=True)
    sent = _sent(plain, lake, {"geometry": AREA}, If_Match=_tag(plain, lake, **water), **water)
    assert sent.status_code == 202, sent.content
    case = Case.objects.get()
    assert len(_versions(lake)) == 1
    for headers in (labour, {"Authorization": "Bearer " + "x" * 40}, {}):
        for method in ("put", "patch", "delete"):
            refused = _sent(Client(), lake, {"geometry": AREA}, method, If_Match="*", **headers)
            assert refused.status_code in (401, 403)
    assert (Case.objects.count(), len(_versions(lake))) == (1, 1)
    _decided(case.number, "refuse", grounds="证明不足")
    assert len(_versions(lake)) == 1


@pytest.mark.parametrize("who", [("water", "leader"), ("labour", "handler"), None])
def test_d48_who_may_not_ask_is_refused_before_anything_else(client, lake, who) -> None:
    if who is not None:
        sign_in(client, officer(*who))
    for method in ("put", "patch", "delete"):
        answers = [_sent(client, entry, {"geometry": AREA}, method) for entry in (lake, 999_999)]
        assert [each.status_code for each in answers] == [403, 403]
        assert answers[0].content == answers[1].content
    assert (Case.objects.count(), len(_versions(lake))) == (0, 1)


def test_d48_a_session_needs_a_token_against_forgery(lake) -> None:
    forged = sign_in(Client(enforce_csrf_checks=True), officer("water", "window"))
    for method in ("put", "patch", "delete"):
        assert _sent(forged, lake, {"geometry": AREA}, method, If_Match="*").status_code == 403
    assert Case.objects.count() == 0
    allowed = forged.options(f"{WATERS}/{lake}")
    assert (allowed.status_code, allowed["Allow"]) == (200, "GET, HEAD, OPTIONS, PUT, PATCH, DELETE")


_CROSSED = {
    "type": "Polygon",
    "coordinates": [[[float(n) for n in each.split()] for each in CROSSED[9:-2].split(", ")]],
}
_MANY = {"type": "Polygon", "coordinates": [[[113.26, 23.12]] * 100_001]}


@pytest.mark.parametrize(
    ("body", "status", "path"),
    [
        ({"geometry": _CROSSED}, 422, "geometry"),
        ({"geometry": _MANY}, 422, "geometry"),
        ({"geometry": None}, 422, "geometry"),
        ({"geometry": {"type": "Point", "coordinates": [113, 23]}}, 422, "geometry"),
        ({"geometry": {"type": "Polygon", "coordinates": [[[200, 23]] * 4]}}, 422, "geometry"),
        ({"geometry": {"type": "Circle", "coordinates": [1, 2]}}, 422, "geometry"),
        ({"properties": {"code": "W2"}}, 422, "properties.code"),
        ({"properties": {"nothing": 1}}, 422, "properties.nothing"),
        ({"properties": {"name": ["a"]}}, 422, "properties.name"),
        ({"properties": {"kind": "desert"}}, 422, "properties.kind"),
        ({"properties": {"name": "东湖"}}, 422, "geometry"),
        ({"properties": []}, 422, "properties"),
        ({"id": 999}, 422, "id"),
        ({"type": "Point"}, 422, "type"),
        ({"more": 1}, 422, "more"),
        ([], 422, ""),
        ("{", 422, ""),
        ('{"geometry": NaN}', 422, ""),
        ("[" * 100_000, 422, ""),
        (b"\xff", 422, ""),
    ],
)
def test_d48_what_cannot_be_is_refused_at_its_place_and_changes_nothing(
    desk, lake, body, status, path
) -> None:
    answer = _sent(desk, lake, body, If_Match="*")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert {each["path"] for each in answer.json()["errors"]} == {path}
    assert (Case.objects.count(), len(_versions(lake))) == (0, 1)


def test_d48_version_and_form_are_asked_for(desk, lake) -> None:
    wanted = {"geometry": AREA}
    tag = _tag(desk, lake)
    refused = [
        _sent(desk, lake, wanted),
        _sent(desk, lake, wanted, If_Match='"another"'),
        _sent(desk, lake, wanted, If_Match=tag, reason="x" * 2_001),
        _sent(desk, lake, wanted, If_Match=tag, Yiwang_Reason="%E6%B8"),
        _sent(desk, lake, wanted, If_Match=tag, Yiwang_Reason="%00"),
        _sent(desk, lake, wanted, If_Match=tag, query="reason=x"),
        _sent(desk, lake, wanted, If_Match=tag, query="act=end"),
        _sent(desk, lake, wanted, If_Match=tag, query="nothing=1"),
        _sent(desk, lake, wanted, If_Match=tag, kind="text/xml"),
        _sent(desk, lake, wanted, If_Match=tag, Content_Crs=f"{_EPSG}1"),
        _sent(desk, 999_999, wanted, If_Match=tag),
        _sent(desk, lake, " " * 5_100_000, If_Match=tag),
    ]
    assert [each.status_code for each in refused] == [428, 412, *[400] * 6, 415, 400, 404, 413]
    assert all(set(each.json()["detail"]) == {"zh", "en"} for each in refused)
    assert (Case.objects.count(), len(_versions(lake))) == (0, 1)
    weak = _sent(desk, lake, wanted, If_Match=f'"another", W/{tag}')
    assert weak.status_code == 202
    assert desk.post(f"{WATERS}/{lake}", wanted, content_type=_WHOLE).status_code == 405


_POND = {
    "type": "Feature",
    "geometry": AREA,
    "properties": {"code": "W2", "name": "西塘", "division": "440104", "kind": "lake", "made_up": True},
}


def _posted(client, body, query="", reason="漏登", kind=_WHOLE, **headers):
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(f"{WATERS}?{query}", text, content_type=kind, headers=_headers(reason, headers))


def _waters() -> list[str]:
    found = Client().get(WATERS, {"f": "json", "limit": 100}).json()["features"]
    return sorted(each["properties"]["name"] for each in found)


def test_d48_a_new_feature_is_a_proposal_until_it_is_approved(desk) -> None:
    before = _waters()
    sent = _posted(desk, _POND)
    assert sent.status_code == 202, sent.content
    case = Case.objects.get()
    assert sent["Location"] == sent.json()["proposal"] == f"http://testserver/desk/cases/{case.number}/"
    change = case.data["change"]
    assert (change["act"], change["entry"], change["before"]) == ("enter", 0, {})
    assert change["values"].keys() == {"surface", "code", "name", "division", "kind", "made_up"}
    assert _waters() == before
    page = desk.get(f"/desk/cases/{case.number}/").content.decode()
    assert page.count("yw-outline-wanted") == 1
    assert "新增登记项" in page
    assert "第 0 版" not in page

    _decided(case.number, "approve")
    assert _waters() == sorted([*before, "西塘"])
    made = next(
        each
        for each in Client().get(WATERS, {"f": "json", "limit": 100}).json()["features"]
        if each["properties"]["name"] == "西塘"
    )
    assert made["geometry"]["coordinates"] == [WIDER]
    (only,) = _versions(made["id"])
    assert (only.version, only.basis) == (1, case.number)


def test_d48_a_new_feature_comes_in_its_own_system_and_a_refused_one_never(desk) -> None:
    before = _waters()
    turned = [[[north, east] for east, north in WIDER[0]]]
    pond = {**_POND, "geometry": {"type": "Polygon", "coordinates": turned}}
    sent = _posted(desk, pond, Content_Crs=f"<{_EPSG}4490>")
    assert sent.status_code == 202, sent.content
    assert json.loads(Case.objects.get().data["change"]["values"]["surface"])["coordinates"] == WIDER
    _decided(Case.objects.get().number, "refuse", grounds="证明不足")
    assert _waters() == before


def test_d48_a_departments_system_adds_and_others_do_not(client, lake) -> None:
    before = _waters()
    for headers in (_bearer("labour"), {"Authorization": "Bearer " + "x" * 40}, {}):
        assert _posted(Client(), _POND, **headers).status_code in (401, 403)
    for who in (("water", "leader"), ("labour", "handler")):
        assert _posted(sign_in(Client(), officer(*who)), _POND).status_code == 403
    forged = sign_in(Client(enforce_csrf_checks=True), officer("water", "window"))
    assert _posted(forged, _POND).status_code == 403
    assert forged.options(WATERS)["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert desk_put(forged).status_code == 403
    assert Case.objects.count() == 0
    sent = _posted(Client(enforce_csrf_checks=True), _POND, **_bearer("water"))
    assert sent.status_code == 202, sent.content
    assert (Case.objects.count(), _waters()) == (1, before)


def desk_put(client):
    return client.put(WATERS, "{}", content_type=_WHOLE)


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"geometry": _CROSSED}, "geometry"),
        ({"geometry": None}, "geometry"),
        ({"geometry": {"type": "Point", "coordinates": [113, 23]}}, "geometry"),
        ({"properties": {**_POND["properties"], "code": "W1"}}, "properties.code"),
        ({"properties": {"name": "西塘"}}, "properties.code"),
        ({"properties": {**_POND["properties"], "nothing": 1}}, "properties.nothing"),
        ({"properties": {**_POND["properties"], "kind": "desert"}}, "properties.kind"),
        ({"type": "Circle"}, "type"),
    ],
)
def test_d48_what_cannot_be_added_is_refused_at_its_place_and_asks_for_nothing(
    desk, lake, more, path
) -> None:
    answer = _posted(desk, {**_POND, **more})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert path in {each["path"] for each in answer.json()["errors"]}
    assert Case.objects.count() == 0


def test_d48_what_is_to_be_added_says_in_what_form(desk) -> None:
    refused = [
        _posted(desk, _POND, reason="x" * 2_001),
        _posted(desk, _POND, query="reason=x"),
        _posted(desk, _POND, query="act=change"),
        _posted(desk, _POND, kind="text/xml"),
        _posted(desk, _POND, Content_Crs=f"{_EPSG}1"),
        _posted(desk, " " * 5_100_000),
    ]
    assert [each.status_code for each in refused] == [400, 400, 400, 415, 400, 413]
    assert Case.objects.count() == 0
    described = desk.get("/ogc/api").json()["paths"]["/collections/{collectionId}/items"]["post"]
    assert (described["operationId"], "202" in described["responses"]) == ("addFeature", True)


def test_ats_changes_options__conf_create_replace_delete__conf_update(desk, lake) -> None:
    of_items, of_one = desk.options(WATERS), desk.options(f"{WATERS}/{lake}")
    assert (of_items.status_code, of_items["Allow"]) == (200, "GET, HEAD, OPTIONS, POST")
    assert of_items["Accept-Post"] == _WHOLE
    assert (of_one.status_code, of_one["Allow"]) == (200, "GET, HEAD, OPTIONS, PUT, PATCH, DELETE")
    assert of_one["Accept-Patch"] == _PATCH
    said = {each for each in desk.get("/ogc/conformance?f=json").json()["conformsTo"] if "features-4" in each}
    assert {each.rpartition("/")[2] for each in said} == {
        "create-replace-delete", "update", "optimistic-locking-etags", "features",
    }  # fmt: skip


def test_ats_changes_endpoints__conf_features(desk, lake) -> None:
    links = desk.get("/ogc/collections/waters?f=json").json()["links"]
    assert any(each["rel"] == "items" and each["href"].partition("?")[0].endswith(WATERS) for each in links)
    features = desk.get(WATERS, {"f": "json"}).json()["features"]
    assert lake in {each["id"] for each in features}
    assert desk.get(f"{WATERS}/{lake}").status_code == 200


def test_ats_changes_by_a_program_that_knows_the_standard_alone(desk, lake) -> None:
    tag, whole = _tag(desk, lake), desk.get(f"{WATERS}/{lake}").json()
    renamed = {key: whole[key] for key in ("type", "geometry", "properties")} | {
        "properties": {**whole["properties"], "name": "新东湖"}
    }
    sent = [
        _posted(desk, _POND, reason=""),
        _sent(desk, lake, renamed, "put", kind=_WHOLE, reason="", If_Match=tag),
    ]
    assert [each.status_code for each in sent] == [202, 202]
    numbers = [each["Location"].rstrip("/").rpartition("/")[2] for each in sent]
    for number in numbers:
        assert "经OGC API提交，未另写理由" in desk.get(f"/desk/cases/{number}/").content.decode()
    assert len(_versions(lake)) == 1


@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_ats_changes_without_a_content_type_are_refused_with_400(desk, lake, method) -> None:
    address = WATERS if method == "post" else f"{WATERS}/{lake}"
    headers = {} if method == "post" else {"If-Match": "*"}
    answer = desk.generic(method.upper(), address, json.dumps(_POND), content_type="", headers=headers)
    assert (answer.status_code, set(answer.json()["detail"])) == (400, {"zh", "en"})
    assert Case.objects.count() == 0


def test_ats_changes_of_what_is_not_there_and_with_another_id(desk, lake) -> None:
    other = {**_POND, "id": 999}
    refused = [
        _sent(desk, 999_999, _POND, "put", kind=_WHOLE),
        _sent(desk, 999_999, _POND, "put", kind=_WHOLE, If_Match='"xyz"'),
        _sent(desk, lake, other, "put", kind=_WHOLE, If_Match="*"),
        _sent(desk, lake, {"id": 999}, If_Match="*"),
    ]
    assert [each.status_code for each in refused] == [404, 404, 422, 422]
    assert (Case.objects.count(), desk.get(f"{WATERS}/999999").status_code) == (0, 404)
