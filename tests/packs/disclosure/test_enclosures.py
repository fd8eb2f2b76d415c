"""B12: the severed file goes out with the answer, its proof stays, its original is forgotten."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.packs.disclosure.acts import AGENCY, GRANTED, REVIEWED, a_searched, case, day, step

from yiwang.cases import api
from yiwang.cases.contracts import CaseNotFound, EnclosureKind, EnclosureMissing, NothingEnclosedNow
from yiwang.cases.models import CaseEvent, Decision, Enclosure, Letter
from yiwang.cases.queries.letter_content import letter_data
from yiwang.cases.testing import MONDAY, officer
from yiwang.identity.testing import a_citizen, signed_in
from yiwang.platform.contracts import Actor
from yiwang.platform.files import path_of
from yiwang.platform.models import JournalEntry, StoredFile
from yiwang.portal.disclosure.loops import forget_documents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asking_city")]
SECRET = "联系人李四"
PARTLY = {
    **{key: value for key, value in GRANTED.items() if key not in {"exception", "fee"}},
    "exception": "internal_affairs",
    "severable": True,
    "fee": "none",
    "withheld": "内部联系人信息",
}


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A page of print that names somebody."""
    return typst.compile(f'#set text(font: "Noto Serif CJK SC")\n批复全文。\n\n{SECRET}。'.encode())


def _words_in(content: bytes, place: Path) -> str:
    place.write_bytes(content)
    shown = subprocess.run(["pdftotext", str(place), "-"], capture_output=True, check=True, text=True)
    return shown.stdout


def _severed(case_id: int, paper: bytes) -> Enclosure:
    """The officer sends the original within the case, marks the name, and takes it out."""
    desk = signed_in(officer(AGENCY, "handler"))
    documents = f"/desk/disclosure/cases/{case(case_id).number}/documents/"
    sent = desk.post(documents, {"act": "source", "source": SimpleUploadedFile("批复.pdf", paper)})
    assert sent.status_code == 302, sent.content.decode()
    found = desk.post(sent["Location"], {"act": "find", "words": SECRET}).content.decode()
    region = found.split('name="region"')[1].split('value="')[1].split('"')[0]
    done = desk.post(sent["Location"], {"act": "sever", "region": region})
    assert done["Location"] == documents
    return Enclosure.objects.get(case_id=case_id, taken_back_at=None)


def _answered(paper: bytes, applicant: Actor) -> int:
    case_id = a_searched(applicant=applicant)
    _severed(case_id, paper)
    step(case_id, "draft", found=PARTLY)
    step(case_id, "review", role="reviewer", found={**REVIEWED, "privacy": "removed"})
    step(case_id, "sign", role="approver", outcome="approve", at=day(3, 20))
    return case_id


def test_b12_an_answer_that_gives_in_part_needs_the_severed_file_and_its_proof(paper: bytes, tmp_path: Path):
    case_id = a_searched()
    with pytest.raises(EnclosureMissing):
        step(case_id, "draft", found=PARTLY)
    assert "nature" not in case(case_id).data["findings"]
    # A file from which nothing was taken out does not do.
    whole = {"kind": EnclosureKind.RELEASED, "name": "批复.pdf", "media_type": "application/pdf"}
    plain = api.enclose(actor=officer(AGENCY, "handler"), at=MONDAY, case_id=case_id, content=paper, **whole)
    with pytest.raises(EnclosureMissing):
        step(case_id, "draft", found=PARTLY)
    api.take_back_enclosure(actor=officer(AGENCY, "handler"), at=MONDAY, case_id=case_id, enclosure_id=plain)

    assert SECRET in "".join(_words_in(paper, tmp_path / "source.pdf").split())
    severed = _severed(case_id, paper)
    stored = StoredFile.objects.get(pk=severed.file_id)
    assert _words_in(path_of(stored).read_bytes(), tmp_path / "new.pdf").strip() == ""
    assert severed.proof is not None
    assert (severed.proof["sha256"], severed.proof["pages"], severed.proof["regions"]) == (
        stored.sha256,
        1,
        1,
    )
    step(case_id, "draft", found=PARTLY)
    assert case(case_id).data["disclosure_result"]["kind"] == "partly_granted"


def test_b12_what_was_reviewed_is_what_goes_out(paper: bytes):
    case_id = a_searched()
    severed = _severed(case_id, paper)
    step(case_id, "draft", found=PARTLY)

    for role in ("handler", "reviewer", "approver"):
        with pytest.raises(NothingEnclosedNow):
            api.enclose(
                actor=officer(AGENCY, role),
                at=MONDAY,
                case_id=case_id,
                kind=EnclosureKind.RELEASED,
                name="x.pdf",
                media_type="application/pdf",
                content=paper,
            )
        with pytest.raises(NothingEnclosedNow):
            api.take_back_enclosure(
                actor=officer(AGENCY, role), at=MONDAY, case_id=case_id, enclosure_id=severed.pk
            )
    assert list(Enclosure.objects.values_list("pk", "taken_back_at")) == [(severed.pk, None)]


