"""A page on its way out: its reviews and proofs, who did what, publishing and withdrawing."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.platform.web.wording import moment
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import (
    AlreadyPublished,
    DraftPage,
    NotPublished,
    ReviewView,
    SiteView,
    StepView,
)
from yiwang.portal.sites.rules import reviews
from yiwang.portal.sites.rules.reviews import Standing, Step, StepKind, name_of
from yiwang.portal.sites.web.desk import desk_frame, may, page_tabs, revision_of, state_of
from yiwang.portal.sites.web.editing import shown_findings

_PUBLISHED = Text("已发布。", "Published.")
_WITHDRAWN = Text("已撤回 {n} 个页面。", "{n} pages were withdrawn.")
_STEPS: dict[str, tuple[Callable[..., object], Text]] = {
    "submit": (api.submit_page, Text("已送审。", "Submitted for review.")),
    "proof": (api.record_proof, Text("已记录校对。", "The proof is recorded.")),
    "review": (api.review_page, Text("已审核通过。", "The review is passed.")),
    "send_back": (api.send_back_page, Text("已退回。", "Sent back.")),
    "urgent": (
        api.publish_urgently,
        Text("已紧急发布，请尽快补审。", "Published urgently; make up its review."),
    ),
}
_DONE, _OPEN, _LATER = Text("完成", "Done"), Text("待办", "To do"), Text("未到", "Later")
_MOST_SHOWN = 4
_SETTINGS = {StepKind.EMBARGO, StepKind.SCHEDULED, StepKind.EXPIRY}
_TAKEN_AWAY = Text("取消", "Taken away")


@needs_officer(api.READ)
@require_safe
def review(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """How the last revision stands, what the reader may do next, and everything done before."""
    actor = actor_for(request)
    draft, found = api.get_draft(actor, site, page), api.review_of(actor, site, page)
    own = api.site_to_edit(actor, site)
    context = desk_frame(request, own) | {
        "draft": draft,
        "review": found,
        "views": page_tabs(request, own, page),
        "state": state_of(live=draft.live, changed=draft.changed, standing=found.standing, owed=found.owed),
        "rows": _rows(found),
        "events": [_event(one) for one in found.steps],
        "set_terms": _terms(found),
        "authors": "、".join(found.author_names),
        "findings": shown_findings(actor, draft),
        **_offers(actor, own, draft, found),
    }
    return render(request, "site_desk/review.html", context)


@needs_officer(api.READ)
@require_POST
def step(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """One step upon the revision that the reader saw."""
    act, said = _STEPS.get(request.POST.get("act", ""), (None, Text("", "")))
    if act is not None:
        name = "why" if act is api.publish_urgently else "words"
        given = {} if act is api.submit_page else {"words": request.POST.get(name, "")}
        _done(request, lambda: act(**_upon(request, site, page), **given), said)
    return redirect("site_desk:review", site=site, page=page)


@needs_officer(api.PUBLISH)
@require_POST
def publish(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """Publish what the publisher saw."""
    act: Callable[..., None] = api.publish_page
    _done(request, lambda: act(**_upon(request, site, page)), _PUBLISHED)
    return redirect("site_desk:review", site=site, page=page)


@needs_officer(api.WITHDRAW)
@require_POST
def withdraw(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """Take the page off the site, with what is under it."""
    try:
        number = api.withdraw_page(
            actor=actor_for(request),
            at=timezone.now(),
            site=site,
            page=page,
            words=request.POST.get("reason", ""),
        )
    except YiwangError as refused:
        _tell(request, refused)
    else:
        messages.success(request, say(_WITHDRAWN.fill(n=number)))
    return redirect("site_desk:review", site=site, page=page)


def _upon(request: HttpRequest, site: str, page: int) -> dict[str, object]:
    """Who acts when upon which revision."""
    return {
        "actor": actor_for(request),
        "at": timezone.now(),
        "site": site,
        "page": page,
        "revision": revision_of(request),
    }


def _done(request: HttpRequest, act: Callable[[], object], said: Text) -> None:
    try:
        act()
    except YiwangError as refused:
        _tell(request, refused)
    else:
        messages.success(request, say(said))


def _tell(request: HttpRequest, refused: YiwangError) -> None:
    """Say why; of a page that is not fit the reasons, as long as they are few."""
    if not isinstance(refused, InvalidInput):
        tell(request, refused)
        return
    reasons = dict.fromkeys(say(problem.text) for problem in refused.problems)
    messages.error(request, "；".join(reasons) if len(reasons) < _MOST_SHOWN else say(refused.sentence))


def _rows(found: ReviewView) -> list[dict[str, object]]:
    """Every proof and review that the page needs, with who did it."""
    now, names = found.standing, {one.step: one.by for one in found.steps}
    rows = []
    for kind, needed, done in (
        (StepKind.PROOF, now.checks.proofs, now.proofs),
        (StepKind.REVIEW, now.checks.reviews, now.reviews),
    ):
        for number in range(1, needed + 1):
            step = done[number - 1] if number <= len(done) else None
            rows.append(_row(now, kind, number, step, names.get(step, "") if step else ""))
    return rows


def _row(now: Standing, kind: StepKind, number: int, step: Step | None, by: str) -> dict[str, object]:
    following = now.next_proof if kind is StepKind.PROOF else now.next_review
    held = kind is StepKind.REVIEW and reviews.is_final(now) and bool(now.next_proof)
    state, tone = (_OPEN, "progress") if number == following and not held else (_LATER, "neutral")
    if step is not None:
        state, tone = _DONE, "success"
    note = f"{by} · {moment(step.at)}" if step is not None else ""
    return {"key": name_of(kind, number, now.checks), "value": {"text": state, "tone": tone, "note": note}}


def _terms(found: ReviewView) -> list[dict[str, object]]:
    rows = (
        (Text("解禁时间", "Embargo ends"), found.terms.embargo_until),
        (Text("定时发布", "Goes out at"), found.terms.publish_at),
        (Text("到期撤下", "Comes off at"), found.terms.withdraw_at),
    )
    return [{"key": key, "value": moment(at)} for key, at in rows if at is not None]


def _event(one: StepView) -> dict[str, object]:
    gone = Text("（已作废）", " (no longer counts)")
    title = one.title if one.counts else Text(one.title.zh + gone.zh, one.title.en + gone.en)
    text = one.step.words or (moment(one.step.due) if one.step.due else "")
    if one.step.kind in _SETTINGS and one.step.due is None:
        text = say(_TAKEN_AWAY)
    return {"title": title, "at": one.step.at, "by": one.by, "text": text}


def _offers(actor: Actor, site: SiteView, draft: DraftPage, found: ReviewView) -> dict[str, object]:
    """What the reader may do now, and why not what the reader's roles would allow."""
    now, me, authors = found.standing, actor.account_id, found.authors
    is_out = draft.live and not draft.changed
    why = {
        "submit": (api.SUBMIT, AlreadyPublished.text if is_out else reviews.why_no_submission(now)),
        "proof": (api.PROOF, reviews.why_no_proof(now, me, authors)),
        "review": (api.REVIEW, reviews.why_no_review(now, me, authors)),
        "send_back": (api.SEND_BACK, reviews.why_not_sent_back(now, me, authors, is_out=is_out)),
        "publish": (api.PUBLISH, AlreadyPublished.text if is_out else reviews.why_not_out(now)),
        "urgent": (api.PUBLISH_URGENTLY, reviews.why_not_urgent(now, me, authors, is_out=is_out)),
        "terms": (api.SCHEDULE, None),
        "withdraw": (api.WITHDRAW, None if draft.live else NotPublished.text),
    }
    held = {key: may(actor, site, operation) for key, (operation, _) in why.items()}
    if reviews.is_final(now):
        held["review"] = may(actor, site, api.FINAL_REVIEW)
    offered = {key for key, (_, reason) in why.items() if held[key] and reason is None}
    waiting = {"proof": now.next_proof, "review": now.next_review}
    reasons = [why[key][1] for key, number in waiting.items() if held[key] and number]
    return {
        "offered": offered,
        "not_mine": list(dict.fromkeys(reason for reason in reasons if reason is not None)),
        "proof_name": name_of(StepKind.PROOF, now.next_proof, now.checks),
        "review_name": name_of(StepKind.REVIEW, now.next_review, now.checks),
        "waits_for": reviews.why_not_out(now),
        "words": _control("words", Text("意见；退回必须写明理由", "Remarks; sending back needs reasons")),
        "why_urgent": _control("why", Text("为什么不能等审校完成", "Why it cannot wait for its review")),
        "why_withdraw": _control("reason", Text("撤回的理由", "Why it is withdrawn")),
    }


def _control(name: str, label: Text) -> Control:
    return Control(kind="long_text", name=name, label=label, rows=2, required=False, max_length=1000)
