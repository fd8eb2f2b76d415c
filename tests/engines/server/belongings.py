"""What belongs to others, for those who try every door: a firm's case, a draft, a site, files."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from yiwang.cases.models import Appointment, Case, Clock, Draft, Material, Task
from yiwang.exchange.models import Grant
from yiwang.identity.models import Delegation, Mandate, Posting
from yiwang.identity.testing import an_officer
from yiwang.insight.models import Report
from yiwang.kernel.text import Text
from yiwang.maps.models import LongStudy, RasterUpload
from yiwang.platform.contracts import Actor
from yiwang.platform.files import keep
from yiwang.portal.meetings.models import Edition, Invitation, Meeting
from yiwang.portal.openness.models import Item, PublicAnswer
from yiwang.portal.sites.api import find_page, keep_file
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.testing import a_draft, a_picture, load_small_group
from yiwang.portal.talking.models import Budget, Comment, Consultation, Proposal, Survey
from yiwang.portal.testing import a_businessman, applied, begin
from yiwang.registers.api import enter_entry
from yiwang.registers.drafting.api import begin_draft
from yiwang.registers.models import Export, FileLoad, Intake
from yiwang.registers.testing import a_person

SECRET = "云山数据中心"


def things() -> dict[str, object]:
    """Ids of what belongs to others: a firm's case, draft, appointment, an officer's posting, an entry."""
    who, case_id = applied()
    case = Case.objects.get(pk=case_id)
    owner = a_businessman()
    begin(owner)
    at = timezone.now()
    police = an_officer("public_security", roles={"handler"})
    posting = Posting.objects.get(account_id=police.account_id)
    return {
        "number": case.number,
        "case_id": case_id,
        "task_id": Task.objects.filter(case=case)[0].pk,
        "clock_id": Clock.objects.filter(case=case)[0].pk,
        "file_id": Material.objects.filter(case=case)[0].file_id,
        "draft_id": Draft.objects.get(account_id=owner.actor.account_id).pk,
        "appointment_id": _appointment(owner.actor, case.type_code, at),
        "entity_id": who.firm.id,
        "mandate_id": Mandate.objects.filter(entity_id=who.firm.id)[0].pk,
        "account_id": police.account_id,
        "officer_id": police.account_id,
        "posting_id": posting.pk,
        "delegation_id": _delegation(posting, at),
        "organisation": "planning",
        "map-tiles asked": "parcels/0/0/0.mvt",
        "map-tilejson asked": "parcels",
        "map-style asked": "parcels",
        "map-still asked": "parcels",
        "solids-cityjson layer": "parcels",
        "solids-tileset layer": "parcels",
        "solids-tile layer": "parcels",
        "solids-tile level": 12,
        "solids-tile column": 0,
        "solids-tile row": 0,
        "ogc:collection code": "parcels",
        "ogc:queryables code": "parcels",
        "ogc:items code": "parcels",
        "ogc:item code": "parcels",
        "ogc:item feature": "1",
        "maps:correct layer": "parcels",
        "maps:add layer": "parcels",
        "maps:entry register": "parcels",
        "raster-tile edition": "2025",
        "rasters:edition edition": "2025",
        "rasters:take_back edition": "2025",
        "rasters:put_back edition": "2025",
        "raster-tile asked": "0/0/0.png",
        "raster-tilejson edition": "2025",
        "raster-terrain edition": "2025",
        "raster-still edition": "2025",
        "maps:dug number": 1,
        "maps:dug_pdf number": 1,
        "ogc:matrix-set name": "CGCS2000Quad",
        "ogc:tilesets code": "parcels",
        "ogc:tileset code": "parcels",
        "ogc:tileset name": "CGCS2000Quad",
        "ogc:map-tileset name": "CGCS2000Quad",
        "ogc:map-tile name": "CGCS2000Quad",
        "ogc:map-tile matrix": "0",
        "ogc:map-tile row": "0",
        "ogc:map-tile column": "0",
        "ogc:tile code": "parcels",
        "ogc:tile name": "CGCS2000Quad",
        "ogc:tile matrix": "0",
        "ogc:tile row": "0",
        "ogc:tile column": "0",
        "ogc:wmts-tile layer": "parcels",
        "ogc:wmts-tile style": "default",
        "ogc:wmts-tile name": "CGCS2000Quad",
        "ogc:wmts-tile matrix": "0",
        "ogc:wmts-tile row": "0",
        "ogc:wmts-tile last": "0.mvt",
        "matching": "firms",
        "kind": "no_tax",
        "doubt": 1,
        "draft": _register_draft(at),
        "field": 1,
        "entry": enter_entry(actor=police, at=at, register="persons", values=a_person()).entry,
        "pk": 1,
        "pair": 1,
        "merge": 1,
        "key": "message",
        "form": "xlsx",
        "year": 2025,
        "disclosure:severing_page page": 1,
        "disclosure:document_page page": 1,
        "portal:looks_file form": "csv",
        "consent": 1,
        "emergency": 1,
        "order": 1,
        "node": "district-a",
        "finding": 1,
        "notice": 1,
        "terminal": 1,
        "meeting": _a_meeting(at),
        "letter": 1,
        "section": 0,
        "revision": 1,
        **_put_out(at),
        "question": "MAA=",
        "path": "guangzhou/GOV/labour/local/persons",
        "token": "of-somebody-else",
        "job": "0" * 32,
        "subscription": "0" * 32,
        "delivery": 1,
        "code": case.type_code,
        "portal:notice code": "none-such",
        **_a_site(at),
        **_items(at),
        "catalogue:entry code": "person_basic",
        "catalogue-openapi code": "person_basic",
        "catalogue-entry-turtle code": "person_basic",
        "catalogue-entry-json-ld code": "person_basic",
        "catalogue-data code": "none-such",
        "release": "none_such",
        "source": "none_such",
        "resource": "person_basic",
        "action": "package_list",
        "portal:licence code": "AAAA-BBBB",
        "portal:licence_document code": "AAAA-BBBB",
        "portal:application_page key": "firm",
        "portal:application_pick key": "site",
        "portal:application_pick question": "plot",
        "watching:report_rows figure": "pages",
        "measure": "site_fresh",
        "portal:application_paper key": "site_plan",
        **_files_of_others(at),
    }


def _put_out(at: datetime) -> dict[str, object]:
    """Drafts of another organisation: only what is out is anybody's."""
    days = {"opens_on": at.date(), "closes_on": at.date(), "made_by": 1, "made_at": at}
    words = {"title": {"zh": SECRET, "en": "x"}, "summary": {"zh": "x", "en": "x"}, "organisation": "parks"}
    draft = Consultation.objects.create(kind="rule", **words, **days)
    survey = Survey.objects.create(kind="survey", questions=[], **words, **days)
    comment = Comment.objects.create(consultation=draft, at=at, body=SECRET)
    budget = Budget.objects.create(amount=1, way="count", most=1, projects=[], **words, **days)
    proposal = Proposal.objects.create(
        organisation="parks", person_id=1, given_title=SECRET, given_body=SECRET, given_at=at
    )
    return {
        "budget": budget.pk,
        "proposal": proposal.pk,
        "consultation": draft.pk,
        "survey": survey.pk,
        "comment": comment.pk,
    }


