"""The draft that an address names, in the capacity in which it was begun."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from yiwang.cases.api import ADDRESS_NOTES, draft, save_draft
from yiwang.cases.contracts import DraftView
from yiwang.identity.api import actor_as, actor_for, entity
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, Json
from yiwang.portal.queries.application import SOURCES, Application, application_of


def open_draft(request: HttpRequest, draft_id: int) -> tuple[Actor, DraftView]:
    """Give an own draft; another's is not found. The mandate is asked for anew at each request."""
    found = draft(actor=actor_for(request), draft_id=draft_id)
    return actor_as(request, f"entity:{found.entity_id}" if found.entity_id else "self"), found


def open_application(request: HttpRequest, draft_id: int) -> Application:
    """Give an own draft as the application that it is."""
    actor, found = open_draft(request, draft_id)
    return application_of(actor, found, at=timezone.now())


def applicant_name(application: Application) -> Text:
    """For whom the application is."""
    if application.draft.entity_id:
        name = entity(application.draft.entity_id).name
        return Text(name, name)
    return Text(f"{application.actor.name}（本人）", f"{application.actor.name} (myself)")


def keep(
    application: Application,
    *,
    answers: dict[str, Json] | None = None,
    files: dict[str, int] | None = None,
    addresses: dict[str, Json] | None = None,
    page: str = "",
    expected_version: int,
) -> DraftView:
    """Save answers, files or notes of addresses into the draft; what is not given stays as it was."""
    kept: dict[str, Json] = dict(application.answers if answers is None else answers)
    if application.sources:
        kept[SOURCES] = {key: dict(value) for key, value in application.sources.items()}
    noted = application.addresses if addresses is None else addresses
    if noted:
        kept[ADDRESS_NOTES] = noted
    return save_draft(
        actor=application.actor,
        at=application.at,
        type_code=application.draft.type_code,
        answers=kept,
        files=files,
        page=page or application.draft.page,
        draft_id=application.draft.id,
        expected_version=expected_version,
    )


def sent_version(request: HttpRequest, application: Application) -> int:
    """The version of the draft that the page was made from; a page without one was made now."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 9 else application.draft.version


def page_address(application: Application, key: str, *, checking: bool = False) -> str:
    """A page of the application; ``checking`` leads back to the check of all answers."""
    address = reverse("portal:application_page", args=[application.draft.id, key])
    return f"{address}?from=check" if checking else address


def pick_address(application: Application, key: str, question: str, *, checking: bool = False) -> str:
    """Where an entry is picked for a question of a page, likewise."""
    address = reverse("portal:application_pick", args=[application.draft.id, key, question])
    return f"{address}?from=check" if checking else address


def paper_address(application: Application, key: str, *, checking: bool = False) -> str:
    """A material of the application, likewise."""
    address = reverse("portal:application_paper", args=[application.draft.id, key])
    return f"{address}?from=check" if checking else address


def is_checking(request: HttpRequest) -> bool:
    """Whether one came from the check of all answers."""
    return request.GET.get("from") == "check"
