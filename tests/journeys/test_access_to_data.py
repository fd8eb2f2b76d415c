"""Data are asked for, granted in part, used in a case, seen by the citizen, and an error is put right."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.live.city import actor
from tests.live.fill import fill
from tests.live.papers import a_pdf
from tests.live.residence import RESIDENCE
from tests.live.visit import Visit
from tests.live.waiting import wait_for

from yiwang.cases import api
from yiwang.cases.contracts import GivenMaterial
from yiwang.cases.models import Case, Task
from yiwang.exchange.api import issue_grant, list_grants, list_requests
from yiwang.exchange.models import Client, Consent, Emergency, Grant, ReaderNotice, TraceLine
from yiwang.kernel.text import Text
from yiwang.platform.files import keep
from yiwang.registers.api import enter_entry, find_standing
from yiwang.registers.testing import a_person

pytestmark = pytest.mark.journey
READER, OWNER = "civil_affairs", "public_security"
#: Each language has something of its own put right, for both live in one city.
WRONG = {"zh": ("residence_address", "广州市天河区体育东路1号502房"), "en": ("phone", "13900000009")}


def _on_to(visitor: Visit, name: str) -> None:
    visitor.page.wait_for_load_state()
    visitor.look(name)


def _send(visitor: Visit) -> None:
    visitor.page.locator("main form button[type=submit], main form button").last.click()
    visitor.page.wait_for_load_state()


def _task(case: Case, username: str, outcome: str, note: str = "符合规定") -> None:
    task = Task.objects.get(case=case, state__in=["open", "claimed"])
    api.complete_task(actor=actor(username), at=timezone.now(), task_id=task.pk, outcome=outcome, note=note)


@pytest.fixture
def chen_is_registered(city) -> str:
    """The register of persons knows Chen, with an address and a telephone that are out of date."""
    number = RESIDENCE["resident_id"]
    if find_standing("persons", key=number) is None:
        values = a_person() | {"id_number": number, "name": RESIDENCE["name"], "birth_date": "1985-03-12"}
        enter_entry(actor=actor(f"{OWNER}.handler"), at=timezone.now(), register="persons", values=values)
    return number


@pytest.fixture
def certificate(city) -> Case:
    """Chen has asked for a certificate of residence; the civil affairs bureau is at work on it."""
    content = a_pdf()["buffer"]
    assert isinstance(content, bytes)
    at = timezone.now()
    stored = keep(content, name="proof.pdf", media_type="application/pdf", owner="chen", at=at)
    opened = api.open_case(
        actor=actor("chen"),
        at=at,
        type_code="residence_certificate",
        answers=RESIDENCE,
        materials=[GivenMaterial(key="residence_proof", file_id=stored.pk)],
    )
    return Case.objects.get(pk=opened.case_id)


def _ask(visit, certificate: Case) -> str:
    """The officer asks from the page of the case; gives the number of the request."""
    asker = visit(f"{READER}.handler")
    asker.go(f"/desk/cases/{certificate.number}/")
    if Grant.objects.filter(grantee=READER, resource="person_basic").exists():
        asker.says("查询授权今天无效", "grant is not in force today")
    else:
        asker.says("没有这项查询授权", "holds no grant")
    asker.look("desk-prefill-refused")
    asker.press("申请使用“人口基本信息”", "Ask for access to “Basic data of a person”")
    _on_to(asker, "exchange-ask")
    fill(
        asker.page,
        {
            "fields": ["name", "residence_address", "phone", "birth_date"],
            "purpose": "case",
            "reason": "办理居住情况证明时核对申请人身份和住址",
            "basis_zh": "《城市居民委员会组织法》第三条",
            "basis_en": "Organic Law of the Urban Residents' Committees, article 3",
            "quota": "200",
        },
    )
    _send(asker)
    asker.look("exchange-our-access-asked")
    asker.says("人口基本信息", "Basic data of a person")
    return list_requests(organisation=READER)[0].case_number


def _grant(visit, number: str) -> None:
    """The owner leaves the date of birth out and approves."""
    case = Case.objects.get(number=number)
    assert case.organisation == OWNER
    handler = visit(f"{OWNER}.handler")
    handler.go(f"/desk/cases/{number}/")
    handler.look("desk-access-request")
    handler.says("办理居住情况证明时核对申请人身份和住址")
    handler.press("核减共享条件", "Narrow the terms")
    _on_to(handler, "desk-act-narrow_access")
    handler.page.locator("[name=fields][value=birth_date]").uncheck()
    _send(handler)
    _task(case, f"{OWNER}.handler", "done")
    _task(case, f"{OWNER}.approver", "done")
    _task(case, f"{OWNER}.approver", "approve")


def test_d18_access_is_granted_used_seen_and_put_right(
    visit, language: str, chen_is_registered: str, certificate: Case, tmp_path: Path
):
    field, value = WRONG[language]
    for old in Grant.objects.filter(grantee=READER, resource="person_basic", revoked_at=None):
        Grant.objects.filter(pk=old.pk).update(revoked_at=timezone.now())

    # An officer of the bureau misses in a case what the register says and asks; less than that is granted.
    number = _ask(visit, certificate)
    _grant(visit, number)
    (grant,) = [found for found in list_grants(grantee=READER) if found.case_number == number]
    assert grant.fields == ("name", "phone", "residence_address")

    # The bureau sees its answer, and its head takes the credential for its own system, once.
    head = visit(f"{READER}.approver")
    head.go("/desk/exchange/our-access/")
    head.look("exchange-our-access")
    head.says(f"授权 {grant.id}", f"Grant {grant.id}")
    head.press("领取系统接入凭证", "Take the credential")
    _on_to(head, "exchange-credential")
    head.says(Client.objects.get(grant_id=grant.id).client_id)

    # The officer opens the case of a citizen: what the register says is there at once, as far as granted.
    looks = TraceLine.objects.filter(reference=certificate.number)
    clerk = visit(f"{READER}.handler")
    clerk.go(f"/desk/cases/{certificate.number}/")
    clerk.look("desk-prefilled")
    clerk.says("来自市公安局“人口基本信息”登记信息", "From the register of Guangzhou Public Security Bureau")
    clerk.says("一致", "Agrees")
    clerk.go(f"/desk/cases/{certificate.number}/")
    (line,) = looks
    assert (line.grant_id, line.fields) == (grant.id, ["name", "phone", "residence_address"])

    # The citizen sees who looked and why, takes the list along, and objects to what is wrong.
    chen = visit("chen")
    chen.go("/space/looks/")
    chen.look("space-looks")
    chen.says(f"办理办件 {certificate.number}", f"To handle the case {certificate.number}")
    listed = json.loads(
        chen.fetch(
            chen.page.get_by_role("link", name=chen.text("下载全部记录（JSON）", "All records (JSON)"))
        )
    )
    assert listed["looks"][0]["id"] == TraceLine.objects.latest("pk").pk
    chen.press("信息有误？提出异议", "Something is wrong? Object")
    _on_to(chen, "space-object-which")
    chen.press("人口基本信息", "Basic data of a person")
    _on_to(chen, "space-object")
    fill(chen.page, {"field": field, "wanted": value, "reason": "登记的信息已经过时"})
    _send(chen)
    _on_to(chen, "space-objection-case")
    objection = Case.objects.filter(type_code="register_change").latest("pk")
    chen.says(objection.number)

    # The owner puts it right; whoever read it is told, and takes note.
    while (task := Task.objects.filter(case=objection, state__in=["open", "claimed"]).first()) is not None:
        who = "handler" if task.role in {"window", "handler"} else "approver"
        _task(objection, f"{OWNER}.{who}", "approve" if task.role == "approver" else "done")
    since = timezone.now() - timedelta(minutes=5)
    told = wait_for(
        "a notice to the reader",
        lambda: ReaderNotice.objects.filter(organisation=READER, fields=[field], told_at__gte=since).first(),
    )
    assert certificate.number in told.references
    clerk.go("/desk/exchange/our-access/")
    clerk.look("exchange-notices")
    clerk.says(certificate.number)
    clerk.press("知悉", "Take note")
    clerk.page.wait_for_load_state()
    assert ReaderNotice.objects.get(pk=told.pk).seen_at is not None

    # Back in the case the officer looks again, and finds what was put right.
    clerk.go(f"/desk/cases/{certificate.number}/")
    clerk.press("重新调取", "Look again")
    clerk.look("desk-prefilled-again")
    clerk.says(value)
    assert looks.all().count() == 2


def test_d27_an_emergency_is_reviewed_and_consent_is_the_persons(
    visit, language: str, chen_is_registered: str, city
):
    incident = f"120-{language}-0017"
    earlier = Emergency.objects.filter(reviewed_at=None)
    assert not earlier.exists()

    # The head of the bureau looks at once, before any grant.
    head = visit(f"{READER}.approver")
    head.go("/desk/exchange/person_basic/emergency/")
    head.look("exchange-emergency")
    fill(
        head.page,
        {
            "incident": incident,
            "reason": "老人走失昏迷，须立即联系家属",
            "key": chen_is_registered,
            "fields": ["name", "phone"],
        },
    )
    _send(head)
    _on_to(head, "exchange-emergency-found")
    head.says(RESIDENCE["name"])

    # The person reads it with the number of the incident.
    chen = visit("chen")
    chen.go("/space/looks/")
    chen.says(incident)

    # Supervision reviews it, and only then there may be a next one.
    supervisor = visit("supervisor")
    supervisor.go("/desk/exchange/reviews/")
    supervisor.look("exchange-reviews")
    supervisor.says(incident)
    waiting = Emergency.objects.get(incident=incident)
    supervisor.page.locator(f"#emergency-{waiting.pk}-justified").check()
    fill(supervisor.page, {"words": "已核实调度记录"})
    supervisor.page.locator("main form button").first.click()
    supervisor.page.wait_for_load_state()
    supervisor.look("exchange-reviews-done")
    waiting.refresh_from_db()
    assert (waiting.verdict, waiting.words) == ("justified", "已核实调度记录")

    # Consent: given until a day, withdrawn at once.
    at = timezone.now()
    issue_grant(
        actor=actor(f"{OWNER}.approver"),
        at=at,
        resource="person_basic",
        grantee="provident_fund",
        fields=("name",),
        purpose="case",
        legal_basis=Text("《住房公积金管理条例》第二十四条", "Regulations on the provident fund, article 24"),
        valid_from=timezone.localdate(),
        valid_until=timezone.localdate() + timedelta(days=300),
        needs_consent=True,
    )
    chen.go("/space/consents/")
    chen.look("space-consents-asked")
    until = timezone.localdate() + timedelta(days=30)
    chen.page.locator("[name=asked]").first.check()
    for part in ("year", "month", "day"):
        chen.page.fill(f"[name=until-{part}]", str(getattr(until, part)))
    _send(chen)
    chen.look("space-consents")
    given = Consent.objects.get(grantee="provident_fund", withdrawn_at=None)
    assert given.valid_until == until
    chen.press("撤回", "Withdraw")
    given.refresh_from_db()
    assert given.withdrawn_at is not None