def _a_meeting(at: datetime) -> int:
    """To which only the parks' department is invited."""
    row = Meeting.objects.create(issuer="planning", made_at=at)
    later = at + timedelta(days=9)
    Edition.objects.create(
        meeting=row, number=1, kind="issue", subject=SECRET, place="x", attendance="x", contact="x",
        starts_at=later, reply_until=later, sent_by=1, sent_at=at,
    )  # fmt: skip
    Invitation.objects.create(meeting=row, organisation="parks")
    return row.pk


def _a_site(at: datetime) -> dict[str, object]:
    """The small group of sites, with a draft and a picture that are not published."""
    load_small_group(at)
    editor = an_officer("environment", roles={"editor"})
    picture = keep_file(actor=editor, at=at, site="environment", upload=a_picture())
    page, _ = a_draft(editor, at, "environment", address="secret", content=Content(title=SECRET))
    return {
        "site": "environment",
        "page": page,
        "parent": find_page("environment", "news").link.id,
        "address": "news",
        "file": picture,
        "site_desk:begin kind": "article",
    }


def _items(at: datetime) -> dict[str, object]:
    """An item that is published, with its original, and one that is not."""
    stored = keep(b"%PDF-1.4", name="original.pdf", media_type="application/pdf", owner="tests", at=at)
    words = {"kind": "other", "category": "other", "organisation": "parks", "made_on": at.date()}
    written = {"summary": {"zh": "", "en": ""}, "written_by": 1, "written_at": at}
    out = Item.objects.create(
        index_number="TEST/2026-00001", title={"zh": "公开", "en": "Public"}, file=stored, published_at=at,
        from_day=at.date(), **{**words, "kind": "policy"}, **written,
    )  # fmt: skip
    answer = PublicAnswer.objects.create(
        number="YSQ-1", organisation="parks", state="published", result={"zh": "予以公开", "en": "Granted"},
        subject="公园规划", asked="规划", released="全文", received_on=at.date(), answered_on=at.date(),
        decided_by=1, decided_at=at,
    )  # fmt: skip
    kept_in = Item.objects.create(
        index_number="TEST/2026-00002", title={"zh": SECRET, "en": ""}, **words, **written
    )
    return {
        "item": kept_in.pk,
        "act": 1,
        "link": 1,
        "batch": 1,
        "openness:item item": out.pk,
        "openness:file item": out.pk,
        "rest:get_item item": out.pk,
        "rest:get_state item": out.pk,
        "answer": answer.pk,
    }


