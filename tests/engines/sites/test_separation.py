"""Every editor at every other site's page, picture, document, preview: refused, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from yiwang.identity.testing import an_officer, sign_in
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.models import JournalEntry, StoredFile
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content, SiteFileNotFound, SitePageNotFound
from yiwang.portal.sites.models import FileUse, PageStep, PageTerms, SiteFile, SitePage
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.rules.terms import Terms
from yiwang.portal.sites.testing import ORGANISATIONS, a_draft, a_picture

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SECRET = "尚未公布的消息"
PAIRS = list(permutations(ORGANISATIONS, 2))


def whole_store() -> dict[str, object]:
    """Everything that an act on pages or files could change."""
    pages = SitePage.objects.order_by("pk").values_list(
        "pk", "path", "title", "draft_title", "live", "latest_revision_id", "has_unpublished_changes"
    )
    return {
        "pages": list(pages),
        "revisions": list(Revision.objects.order_by("pk").values_list("pk", "content")),
        "files": list(SiteFile.objects.order_by("pk").values_list("pk", "site_id", "stored_id")),
        "stored": StoredFile.objects.count(),
        "uses": FileUse.objects.count(),
        "steps": PageStep.objects.count(),
        "terms": PageTerms.objects.count(),
        "done": JournalEntry.objects.filter(outcome="done").count(),
    }


@pytest.fixture
def things(editors, own_folder) -> dict[str, dict[str, int]]:
    """In each site a draft that uses a picture, and a document that nothing uses."""
    found = {}
    for site, actor in editors.items():
        picture = api.keep_file(actor=actor, at=AT, site=site, upload=a_picture())
        text = SimpleUploadedFile("plan.pdf", b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n")
        document = api.keep_file(actor=actor, at=AT, site=site, upload=text)
        parts = (Part(kind="paragraph", text=SECRET), Part(kind="picture", file=picture, alt="河"))
        content = Content(title=SECRET, day=date(2026, 11, 20), body=parts)
        page, revision = a_draft(actor, AT, site, address="secret", content=content)
        column = api.find_page(site, "news").link.id
        found[site] = {
            "page": page,
            "revision": revision,
            "picture": picture,
            "document": document,
            "column": column,
        }
    return found


def doors(site: str, other: dict[str, int]) -> Iterator[tuple[str, dict[str, object]]]:
    """Every address of the desk about another's things, with what a form there sends."""
    page, changed = other["page"], {"title": "改了", "act": "save", "_revision": other["revision"]}
    yield reverse("site_desk:edit", args=[site, page]), changed
    yield reverse("site_desk:edit_english", args=[site, page]), {**changed, "title_en": "Changed"}
    yield reverse("site_desk:preview", args=[site, page]), {}
    yield reverse("site_desk:publish", args=[site, page]), {"_revision": other["revision"]}
    yield reverse("site_desk:review", args=[site, page]), {}
    for act in ("submit", "proof", "review", "send_back", "urgent"):
        step = {"act": act, "words": "x", "why": "x", "_revision": other["revision"]}
        yield reverse("site_desk:step", args=[site, page]), step
    versions = f"?before={other['revision']}&after={other['revision']}"
    yield reverse("site_desk:versions", args=[site, page]), {}
    yield reverse("site_desk:compare", args=[site, page]) + versions, {}
    back = {"restored": other["revision"], "_revision": other["revision"]}
    yield reverse("site_desk:restore", args=[site, page]), back
    yield reverse("site_desk:terms", args=[site, page]), {"_revision": other["revision"]}
    yield reverse("site_desk:withdraw", args=[site, other["column"]]), {"reason": "x"}
    new = {"title": "新", "address": "planted"}
    yield reverse("site_desk:begin", args=[site, other["column"], "article"]), new
    yield reverse("site_desk:own_file", args=[site, other["picture"]]), {}
    yield reverse("site_desk:own_file", args=[site, other["document"]]), {}


@pytest.mark.parametrize(("mine", "theirs"), PAIRS)
def test_b26_every_editor_is_refused_at_every_other_site(client: Client, editors, things, mine, theirs):
    sign_in(client, editors[mine])
    before, other = whole_store(), things[theirs]

    got = set()
    # under the other site's address, and smuggled in under one's own
    for site in (theirs, mine):
        for address, sent in doors(site, other):
            for answer in (client.get(address), client.post(address, sent)):
                got.add(answer.status_code)
                if not answer.streaming:
                    assert SECRET not in answer.content.decode(), address
    for address in (reverse("site_desk:pages", args=[theirs]), reverse("site_desk:files", args=[theirs])):
        got.add(client.get(address).status_code)
        got.add(client.post(address, {"file": a_picture()}).status_code)

    assert got <= {403, 404, 405}
    assert whole_store() == before


