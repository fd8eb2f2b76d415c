"""What a person may do about the own data: take the trace along, object to a wrong field, consent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.cases.api import ask_register_change
from yiwang.exchange.api import (
    PURPOSES,
    get_resource,
    give_consent,
    grants_that_need_consent,
    list_resources,
    own_consents,
    own_trace,
    withdraw_consent,
)
from yiwang.exchange.contracts import ResourceInfo, ResourceNotFound, Sharing, TraceEntry
from yiwang.identity.api import needs_sign_in, organisation_names
from yiwang.kernel.errors import InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.spreadsheets import csv_file
from yiwang.platform.web.controls import Control, Option, sent_date, sent_day
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.portal.web.space.me import frame, me
from yiwang.registers.api import get_register
from yiwang.registers.definitions import RegisterDefinition

#: A page of the trace at a time; a file holds all of it, up to a bound that no person reaches by rights.
_PAGE, _MOST_LINES = 200, 100_000
_OBJECTED = Text(
    "已收到您的异议，编号 {number}。更正后，曾查询过该信息的单位都会收到告知。",
    "Your objection is received, number {number}. Once corrected, everyone who read it is told.",
)
_COLUMNS = (
    "id",
    "at",
    "organisation",
    "machine",
    "kind",
    "resource",
    "fields",
    "purpose",
    "entries",
    "as_of",
)


@needs_sign_in
@require_safe
@never_cache
def looks_file(request: HttpRequest, form: str) -> HttpResponse:
    """The whole trace as CSV or JSON. Each line's ``id`` names its leaf: ``trace:<id>`` in the ledger."""
    if form not in {"csv", "json"}:
        raise Http404
    lines = [_line(entry) for entry in _whole_trace(me(request))]
    if form == "json":
        proof = {
            "leaf_kind": "exchange.looked",
            "leaf_subject": "trace:<id>",
            "proof": reverse("trust-inclusion"),
        }
        body = json.dumps({"evidence": proof, "looks": lines}, ensure_ascii=False, indent=1)
        return _file(body.encode(), "looks.json", "application/json")
    table = csv_file([_COLUMNS, *([line[name] for name in _COLUMNS] for line in lines)])
    return _file(table, "looks.csv", "text/csv; charset=utf-8")


