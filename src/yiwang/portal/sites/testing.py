"""Builders for tests: a small group of sites, and pages in it, made by the commands that editors use."""

from __future__ import annotations

import io
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from yiwang.identity.testing import an_officer
from yiwang.platform.contracts import Actor
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.definitions import SiteDefinition
from yiwang.portal.sites.queries.sites import row_of

#: Sites of the small group with the organisation that edits each.
ORGANISATIONS = {"municipal": "general_office", "environment": "environment", "tianhe": "d440106"}
_KINDS = {"municipal": "main", "environment": "department", "tianhe": "district"}
_FLOWS = {"municipal": "down"}


def a_group() -> tuple[SiteDefinition, ...]:
    """A main site, a department's and a district's; each has a column with one article."""
    return tuple(
        SiteDefinition.model_validate(
            {
                "code": code,
                "kind": _KINDS[code],
                "order": order,
                "title": {"zh": f"{code}网站", "en": f"Site of {code}"},
                "lead": {"zh": "简介", "en": "About"},
                "organisation": organisation,
                "identifier": f"44010000{order:02}",
                "phone": "020-00000000",
                "checks": {"default": {"reviews": 0, "proofs": 0}},
                "pages": [
                    {
                        "address": "news",
                        "kind": "column",
                        "title": "动态",
                        "menu": True,
                        "flow": _FLOWS.get(code, "up"),
                        "english": {"title": "News"},
                        "pages": [
                            {
                                "address": "first",
                                "kind": "article",
                                "title": f"{code}第一条",
                                "day": "2026-11-01",
                                "issuer": organisation,
                                "body": [{"paragraph": "正文。"}],
                            }
                        ],
                    }
                ],
            }
        )
        for order, (code, organisation) in enumerate(ORGANISATIONS.items(), start=1)
    )


def load_small_group(at: datetime) -> None:
    """Have the small group in the database."""
    api.load_group(actor=Actor.system("tests"), at=at, sites=a_group())


def a_picture(*, latitude: bool = False) -> SimpleUploadedFile:
    """A small photograph, if wanted with the place where it was taken."""
    picture = Image.new("RGB", (60, 40), "teal")
    exif = Image.Exif()
    if latitude:
        exif.get_ifd(0x8825)[1] = "N"
        exif[0x8825] = {1: "N", 2: (23.0, 7.0, 30.0)}
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=exif)
    return SimpleUploadedFile("river.jpg", written.getvalue(), content_type="image/jpeg")


def a_draft(
    actor: Actor, at: datetime, site: str, *, address: str, content: Content, kind: str = "article"
) -> tuple[int, int]:
    """A page under the news of a site, with content that is not published: its id and its revision."""
    column = api.find_page(site, "news").link.id
    page = api.begin_page(
        actor=actor, at=at, site=site, parent=column, kind=kind, address=address, title=content.title
    )
    before = api.get_draft(actor, site, page).revision
    return page, api.save_page(actor=actor, at=at, site=site, page=page, revision=before, content=content)


def pass_reviews(at: datetime, site: str, page: int) -> None:
    """Submit the last revision of a page and have it pass every proof and review, by officers made for it."""
    where = row_of(site).organisation
    author = an_officer(where, roles={"editor"})
    one, two = (an_officer(where, roles={"site_reviewer"}) for _ in range(2))
    chief = an_officer(where, roles={"publisher"})
    revision = api.get_draft(author, site, page).revision
    checks = api.review_of(author, site, page).standing.checks
    if checks.proofs or checks.reviews:
        api.submit_page(actor=author, at=at, site=site, page=page, revision=revision)
    for reader in (one, two, one)[: checks.proofs]:
        api.record_proof(actor=reader, at=at, site=site, page=page, revision=revision)
    for reader in (one, two, chief)[3 - checks.reviews :]:
        api.review_page(actor=reader, at=at, site=site, page=page, revision=revision)