def _register_draft(at: datetime) -> int:
    drafter = an_officer("parks", roles={"handler"})
    words = Text(SECRET, "Old trees")
    return begin_draft(actor=drafter, at=at, code="trees", title=words, summary=words).draft


def _appointment(actor: Actor, type_code: str, at: datetime) -> int:
    made = Appointment.objects.create(
        account_id=actor.account_id, type_code=type_code, organisation="service_centre", name="陈小明",
        day=date(2027, 3, 1), slot=time(9, 0), queue_number=1, state="booked", booked_at=at,
    )  # fmt: skip
    return made.pk


def _delegation(posting: Posting, at: datetime) -> int:
    stand_in = an_officer("public_security", roles={"handler"})
    made = Delegation.objects.create(
        posting=posting, to_account_id=stand_in.account_id, roles=["handler"], starts_at=at,
        ends_at=at + timedelta(days=3),
    )  # fmt: skip
    return made.pk


def _files_of_others(at: datetime) -> dict[str, object]:
    """A load's report, a monthly report with its file, and a grant to another organisation."""
    stored = keep(SECRET.encode(), name="report.csv", media_type="text/csv", owner="tests", at=at)
    loaded = FileLoad.objects.create(
        register="persons", at=at, source="public_security", sha256=stored.sha256, rows=1, loaded=0,
        bad_rows=1, report=stored,
    )  # fmt: skip
    report = Report.objects.create(
        month="2026-02", organisation="", state="done", asked_by=1, asked_at=at, made_at=at,
        xlsx_id=stored.pk, pdf_id=stored.pk,
    )  # fmt: skip
    grant = Grant.objects.create(
        resource="persons", grantee="planning", fields=["name"], purpose="case",
        legal_basis={"zh": "法", "en": "Law"}, valid_from=at.date(), valid_until=at.date(), issued_at=at,
    )  # fmt: skip
    asked = {"register": "persons", "account_id": 1, "organisation": "public_security", "asked_at": at}
    intake = Intake.objects.create(source="public_security", name="a.csv", file="a.csv", size=1, **asked)
    export = Export.objects.create(form="csv", purpose="own_duty", reference="1", **asked)
    study = LongStudy.objects.create(
        account_id=1, organisation="public_security", post="", roles=["handler"], language="zh",
        asked={"method": "total", "layer": "persons"}, title={"zh": SECRET, "en": SECRET}, state="waiting",
        asked_at=at, kept_until=at + timedelta(days=7),
    )  # fmt: skip
    sent = RasterUpload.objects.create(
        account_id=1, organisation="public_security", roles=["handler"], raster="photo", year=2025, over=0,
        name="a.tif", file="a.tif", size=1, state="waiting", asked_at=at,
    )  # fmt: skip
    return {
        "upload": sent.pk,
        "analysis:long number": study.pk,
        "load": loaded.pk,
        "intake": intake.pk,
        "export": export.pk,
        "report_id": report.pk,
        "grant": grant.pk,
    }
