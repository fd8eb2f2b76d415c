"""D34: open data from a register, cut, protected, signed by a second person, then public."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from rdflib import DCAT, Graph

from yiwang.exchange.api import PROVIDERS, get_release, prepare_release, sign_release, withdraw_release
from yiwang.exchange.catalogue.contracts import ReleaseNotFound, ReleaseRefused, SecondPersonNeeded
from yiwang.exchange.contracts import CutField
from yiwang.exchange.models import CatalogueEntry, Release
from yiwang.exchange.providers import CUTS
from yiwang.exchange.testing import OnePersonProvider, a_resource
from yiwang.identity.testing import an_officer, sign_in
from yiwang.kernel.text import Text
from yiwang.platform.contracts import OperationNotAllowed

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
COUNTS = [(("440103", "1"), 2), (("440103", "2"), 9), (("440103", "9"), 5), (("440105", "1"), 20)]


class Cuts:
    def refuses(self, resource, fields):
        return None

    def count_by(self, resource, fields):
        counted = Counter()
        for (division, sex), count in COUNTS:
            values = {"division": division, "sex": sex}
            counted[tuple(values[field.name][: field.first] for field in fields)] += count
        return sorted(counted.items())


@pytest.fixture
def owner(db, settings, tmp_path):
    with PROVIDERS.temporarily("one_person", OnePersonProvider()), CUTS.temporarily("one_person", Cuts()):
        a_resource(
            at=AT,
            fields=[
                {"name": "division", "title": {"zh": "区划", "en": "Division"}, "secrecy": "internal"},
                {"name": "sex", "title": {"zh": "性别", "en": "Sex"}, "secrecy": "personal"},
                {"name": "health", "title": {"zh": "健康", "en": "Health"}, "secrecy": "sensitive"},
            ],
        )
        yield an_officer("public_security", roles=["handler"])


def prepare(actor, **changes):
    facts = {
        "actor": actor, "at": AT, "code": "people_by_division", "resource": "person_for_tests",
        "title": Text("各区人数", "People by division"), "summary": Text("测试", "For tests"),
        "licence": "https://creativecommons.org/licenses/by/4.0/", "form": "table",
        "fields": [CutField(name="division", first=6), CutField(name="sex")], "least": 3,
    }  # fmt: skip
    return prepare_release(**(facts | changes))


def test_d34_small_groups_are_held_back_and_a_second_person_publishes(owner, client):
    prepared = prepare(owner)
    assert (prepared.state, prepared.report) == ("prepared", {
        "groups": 4, "small": 1, "protecting": 1, "earlier": 0, "by_subtraction": 0,
    })  # fmt: skip
    assert client.get("/catalogue/people_by_division/data.csv").status_code == 404
    approver = an_officer("public_security", roles=["approver"])

    sign_release(actor=approver, at=AT, code="people_by_division")

    answer = client.get("/catalogue/people_by_division/data.csv")
    assert b"".join(answer.streaming_content).decode().splitlines() == [
        "division,sex,level,count,note",
        ",,total,36,",
        "440103,,total,16,",
        "440103,1,cell,,withheld",
        "440103,2,cell,9,",
        "440103,9,cell,,withheld",
        "440105,,total,20,",
        "440105,1,cell,20,",
    ]
    read = Graph().parse(
        data=client.get("/catalogue/people_by_division.ttl").content.decode(), format="turtle"
    )
    (address,) = read.objects(predicate=DCAT.downloadURL)
    assert str(address).endswith("/catalogue/people_by_division/data.csv")
    assert "各区人数" in client.get("/catalogue/", {"origin": "release"}).content.decode()

    withdraw_release(actor=approver, at=AT, code="people_by_division")

    assert client.get("/catalogue/people_by_division/data.csv").status_code == 404
    assert client.get("/catalogue/people_by_division/").status_code == 404
    assert Release.objects.get().file.size > 0


def test_d34_who_prepared_it_does_not_sign_it(db, owner):
    approver = an_officer("public_security", roles=["approver"])
    prepare(approver)

    with pytest.raises(SecondPersonNeeded):
        sign_release(actor=approver, at=AT, code="people_by_division")

    assert get_release("people_by_division").state == "prepared"
    assert CatalogueEntry.objects.count() == 0


@pytest.mark.parametrize("roles", [["window"], ["supervisor"], []])
def test_others_prepare_and_sign_nothing(owner, roles):
    with pytest.raises(OperationNotAllowed):
        prepare(an_officer("public_security", roles=roles))
    with pytest.raises(OperationNotAllowed):
        prepare(an_officer("planning", roles=["handler", "approver"]))
    assert Release.objects.count() == 0
    prepare(owner)
    with pytest.raises(OperationNotAllowed):
        sign_release(actor=an_officer("planning", roles=["approver"]), at=AT, code="people_by_division")
    with pytest.raises(OperationNotAllowed):
        withdraw_release(actor=owner, at=AT, code="people_by_division")
    assert get_release("people_by_division").state == "prepared"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"least": 2}, "at least 3"),
        ({"fields": [CutField(name="health")]}, "too secret: health"),
        ({"form": "rows"}, "too secret: sex"),
        ({"code": "Bad Code"}, "malformed"),
        ({"title": Text("名称", " ")}, "both languages"),
        ({"least": 1000}, "held back"),
        ({"fields": [CutField(name="division"), CutField(name="division")]}, "one twice"),
    ],
)
def test_an_unsound_release_is_refused(owner, changes, said):
    with pytest.raises(ReleaseRefused) as refused:
        prepare(owner, **changes)

    assert said in refused.value.sentence.en
    assert Release.objects.count() == 0


def test_rows_go_out_only_where_enough_are_alike(owner, client):
    prepared = prepare(owner, form="rows", fields=[CutField(name="division")], least=17)

    expected = {"groups": 36, "small": 16, "protecting": 0, "earlier": 0, "by_subtraction": 0}
    assert prepared.report == expected


def test_an_unknown_release_is_not_found(owner):
    with pytest.raises(ReleaseNotFound):
        get_release("nothing")


def test_d34_an_officer_prepares_at_the_desk_and_another_signs(owner, client):
    form = {
        "code": "by_division", "title_zh": "各区人数", "title_en": "By division", "summary_zh": "测试",
        "summary_en": "Test", "licence": "CC BY 4.0", "form": "table",
        "fields": ["division:6", "sex"], "least": "3",
    }  # fmt: skip
    sign_in(client, owner)
    refused = client.post("/desk/exchange/person_for_tests/release/", form | {"least": "2"})
    made = client.post("/desk/exchange/person_for_tests/release/", form)
    assert refused.status_code == 422
    assert "最小分组不得小于3" in refused.content.decode()
    assert made.status_code == 302
    assert "待签发" in client.get("/desk/exchange/releases/").content.decode()
    assert "In all 4, held back as small 1" in client.get("/en/desk/exchange/releases/").content.decode()
    assert client.post("/desk/exchange/releases/by_division/sign/").status_code == 403

    approver = an_officer("public_security", roles=["approver"])
    sign_in(client, approver)
    seen = client.get("/desk/exchange/releases/by_division/file/")
    assert b"withheld" in b"".join(seen.streaming_content)
    client.post("/desk/exchange/releases/by_division/sign/")

    assert get_release("by_division").state == "published"
    stranger = an_officer("planning", roles=["approver"])
    sign_in(client, stranger)
    assert client.get("/desk/exchange/releases/by_division/file/").status_code == 404
    client.post("/desk/exchange/releases/by_division/withdraw/")
    assert get_release("by_division").state == "published"


def test_d34_a_release_that_could_be_subtracted_from_an_earlier_one_is_refused_with_the_number(owner):
    """By division and sex two cells are held back; the other order would tell one of them."""
    prepare(owner)
    turned = [CutField(name="sex"), CutField(name="division", first=6)]

    with pytest.raises(ReleaseRefused) as refused:
        prepare(owner, code="people_by_sex", fields=turned)

    assert "subtracted from “people_by_division” it tells groups smaller than 3 (1)" in str(refused.value)
    assert Release.objects.count() == 1
    # the same cut again tells nothing more; what was never public and is taken back counts no more
    again = prepare(owner, code="people_again")
    assert (again.report["earlier"], again.report["by_subtraction"]) == (1, 0)
    approver = an_officer("public_security", roles=["approver"])
    for code in ("people_by_division", "people_again"):
        withdraw_release(actor=approver, at=AT, code=code)
    assert prepare(owner, code="people_by_sex", fields=turned).report["earlier"] == 0
    # what was public stays known, also when it is taken back
    sign_release(actor=approver, at=AT, code="people_by_sex")
    withdraw_release(actor=approver, at=AT, code="people_by_sex")
    with pytest.raises(ReleaseRefused):
        prepare(owner, code="people_at_last")
