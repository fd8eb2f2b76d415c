"""What is ordered for later is done once: at its time, or when a worker runs again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from yiwang.identity.testing import a_resident_id, sign_in
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.loops import LOOPS
from yiwang.platform.models import JournalEntry
from yiwang.portal.sites import api
from yiwang.portal.sites.commands import publish_page as publishing
from yiwang.portal.sites.contracts import Content, Embargoed, StepRefused
from yiwang.portal.sites.models import GroupSite, PageStep, PageTerms, SitePage
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.rules.terms import Due, Terms, due
from yiwang.portal.sites.testing import a_draft, a_picture, pass_reviews

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SITE = "environment"


@pytest.fixture
def carry_out():
    """The worker's loop, as the worker finds it."""
    return LOOPS.get("sites.due").work


def content(text: str = "水质良好。") -> Content:
    return Content(title="河涌水质", day=date(2026, 11, 20), body=(Part(kind="paragraph", text=text),))


def ordered(actor: Actor, address: str, said: Content | None = None, **terms: datetime) -> int:
    page, revision = a_draft(actor, AT, SITE, address=address, content=said or content())
    api.set_terms(actor=actor, at=AT, site=SITE, page=page, revision=revision, terms=Terms(**terms))
    return page


def is_out(page: int) -> bool:
    return bool(SitePage.objects.get(pk=page).live)


def steps(page: int) -> list[str]:
    return list(PageStep.objects.filter(page=page).order_by("pk").values_list("kind", flat=True))


def test_b27_a_publication_ordered_while_the_worker_is_down_is_done_once_it_is_back(
    editors: Mapping[str, Actor], carry_out, monkeypatch
):
    page = ordered(editors[SITE], "later", publish_at=AT + HOUR)
    assert carry_out(AT + HOUR - timedelta(seconds=1)) == 0
    assert not is_out(page)

    class Killed(BaseException):
        """As if the process ended in the middle."""

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(publishing, "record_uses", killed)
        with pytest.raises(Killed):
            carry_out(AT + 5 * HOUR)
    assert not is_out(page)

    assert [carry_out(AT + 9 * HOUR), carry_out(AT + 9 * HOUR), carry_out(AT + 10 * HOUR)] == [1, 0, 0]

    assert is_out(page)
    assert steps(page) == ["scheduled", "published"]
    done = JournalEntry.objects.filter(operation="sites.page.carry_out", outcome="done")
    assert [one.detail["done"] for one in done.filter(subject=f"page:{page}")] == ["publish"]


def test_b27_a_page_expires_with_what_is_below_it_and_its_files(
    client: Client, editors, own_folder, carry_out
):
    actor = editors[SITE]
    picture = api.keep_file(actor=actor, at=AT, site=SITE, upload=a_picture())
    shown = Content(title="图", day=date(2026, 11, 20), body=(Part(kind="picture", file=picture, alt="河"),))
    page = ordered(actor, "short", shown, publish_at=AT + HOUR, withdraw_at=AT + 2 * HOUR)
    file = f"/sites/{SITE}/files/{picture}/"
    carry_out(AT + HOUR)
    assert b"".join(client.get(file).streaming_content)

    assert [carry_out(AT + 2 * HOUR), carry_out(AT + 3 * HOUR)] == [1, 0]

    assert not is_out(page)
    assert client.get(file).status_code == 404
    assert steps(page) == ["scheduled", "expiry", "published", "expired"]


