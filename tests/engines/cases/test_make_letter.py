"""Letters and licences are set, sealed and kept once."""

from __future__ import annotations

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from yiwang.cases import api
from yiwang.cases.contracts import LICENCE_PATH, SupplementItem
from yiwang.cases.models import Letter, Licence
from yiwang.cases.queries.letter_content import tracking_address
from yiwang.cases.testing import (
    BODY,
    DEPARTMENTS,
    MONDAY,
    a_review_type,
    an_accepted_case,
    an_application,
    done,
    officer,
    open_task,
)
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment
from yiwang.platform.files import read
from yiwang.platform.models import StoredFile
from yiwang.trust.api import verify_pdf

pytestmark = pytest.mark.django_db
LETTERS = Actor.system("letters")


def test_a_licence_becomes_a_sealed_document_once():
    opened = an_accepted_case(a_review_type())
    for department in DEPARTMENTS:
        done(officer(department, "reviewer"), open_task(opened.case_id, "opinions", department), "approve")
    done(officer(BODY, "approver"), open_task(opened.case_id, "decide"), "approve")
    letter = Letter.objects.get()
    jobs = ProcrastinateJob.objects.values_list("task_name", "args", "queueing_lock")
    assert list(jobs) == [("yiwang.cases.make_letter", {"letter_id": letter.pk}, f"letter:{letter.pk}")]

    assert api.make_letter(actor=LETTERS, at=MONDAY, letter_id=letter.pk) is True
    assert api.make_letter(actor=LETTERS, at=MONDAY, letter_id=letter.pk) is False

    kept = StoredFile.objects.get()
    assert (Licence.objects.get().file_id, Letter.objects.get().file_id) == (kept.pk, kept.pk)
    assert verify_pdf(read(kept), at=MONDAY).genuine
    assert api.licence_file(verification_code=Licence.objects.get().verification_code) == kept


def test_the_notice_of_corrections_is_a_sealed_letter():
    opened = an_application(a_review_type())
    api.request_supplement(
        actor=officer(BODY, "window"),
        at=MONDAY,
        case_id=opened.case_id,
        items=(SupplementItem(path="name", what="写全称"),),
    )

    api.make_letter(actor=LETTERS, at=MONDAY, letter_id=Letter.objects.get().pk)

    kept = StoredFile.objects.get()
    assert kept.name == "补正告知书-CS20260302-000001.pdf"
    assert verify_pdf(read(kept), at=MONDAY).genuine


def test_the_printed_addresses_lead_to_pages():
    assert LICENCE_PATH.format(code="ABC") == reverse("portal:licence", args=["ABC"])
    assert tracking_address("N1") == f"{environment().address()}{reverse('portal:track')}?number=N1"
