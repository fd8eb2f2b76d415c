"""B1: who asks for what is public already is shown it before the request is sent."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.packs.disclosure.acts import ASKED

from yiwang.cases import api
from yiwang.identity.testing import a_citizen, signed_in
from yiwang.portal.search.indexing import index_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asking_city")]


def _checked(subject: str, language: str = "") -> str:
    chen = a_citizen()
    draft = api.save_draft(
        actor=chen,
        at=timezone.now(),
        type_code="disclosure_request",
        answers={**ASKED, "subject": subject},
    )
    return signed_in(chen).get(f"{language}/apply/{draft.id}/check/").content.decode()


def test_b1_what_is_public_is_found_by_the_words_that_were_typed():
    index_changes(at=timezone.now())

    page = _checked("政府信息公开申请")
    assert "这些已经公开，先看一看" in page
    assert 'href="/services/disclosure_request/"' in page
    english = _checked("政府信息公开申请", "/en")
    assert 'href="/en/services/disclosure_request/"' in english
    assert "This is public already" in english
    # Nothing is found: nothing is said of it, and the request may be sent all the same.
    nothing = _checked("鼍鼋鼐鼒")
    assert "这些已经公开" not in nothing
    assert "声明属实，提交申请" in nothing