@pytest.mark.parametrize(("mine", "theirs"), PAIRS)
def test_b26_no_body_takes_a_file_of_another_site(editors, things, mine, theirs):
    own, other, actor = things[mine], things[theirs], editors[mine]
    before = whole_store()

    for part in (
        Part(kind="picture", file=other["picture"], alt="河"),
        Part(kind="attachment", file=other["document"]),
        Part(kind="picture", file=own["document"], alt="不是图片"),
    ):
        content = Content(title="借用", day=date(2026, 11, 20), body=(part,))
        with pytest.raises(SiteFileNotFound):
            api.save_page(
                actor=actor, at=AT, site=mine, page=own["page"], revision=own["revision"], content=content
            )

    assert whole_store() == before


def statuses(client: Client, addresses: list[str]) -> list[int]:
    found = []
    for address in addresses:
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # which closes the file
        found.append(answer.status_code)
    return found


def acts(site: str, other: dict[str, int]) -> Iterator[Callable[..., object]]:
    """Every act of the engine on another's things."""
    content = Content(title="改了")
    yield lambda actor: api.save_page(
        actor=actor, at=AT, site=site, page=other["page"], revision=other["revision"], content=content
    )
    yield lambda actor: api.publish_page(
        actor=actor, at=AT, site=site, page=other["page"], revision=other["revision"]
    )
    yield lambda actor: api.withdraw_page(actor=actor, at=AT, site=site, page=other["column"], words="x")
    yield lambda actor: api.begin_page(
        actor=actor, at=AT, site=site, parent=other["column"], kind="article", address="x", title="x"
    )
    upon = {"at": AT, "site": site, "page": other["page"], "revision": other["revision"]}
    yield lambda actor: api.submit_page(actor=actor, **upon)
    yield lambda actor: api.record_proof(actor=actor, **upon)
    yield lambda actor: api.review_page(actor=actor, **upon)
    yield lambda actor: api.send_back_page(actor=actor, words="x", **upon)
    yield lambda actor: api.restore_version(actor=actor, restored=other["revision"], **upon)
    yield lambda actor: api.set_terms(actor=actor, terms=Terms(), **upon)
    yield lambda actor: api.publish_urgently(actor=actor, words="x", **upon)
    yield lambda actor: api.keep_file(actor=actor, at=AT, site=site, upload=a_picture())


def test_b26_commands_refuse_by_themselves_also_those_who_stand_above(editors, things):
    """The general office stands above the departments, and a site is still its own organisation's."""
    above = an_officer("municipal_government", roles={"editor", "publisher", "approver", "handler"})
    before = whole_store()

    for theirs, other in things.items():
        foreign = [actor for site, actor in editors.items() if site != theirs]
        for actor in (*foreign, above):
            for act in acts(theirs, other):
                with pytest.raises(OperationNotAllowed):
                    act(actor)
        for mine, actor in editors.items():
            if mine != theirs:
                smuggled = list(acts(mine, other))[:-1]
                for act in smuggled:
                    with pytest.raises(SitePageNotFound):
                        act(actor)

    assert whole_store() == before


def test_b26_the_public_sees_neither_drafts_nor_files_that_nothing_uses(client: Client, editors, things):
    other, actor = things["environment"], editors["environment"]
    addresses = [
        "/sites/environment/news/secret/",
        f"/sites/environment/files/{other['picture']}/",
        f"/sites/environment/files/{other['document']}/",
    ]
    assert statuses(client, addresses) == [404, 404, 404]
    assert SECRET not in client.get("/sites/environment/").content.decode()

    api.publish_page(actor=actor, at=AT, site="environment", page=other["page"], revision=other["revision"])

    assert statuses(client, addresses) == [200, 200, 404]
    assert client.get(f"/sites/tianhe/files/{other['picture']}/").status_code == 404

    api.withdraw_page(actor=actor, at=AT, site="environment", page=other["page"], words="x")

    assert statuses(client, addresses) == [404, 404, 404]


def test_b25_who_only_edits_does_not_publish(client: Client, editors, things):
    writer = an_officer("environment", roles={"editor"}, password="x")
    other, before = things["environment"], whole_store()
    sign_in(client, writer)

    published = client.post(
        reverse("site_desk:publish", args=["environment", other["page"]]), {"_revision": other["revision"]}
    )

    assert published.status_code == 403
    assert client.get(reverse("site_desk:edit", args=["environment", other["page"]])).status_code == 200
    for act in list(acts("environment", other))[1:3]:
        with pytest.raises(YiwangError):
            act(writer)
    assert whole_store() == before
