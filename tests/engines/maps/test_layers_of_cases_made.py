"""A department makes a layer of cases; a colleague elsewhere, a citizen and a visitor see no case on it."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.engines.maps.making import AT, GROUP, TITLE

from yiwang.cases.api import search
from yiwang.cases.contracts import OpenedCase
from yiwang.cases.models import Case, Clock
from yiwang.cases.rows.adoption import adopt_type
from yiwang.cases.testing import (
    BODY,
    MONDAY,
    a_definition,
    a_review_type,
    an_application,
    done,
    officer,
    open_task,
    review_process,
)
from yiwang.identity.testing import a_citizen, an_officer, signed_in
from yiwang.kernel.errors import InvalidInput
from yiwang.maps.making import api
from yiwang.maps.making.contracts import CasesNotDrawable
from yiwang.maps.models import Layer, LayerDraft, LayerVersion
from yiwang.maps.testing import read_tile
from yiwang.platform.contracts import Actor, Json
from yiwang.registers.api import as_text

pytestmark = pytest.mark.django_db
#: The tile that holds 113.24° E, 23.11° N.
TILE = "12/3336/1777"
HOSTILE = "<script>alert(1)</script>"
WORDS = {"zh": "在办许可", "en": f"Open licences {HOSTILE}"}
PAIRS = {f"{name}_{lang}": word for name in ("title", "summary", "group") for lang, word in WORDS.items()}
NEW = "/en/desk/layers/of-cases/"
BEGUN = {**PAIRS, "items": ["test_review"], "which": "open", "coloured_by": "light", "code": "licences"}
FORM = {
    **PAIRS, "show": ["number", "phase", "light", "due"], "audience": "officers", "draw": "keep",
    "by": "light", "colour": "#1d70b8", "ramp": "blues", "method": "natural", "classes": "5",
    "label": "number", "label_zoom": "15", "label_size": "12", "only_by": "open", "only_values": "true",
    "from_zoom": "9", "to_zoom": "22", "order": "90", "rule": "none", "rule_zoom": "13",
}  # fmt: skip
#: A form that asks where the matter lies, as the items have whose cases can be drawn.
PLACED: Json = {
    "code": "test_form",
    "pages": [
        {
            "key": "site",
            "title": {"zh": "地点", "en": "Place"},
            "questions": [
                {"key": "name", "kind": "text", "label": {"zh": "名称", "en": "Name"}},
                {
                    "key": "address", "kind": "address", "label": {"zh": "地址", "en": "Address"},
                    "required": False,
                },
                {
                    "key": "departments", "kind": "choices", "label": {"zh": "部门", "en": "Departments"},
                    "options": [
                        {"value": code, "label": {"zh": code, "en": code}}
                        for code in ("planning", "fire", "environment", "construction")
                    ],
                },
            ],
        }
    ],
}  # fmt: skip


@pytest.fixture
def case() -> OpenedCase:
    """A case of an item that asks for an address, at its place, in the office of ``BODY``."""
    a_review_type()
    kind = adopt_type(
        a_definition("test_review"), review_process("test_review"), parts={"form": PLACED}, at=MONDAY
    )
    opened = an_application(kind, answers={"address": "科学大道1号", "departments": ["planning"]})
    row = Case.objects.get(pk=opened.case_id)
    kept = {"typed": "科学大道1号", "code": "4401", "longitude": 113.24, "latitude": 23.11}
    Case.objects.filter(pk=row.pk).update(data={**row.data, "standard_addresses": {"address": kept}})
    return opened


def _maker() -> Actor:
    return officer(BODY, "handler", "window")


def _tile(who: Client, code: str = "licences") -> list[dict[str, object]]:
    answer = who.get(f"/maps/tiles/{code}/{TILE}.mvt")
    assert answer.status_code == 200, answer.content
    return [dict(each) for each in read_tile(answer.content).of(code)]


def _nothing_happened() -> None:
    assert not LayerDraft.objects.exists()
    assert not LayerVersion.objects.exists()
    assert not Layer.objects.exists()


def test_d45_an_office_makes_a_layer_of_its_cases_and_nobody_sees_more_than_lists_show(
    case: OpenedCase,
) -> None:
    desk = signed_in(_maker())
    assert "/en/desk/layers/of-cases/" in desk.get("/en/desk/layers/").content.decode()
    asked = desk.get(NEW).content.decode()
    assert 'value="test_review"' in asked
    address = desk.post(NEW, BEGUN)["Location"]
    draft = LayerDraft.objects.get()
    assert (draft.content["cases"], draft.content["only"]) == (
        ["test_review"],
        [{"field": "open", "values": ["true"]}],
    )
    assert [each["name"] for each in draft.content["fields"]] == [
        "number", "phase", "light", "opened_on", "due", "organisation",
    ]  # fmt: skip
    page = desk.get(address).content.decode()
    assert HOSTILE not in page
    assert "Cases: Test licence" in page
    for unheard in (
        "applicant",
        "陈小明",
        'value="near"',
        'value="underground"',
        'value="readers"',
        'name="show" value="name"',
    ):
        assert unheard not in page, unheard
    # the preview draws what its maker finds, and keeps nothing
    seen = desk.post(f"{address}preview/", {**FORM, "tile": TILE})
    assert [each["number"] for each in read_tile(seen.content).of("licences")] == [case.number]
    assert LayerDraft.objects.get().version == 1
    assert desk.post(address, {**FORM, "_version": "1"}).status_code == 302
    assert desk.post(f"{address}publish/", {"_version": "2"})["Location"] == "/en/desk/layers/licences/"
    assert HOSTILE not in desk.get("/en/desk/layers/licences/").content.decode()

    [drawn] = _tile(desk)
    assert drawn == {"_id": case.case_id, "number": case.number, "phase": "received", "light": "none"}
    [item] = desk.get("/ogc/collections/licences/items", {"f": "json"}).json()["features"]
    assert item["geometry"]["coordinates"] == [113.24, 23.11]
    assert set(item["properties"]) == {"number", "phase", "light", "due"}
    table = b"".join(desk.get("/ogc/collections/licences/items", {"f": "csv"}))
    assert case.number in table.decode()
    assert desk.get("/maps/tilejson/licences.json").json()["minzoom"] == 9
    shown = desk.get("/en/map/?layers=licences&at=14/23.11/113.24").content.decode()
    assert f'href="/en/desk/cases/{case.number}/"' in shown
    assert HOSTILE not in shown
    assert "陈小明" not in shown

    elsewhere = an_officer("water", roles={"handler", "approver"})
    assert search(actor=elsewhere, at=MONDAY).rows == ()
    assert _tile(signed_in(elsewhere)) == []
    for who in (Client(), signed_in(a_citizen())):
        for path in (
            f"/maps/tiles/licences/{TILE}.mvt", "/maps/tilejson/licences.json", "/maps/styles/licences.json",
            "/ogc/collections/licences", "/ogc/collections/licences/items",
            f"/ogc/collections/licences/items/{case.case_id}",
        ):  # fmt: skip
            answer = who.get(path)
            assert answer.status_code == 404, path
            assert case.number not in answer.content.decode()
        assert "Open licences" not in who.get("/en/map/").content.decode()
        assert "licences" not in who.get("/ogc/collections?f=json").content.decode()


def test_d45_a_layer_of_cases_is_kept_as_a_pack_would_write_it_and_changed(case: OpenedCase) -> None:
    who = _maker()
    desk = signed_in(who)
    saved = api.begin_case_layer(
        actor=who, at=AT, items=["test_review", "test_review"], title=TITLE, summary=TITLE, group=GROUP,
        only_open=False, code="licences",
    )  # fmt: skip
    api.publish_layer(actor=who, at=AT, draft=saved.draft, version=saved.version)
    content = LayerVersion.objects.get().content
    assert desk.get("/desk/layers/licences/layer.yaml").content.decode() == as_text(content)
    assert "only" not in content
    assert [each["value"] for each in content["style"]["values"]] == [
        "received", "accepted", "in_review", "supplement", "stopped", "decided", "closed", "withdrawn",
        "refused_acceptance", "lapsed",
    ]  # fmt: skip
    Case.objects.filter(pk=case.case_id).update(phase="closed", outcome="approve", closed_at=MONDAY)
    assert [each["phase"] for each in _tile(desk)] == ["closed"]
    # the next version draws open ones alone, by another colour
    address = desk.post("/desk/layers/licences/change/")["Location"]
    said = {**FORM, "show": ["number", "outcome"], "draw": "categories", "by": "outcome", "_version": "1"}
    assert desk.post(address, said).status_code == 302
    style = LayerDraft.objects.get(state=LayerDraft.DRAFT).content["style"]
    assert (style["field"], style["values"][0]) == ("outcome", {"value": "accept", "colour": "#0072b2"})
    desk.post(f"{address}publish/", {"_version": "2"})
    assert _tile(desk) == []
    # the items are no change of the second version
    assert desk.get("/desk/layers/licences/").content.decode().count("办件事项") == 1
    desk.post("/desk/layers/licences/withdraw/")
    assert desk.get(f"/maps/tiles/licences/{TILE}.mvt").status_code == 404


def test_d45_the_time_limit_of_a_case_has_the_colour_that_lists_show(case: OpenedCase) -> None:
    who = _maker()
    desk = signed_in(who)
    done(officer(BODY, "window"), open_task(case.case_id, "accept"), "accept")
    saved = api.begin_case_layer(
        actor=who, at=AT, items=["test_review"], title=TITLE, summary=TITLE, group=GROUP, coloured_by="light",
        code="licences",
    )  # fmt: skip
    api.publish_layer(actor=who, at=AT, draft=saved.draft, version=saved.version)
    clock = Clock.objects.filter(case=case.case_id, task=None, kind="case_promised")
    long_ago, far_off = MONDAY, MONDAY.replace(year=2126)
    rungs = {
        "green": (far_off, far_off, far_off), "warned": (long_ago, far_off, far_off),
        "yellow": (long_ago, long_ago, far_off), "red": (long_ago, long_ago, long_ago),
    }  # fmt: skip
    for light, (warn, yellow, red) in rungs.items():
        assert clock.update(warn_at=warn, yellow_at=yellow, red_at=red) == 1
        assert [each["light"] for each in _tile(desk)] == [light]
        [found] = search(actor=who, at=AT).rows
        assert found.light == light
    clock.update(state="stopped")
    assert [each["light"] for each in _tile(desk)] == ["stopped"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": []},
        {"items": ["nothing_such"]},
        {"items": ["test_review", "test_plain"]},
        {"items": ["test_review'; DROP TABLE cases_case; --"]},
        {"items": ["../registers"]},
        {"which": "some"},
        {"coloured_by": "applicant_name"},
        {"coloured_by": ""},
        {"code": "Not A Code"},
        {"code": "x" * 60},
        {"title_zh": ""},
        {"group_en": ""},
    ],
)
def test_d45_a_layer_of_cases_that_is_not_offered_is_refused_and_nothing_happens(
    case: OpenedCase, wrong: dict[str, object]
) -> None:
    # an item without an address is not offered, whoever handles it
    adopt_type(a_definition("test_plain", prefix="QT"), review_process("test_plain"), parts={}, at=MONDAY)
    desk = signed_in(_maker())
    assert "test_plain" not in desk.get(NEW).content.decode()
    answer = desk.post(NEW, {**BEGUN, **wrong})
    assert answer.status_code == 422
    assert "govuk-error-message" in answer.content.decode()
    _nothing_happened()


def test_d45_cases_are_drawn_by_officers_who_find_such_and_by_nobody_else(case: OpenedCase) -> None:
    stranger = an_officer("water", roles={"handler", "approver"})
    desk = signed_in(stranger)
    page = desk.get(NEW).content.decode()
    assert "test_review" not in page
    assert "there is nothing to draw" in page
    assert desk.post(NEW, BEGUN).status_code == 422
    with pytest.raises(CasesNotDrawable):
        api.begin_case_layer(
            actor=stranger, at=AT, items=["test_review"], title=TITLE, summary=TITLE, group=GROUP
        )
    for items in ([], ["nothing_such"]):
        with pytest.raises(CasesNotDrawable):
            api.begin_case_layer(actor=_maker(), at=AT, items=items, title=TITLE, summary=TITLE, group=GROUP)
    with pytest.raises(InvalidInput):
        api.begin_case_layer(
            actor=_maker(), at=AT, items=["test_review"], title=TITLE, summary=TITLE, group=GROUP,
            coloured_by="applicant_name",
        )  # fmt: skip
    for who in (Client(), signed_in(a_citizen())):
        for answer in (who.get(NEW), who.post(NEW, BEGUN)):
            assert answer.status_code in {302, 403, 404}
    assert api.drawable_items(Actor.system("tests")) == {}
    assert api.drawable_items(a_citizen()) == {}
    _nothing_happened()
    # who works in a case finds it, and may draw such
    assert api.drawable_items(officer("planning", "handler")) == {}
    done(officer(BODY, "window"), open_task(case.case_id, "accept"), "accept")
    assert list(api.drawable_items(officer("planning", "handler"))) == ["test_review"]


def test_d45_hostile_answers_on_the_draft_of_cases_change_nothing(case: OpenedCase) -> None:
    desk = signed_in(_maker())
    address = desk.post(NEW, BEGUN)["Location"]
    before = LayerDraft.objects.get().content
    for wrong in (
        {"only_by": "applicant_name", "only_values": "陈小明"},
        {"only_by": "open", "only_values": "maybe' OR TRUE --"},
        {"draw": "categories", "by": "applicant_name"},
        {"draw": "classes", "by": "phase"},
        {"draw": "extrusion", "by": "light"},
        {"label": "answers"},
        {"draw": "plain", "colour": "red;}"},
        {"from_zoom": "30"},
        {"rule": "simplify"},
    ):
        answer = desk.post(address, {**FORM, **wrong, "_version": "1"})
        if answer.status_code == 302:
            raise AssertionError(f"{wrong} was taken")
        assert answer.status_code == 422, wrong
    assert LayerDraft.objects.get().content == before
    # what no field is, is not shown; what layers of cases don't have, is not said; the items stay
    more = {
        **FORM,
        "show": ["number", "light", "applicant_name", "answers"],
        "flags": ["near", "underground"],
    }
    assert desk.post(address, {**more, "items": ["test_other"], "_version": "1"}).status_code == 302
    content = LayerDraft.objects.get().content
    assert [each["name"] for each in content["fields"]] == ["number", "light"]
    assert ("near" in content, "underground" in content, content["cases"]) == (False, False, ["test_review"])
    # whose right has ended is not shown the draft, and publishes nothing
    Case.objects.all().update(organisation="water")
    assert signed_in(an_officer("water", roles={"handler"})).get(address).status_code == 404