def test_b27_what_is_refused_at_its_time_is_told_to_the_publisher(client: Client, editors, carry_out):
    """Edited since; a page that its text links to is withdrawn; a personal number is no matter of time."""
    actor = editors[SITE]
    edited = ordered(actor, "edited", publish_at=AT + HOUR)
    last = api.get_draft(actor, SITE, edited).revision
    api.save_page(actor=actor, at=AT, site=SITE, page=edited, revision=last, content=content("改了。"))
    first = api.find_page(SITE, "news/first").link.id
    linking = ordered(
        actor, "linking", content("见[首条](/sites/environment/news/first/)。"), publish_at=AT + HOUR
    )
    api.withdraw_page(actor=actor, at=AT, site=SITE, page=first, words="数据有误")
    with pytest.raises(InvalidInput):
        ordered(actor, "number", content(f"某人 {a_resident_id(7)}"), publish_at=AT + HOUR)

    assert carry_out(AT + HOUR) == 2
    assert carry_out(AT + HOUR) == 0

    assert not is_out(edited)
    assert not is_out(linking)
    assert PageTerms.objects.filter(publish_at__isnull=False).count() == 0
    sign_in(client, actor)
    told = client.get(reverse("site_desk:review", args=[SITE, edited])).content.decode()
    assert "定时发布没有执行" in told
    assert "页面又改过了" in told
    assert "链接" in api.review_of(actor, SITE, linking).refusal.zh

    desk = client.get(reverse("site_desk:pages", args=[SITE])).content.decode()
    notice = html.document_fromstring(desk).find_class("yw-notice")[0].text_content()
    assert notice.count("页面又改过了") == 1
    assert notice.count("河涌水质") == 2
    entries = html.document_fromstring(desk).find_class("yw-sidenav__link")
    assert {link.text_content().strip() for link in entries} >= {"网站编辑2"}
    assert api.count_refused_orders(editors["tianhe"]) == 0
    with pytest.raises(OperationNotAllowed):
        api.refused_orders(editors["tianhe"], SITE)

    upon = {"site": SITE, "page": edited, "revision": api.get_draft(actor, SITE, edited).revision}
    api.publish_page(actor=actor, at=AT + 2 * HOUR, **upon)
    assert [one.page for one in api.refused_orders(actor, SITE)] == [linking]


def test_b27_nothing_goes_out_under_an_embargo_and_orders_need_reviews(editors, carry_out):
    actor = editors[SITE]
    page = ordered(actor, "held", embargo_until=AT + 2 * HOUR)
    upon = {"site": SITE, "page": page, "revision": api.get_draft(actor, SITE, page).revision}
    with pytest.raises(Embargoed):
        api.publish_page(actor=actor, at=AT + HOUR, **upon)
    early = Terms(embargo_until=AT + 2 * HOUR, publish_at=AT + HOUR, withdraw_at=AT - HOUR)
    with pytest.raises(InvalidInput) as refused:
        api.set_terms(actor=actor, at=AT, terms=early, **upon)
    assert [one.path for one in refused.value.problems] == ["withdraw_at", "publish_at", "withdraw_at"]
    GroupSite.objects.filter(code=SITE).update(checks={})
    at_its_time = Terms(embargo_until=AT + 2 * HOUR, publish_at=AT + 2 * HOUR)
    with pytest.raises(StepRefused):
        api.set_terms(actor=actor, at=AT, terms=at_its_time, **upon)
    assert PageTerms.objects.get(page=page).publish_at is None

    pass_reviews(AT, SITE, page)
    api.set_terms(actor=actor, at=AT, terms=at_its_time, **upon)

    assert carry_out(AT + 2 * HOUR) == 1
    assert is_out(page)


def test_the_form_of_times_says_what_is_wrong_where(client: Client, editors):
    actor = editors[SITE]
    page, revision = a_draft(actor, AT, SITE, address="form", content=content())
    address = reverse("site_desk:terms", args=[SITE, page])
    sign_in(client, actor)
    day = {"publish_at-year": "2099", "publish_at-month": "2", "_revision": revision}

    wrong = client.post(address, {**day, "publish_at-day": "30"})
    assert wrong.status_code == 422
    assert "请填写真实的日期" in wrong.content.decode()
    assert 'value="30"' in wrong.content.decode()
    client.post(address, {**day, "publish_at-day": "3", "publish_at_clock": "08:30"})

    assert PageTerms.objects.get(page=page).publish_at == datetime(2099, 2, 3, 0, 30, tzinfo=UTC)
    assert due(Terms(publish_at=AT, withdraw_at=AT), AT) is Due.WITHDRAW