def _file(body: bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _whole_trace(actor: Actor) -> Iterator[TraceEntry]:
    before: int | None = None
    for _ in range(_MOST_LINES // _PAGE):
        page = own_trace(actor=actor, before=before, limit=_PAGE)
        yield from page
        if len(page) < _PAGE:
            return
        before = page[-1].id


def _line(entry: TraceEntry) -> dict[str, str | int | bool]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "organisation": entry.organisation,
        "machine": entry.by_machine,
        "kind": entry.kind.value,
        "resource": say(entry.resource_title),
        "fields": " ".join(say(title) for title in entry.field_titles),
        "purpose": say(entry.purpose_text),
        "entries": entry.size,
        "as_of": entry.valid_on.isoformat() if entry.valid_on else "",
    }


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def object_to(request: HttpRequest) -> HttpResponse:
    """Say which field of which resource is wrong, what it should be, and why; the owner examines it."""
    actor = me(request)
    info = _chosen(request)
    context = frame(request, actor, "looks") | {"resource": info, "resources": _with_own_data(actor)}
    if info is not None:
        definition = get_register(info.source)
        if request.method == "POST":
            try:
                opened = ask_register_change(
                    actor=actor,
                    at=timezone.now(),
                    register=info.source,
                    values={request.POST.get("field", ""): request.POST.get("wanted", "").strip() or None},
                    reason=request.POST.get("reason", "").strip()[:1000],
                )
            except InvalidInput as refused:
                context["errors"] = [say(problem.text) for problem in refused.problems]
            except YiwangError as refused:
                context["errors"] = [say(refused.sentence)]
            else:
                messages.success(request, say(_OBJECTED.fill(number=opened.number)))
                return redirect("portal:case", case_id=opened.case_id)
        context["controls"] = _objection(request, info, definition)
    return render(request, "portal/space/object.html", context, status=422 if "errors" in context else 200)


def _chosen(request: HttpRequest) -> ResourceInfo | None:
    code = request.GET.get("resource", "")
    if not code:
        return None
    try:
        info = get_resource(code)
    except ResourceNotFound:
        return None
    return info if info.kind == "register" else None


def _with_own_data(actor: Actor) -> list[ResourceInfo]:
    """Resources over registers that are asked by the number of a person, or of the firm acted for."""
    kind = "person" if actor.for_entity is None else "entity"
    found = []
    for info in list_resources():
        if info.kind != "register" or info.sharing is Sharing.NOT_SHARED:
            continue
        subject = get_register(info.source).subject
        if subject is not None and subject.kind == kind:
            found.append(info)
    return found


def _objection(request: HttpRequest, info: ResourceInfo, definition: RegisterDefinition) -> list[Control]:
    key = definition.key
    return [
        Control(
            kind="choice",
            name="field",
            label=Text("哪一项有误", "Which item is wrong"),
            value=request.POST.get("field", ""),
            # who somebody is can't be changed by an objection to one of the own entries
            options=[Option(value=f.name, label=f.title) for f in info.fields if f.name != key],
        ),
        Control(
            kind="text",
            name="wanted",
            label=Text("应当是什么", "What it should be"),
            value=request.POST.get("wanted", ""),
            max_length=200,
        ),
        Control(
            kind="long_text",
            name="reason",
            label=Text("理由和依据", "Why, and what proves it"),
            value=request.POST.get("reason", ""),
            max_length=1000,
        ),
    ]


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def consents(request: HttpRequest) -> HttpResponse:
    """What departments ask consent for, and what I have consented to."""
    actor, at = me(request), timezone.now()
    error = ""
    if request.method == "POST":
        resource, _, rest = request.POST.get("asked", "").partition("/")
        purpose, _, grantee = rest.partition("/")
        try:
            give_consent(
                actor=actor,
                at=at,
                resource=resource,
                purpose=purpose,
                grantee=grantee,
                valid_until=_day(request),
            )
        except YiwangError as refused:
            error = say(refused.sentence)
        else:
            messages.success(
                request, say(Text("已同意，可随时撤回。", "Consent given; withdraw it any time."))
            )
            return redirect("portal:consents")
    given = own_consents(actor=actor)
    asked = grants_that_need_consent(at=at)
    titles = {info.code: info.title for info in list_resources()}
    names = organisation_names({each.grantee for each in given} | {each.grantee for each in asked})
    context = frame(request, actor, "consents") | {
        "error": error,
        "given": [
            {
                "consent": consent,
                "grantee": names.get(consent.grantee, consent.grantee),
                "resource": titles.get(consent.resource, consent.resource),
                "purpose": PURPOSES[consent.purpose].title,
                "is_open": consent.withdrawn_at is None and consent.valid_until >= timezone.localdate(),
            }
            for consent in given
        ],
        "controls": _consent_controls(
            request,
            {
                f"{grant.resource}/{grant.purpose}/{grant.grantee}": _asked_words(
                    names.get(grant.grantee, Text(grant.grantee, grant.grantee)),
                    titles.get(grant.resource, Text(grant.resource, grant.resource)),
                    PURPOSES[grant.purpose].title,
                )
                for grant in asked
            },
        ),
        "is_asked": bool(asked),
    }
    return render(request, "portal/space/consents.html", context, status=422 if error else 200)


def _asked_words(who: Text, what: Text, why: Text) -> Text:
    return Text(f"{who.zh}：{what.zh}（{why.zh}）", f"{who.en}: {what.en} ({why.en})")


def _consent_controls(request: HttpRequest, asked: dict[str, Text]) -> list[Control]:
    sent = request.POST
    return [
        Control(
            kind="choice",
            name="asked",
            label=Text("同意谁查询什么", "Who may look at what"),
            value=sent.get("asked", ""),
            options=[Option(value=key, label=label) for key, label in asked.items()],
        ),
        Control(
            kind="date",
            name="until",
            label=Text("同意到哪一天（最长一年）", "Until which day (a year at most)"),
            value=sent_date(sent, "until"),
        ),
    ]


def _day(request: HttpRequest) -> date:
    """The day as typed; one that doesn't exist is long past, which consent refuses with its reason."""
    return sent_day(request.POST, "until") or date.min


@needs_sign_in
@require_POST
def withdraw(request: HttpRequest, consent: int) -> HttpResponse:
    """Withdraw a consent at once."""
    try:
        withdraw_consent(actor=me(request), at=timezone.now(), consent=consent)
        messages.success(request, say(Text("已撤回同意。", "The consent is withdrawn.")))
    except YiwangError as refused:
        tell(request, refused)
    return redirect("portal:consents")