def test_b12_the_applicant_has_the_file_with_the_decision_and_not_before_and_never_the_original(paper: bytes):
    chen = a_citizen()
    case_id = a_searched(applicant=chen)
    severed = _severed(case_id, paper)
    [source] = StoredFile.objects.filter(owner=f"severing:case:{case_id}")
    space = signed_in(chen)

    def reached(file_id: int) -> set[int]:
        addresses = (
            f"/space/cases/{case_id}/files/{file_id}/",
            f"/space/cases/{case_id}/corrections/files/{file_id}/",
        )
        return {space.get(address).status_code for address in addresses}

    assert reached(severed.file_id) == {404}
    step(case_id, "draft", found=PARTLY)
    step(case_id, "review", role="reviewer", found={**REVIEWED, "privacy": "removed"})
    step(case_id, "sign", role="approver", outcome="approve")
    given = space.get(f"/space/cases/{case_id}/files/{severed.file_id}/")
    assert (
        b"".join(given.streaming_content) == path_of(StoredFile.objects.get(pk=severed.file_id)).read_bytes()
    )
    assert reached(source.pk) == {404}
    page = space.get(f"/space/cases/{case_id}/").content.decode()
    assert "附件：批复（区分处理）.pdf" in page
    [letter] = Letter.objects.filter(case_id=case_id, kind="decision")
    [_, stated] = letter_data(letter, on=MONDAY.date())["body"]
    shown = {fact["label"]["zh"]: fact["value"]["zh"] for fact in stated["facts"]}
    assert shown["附件"].startswith("批复（区分处理）.pdf（SHA-256 ")
    assert severed.sha256 in shown["附件"].replace(" ", "")
    assert shown["决定"] == "部分公开"


def test_b12_another_office_reaches_neither_the_file_nor_the_original(paper: bytes):
    case_id = a_searched()
    severed = _severed(case_id, paper)
    [source] = StoredFile.objects.filter(owner=f"severing:case:{case_id}")
    number = case(case_id).number
    documents = f"/desk/disclosure/cases/{number}/documents/"
    stranger = signed_in(officer("water", "handler"))

    for address in (documents, f"{documents}{source.pk}/", f"{documents}{source.pk}/1.png"):
        assert stranger.get(address).status_code == 404
    assert stranger.get(f"/desk/cases/{number}/files/{severed.file_id}/").status_code == 404
    assert (
        stranger.post(documents, {"act": "source", "source": SimpleUploadedFile("a.pdf", paper)}).status_code
        == 404
    )
    with pytest.raises(CaseNotFound):
        api.case_for_officer(actor=officer("water", "handler"), case_id=case_id, at=MONDAY)
    # A colleague of the same office may go on with it.
    colleague = signed_in(officer(AGENCY, "handler"))
    assert colleague.get(f"{documents}{source.pk}/1.png")["Content-Type"] == "image/png"
    assert StoredFile.objects.filter(owner__startswith="severing:").count() == 1


def test_b12_the_original_is_forgotten_when_the_decision_has_taken_effect(
    paper: bytes, django_capture_on_commit_callbacks
):
    chen = a_citizen()
    case_id = _answered(paper, chen)
    [source] = StoredFile.objects.filter(owner=f"severing:case:{case_id}")
    lies = path_of(source)
    assert forget_documents(day(3, 21)) == 0
    step(
        case_id,
        "serve",
        role="window",
        at=day(3, 21),
        found={"served_by": "online", "served_on": "2026-03-01"},
    )

    with django_capture_on_commit_callbacks(execute=True):
        assert forget_documents(day(3, 22)) == 1

    assert not lies.exists()
    assert not StoredFile.objects.filter(pk=source.pk).exists()
    [trace] = JournalEntry.objects.filter(operation="portal.document.purge")
    assert (trace.detail["sha256"], trace.detail["case"]) == (source.sha256, case_id)
    severed = Enclosure.objects.get(case_id=case_id)
    assert path_of(StoredFile.objects.get(pk=severed.file_id)).exists()
    assert severed.proof is not None
    assert severed.proof["source_sha256"] == source.sha256
    assert [event.detail["proven"] for event in CaseEvent.objects.filter(act="enclosed")] == [True]
    assert Decision.objects.get().outcome == "approve"


def test_b12_what_was_severed_outside_of_a_case_is_forgotten_after_thirty_days(paper: bytes):
    desk = signed_in(officer(AGENCY, "handler"))
    desk.post("/desk/disclosure/severing/", {"file": SimpleUploadedFile("a.pdf", paper)})
    kept = StoredFile.objects.get(owner__startswith="severing:").stored_at

    assert forget_documents(kept + timedelta(days=29)) == 0
    assert forget_documents(kept + timedelta(days=30)) == 1
    assert StoredFile.objects.filter(owner__startswith="severing:").count() == 0
