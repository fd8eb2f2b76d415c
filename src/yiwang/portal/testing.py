"""Builders for tests of pages: people and firms signed in to a client, applications as far as wanted."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.test import Client

from yiwang.identity.contracts import EntityView
from yiwang.identity.testing import a_citizen, a_firm, a_mandate, signed_in
from yiwang.platform.contracts import Actor

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\x0d\xefF\xb8\x00\x00\x00\x00IEND\xaeB`\x82"
)
ANSWERS = {
    "firm": {
        "credit_code": "91440101MA5AB12345",
        "firm_name": "广州云山建材有限公司",
        "legal_representative": "陈小明",
        "contact_name": "李联系",
        "contact_phone": "13800138000",
    },
    "project": {
        "project_name": "云山数据中心",
        "project_kind": "new_build",
        "industry": "C39",
        "foreign_invested": "no",
        "total_investment": "50000000",
        "start_date-year": "2027",
        "start_date-month": "3",
        "start_date-day": "1",
        "content": "新建厂房12000平方米",
    },
    "site": {
        "division": "440103001",
        "address-detail": "科学大道1号",
        "land_use": "new_land",
        "land_area": "20000",
        "floor_area": "12000",
    },
    "environment": {"environment_class": "form", "hazardous": "no", "energy_use": ""},
    "statement": {"truthful": "confirmed"},
}
PAPERS = ("feasibility", "land_proof", "site_plan", "impact_report")


@dataclass(frozen=True)
class Applicant:
    """A person at a browser, perhaps with a firm."""

    client: Client
    actor: Actor
    firm: EntityView | None = None


def a_resident() -> Applicant:
    """A person who acts for himself only."""
    actor = a_citizen()
    return Applicant(signed_in(actor), actor)


def a_businessman() -> Applicant:
    """A person with a firm."""
    actor = a_citizen()
    firm = a_firm()
    a_mandate(actor, firm)
    return Applicant(signed_in(actor), actor, firm)


def a_file(name: str = "报告.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file to upload; a small PDF if nothing is said."""
    return SimpleUploadedFile(name, content)


def _went_on(answer: HttpResponseBase) -> None:
    if answer.status_code != 302:
        raise AssertionError(f"{answer.status_code}: {getattr(answer, 'content', b'').decode()[:5000]}")


def file_sent(client: Client, path: str) -> tuple[int, bytes]:
    """Status and bytes of a download, the file closed again."""
    answer = client.get(path)
    if not isinstance(answer, FileResponse):
        return answer.status_code, answer.content
    content = answer.getvalue()
    # Closing the response itself would close the test's database connection as well.
    if answer.file_to_stream is not None:
        answer.file_to_stream.close()
    return answer.status_code, content


def begin(who: Applicant, code: str = "investment_approval") -> str:
    """Begin an application; gives the address of its task list."""
    answer = who.client.post(f"/services/{code}/apply/")
    _went_on(answer)
    return answer.headers["Location"]


def fill(who: Applicant, address: str, *, pages: dict[str, dict[str, str]] = ANSWERS) -> None:
    """Fill in pages."""
    code = who.firm.credit_code if who.firm else ""
    for key, fields in pages.items():
        sent = {**fields, **({"credit_code": code} if key == "firm" and code else {})}
        answer = who.client.post(f"{address}pages/{key}/", sent)
        _went_on(answer)


def hand_in(who: Applicant, address: str, papers: tuple[str, ...] = PAPERS) -> None:
    """Upload a PDF for each paper."""
    for key in papers:
        answer = who.client.post(f"{address}papers/{key}/", {"files": [a_file(f"{key}.pdf")]})
        _went_on(answer)


def send(who: Applicant, address: str) -> str:
    """Submit; gives where it leads."""
    answer = who.client.post(f"{address}check/", {"declaration": "yes"})
    _went_on(answer)
    return answer.headers["Location"]


def applied(who: Applicant | None = None) -> tuple[Applicant, int]:
    """A whole application that was sent; gives who and the case's id."""
    who = who or a_businessman()
    address = begin(who)
    fill(who, address)
    hand_in(who, address)
    receipt = send(who, address)
    return who, int(receipt.split("/")[3])
