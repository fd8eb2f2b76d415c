"""The versions of a page: a list, any two compared, an old one brought back."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.platform.web.wording import moment
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Comparison, Version
from yiwang.portal.sites.rules.comparing import Difference
from yiwang.portal.sites.web.desk import desk_frame, may, page_tabs, revision_of, whole_number

_RESTORED = Text("已恢复为新的版本，请重新送审。", "It is back as a new version; submit it for review again.")
_COLUMNS = (
    {"key": "when", "label": Text("保存时间", "Saved"), "head": True},
    {"key": "by", "label": Text("保存人", "By")},
    {"key": "state", "label": Text("状态", "State"), "nowrap": True},
    {"key": "look", "label": Text("改了什么", "What changed"), "nowrap": True},
)
_MARKS = {
    "added": (Text("新增", "Added"), "success"),
    "removed": (Text("删除", "Removed"), "danger"),
    "changed": (Text("修改", "Changed"), "info"),
}


@needs_officer(api.READ)
@require_safe
def versions(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """Every revision, who saved it, and a form to compare any two."""
    actor = actor_for(request)
    draft, own = api.get_draft(actor, site, page), api.site_to_edit(actor, site)
    found, screen = api.list_versions(actor, site, page, number=request.GET.get("page", "1"))
    context = desk_frame(request, own) | {
        "draft": draft,
        "views": page_tabs(request, own, page),
        "columns": _COLUMNS,
        "rows": [
            _row(site, page, one, found[at + 1] if at + 1 < len(found) else None)
            for at, one in enumerate(found)
        ],
        "screen": screen,
        "choices": _choices(found) if len(found) > 1 else [],
    }
    return render(request, "site_desk/versions.html", context)


@needs_officer(api.READ)
@require_safe
def compare(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """Two revisions side by side in one text, with what came and what went."""
    actor = actor_for(request)
    draft, own = api.get_draft(actor, site, page), api.site_to_edit(actor, site)
    before, after = (whole_number(request.GET.get(name, "")) for name in ("before", "after"))
    found = api.compare_versions(actor, site, page, before, after)
    context = desk_frame(request, own) | {
        "draft": draft,
        "views": page_tabs(request, own, page),
        "comparison": found,
        "sections": sections(found),
        "may_restore": may(actor, own, api.EDIT) and not (found.before and found.before.is_latest),
    }
    return render(request, "site_desk/compare.html", context)


@needs_officer(api.EDIT)
@require_POST
def restore(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """Bring an old revision back as a new one."""
    try:
        api.restore_version(
            actor=actor_for(request),
            at=timezone.now(),
            site=site,
            page=page,
            revision=revision_of(request),
            restored=whole_number(request.POST.get("restored", "")),
        )
    except InvalidInput as refused:
        messages.error(request, "；".join(dict.fromkeys(say(one.text) for one in refused.problems)))
    except YiwangError as refused:
        tell(request, refused)
    else:
        messages.success(request, say(_RESTORED))
        return redirect("site_desk:edit", site=site, page=page)
    return redirect("site_desk:versions", site=site, page=page)


def sections(found: Comparison) -> list[dict[str, object]]:
    """What differs, for the template: fields, the Chinese body, the English one."""
    named = (
        (Text("标题和信息", "Title and facts"), found.fields),
        (Text("正文", "Body"), found.body),
        (Text("英文正文", "English body"), found.body_en),
    )
    return [
        {"title": title, "differences": list(map(_difference, differences))}
        for title, differences in named
        if any(one.mark != "same" for one in differences)
    ]


def _difference(one: Difference) -> dict[str, object]:
    if one.mark == "same":
        return {"same": one.count}
    text, tone = _MARKS[one.mark]
    return {"same": 0, "label": one.label, "mark": text, "tone": tone, "pieces": one.pieces}


def _row(site: str, page: int, one: Version, before: Version | None) -> dict[str, object]:
    states = [
        words
        for holds, words in (
            (one.is_live, Text("公众看到的", "What the public reads")),
            (one.is_latest, Text("最新", "Latest")),
        )
        if holds
    ]
    zh, en = "，".join(text.zh for text in states), ", ".join(text.en for text in states)
    address = reverse("site_desk:compare", args=[site, page])
    look: object = "—"
    if before is not None:
        href = f"{address}?before={before.revision}&after={one.revision}"
        look = {"text": Text("与前一版比较", "Compare with the one before"), "href": href}
    state: object = {"text": Text(zh, en), "tone": "info"} if states else "—"
    return {"when": f"{moment(one.saved_at)} · {one.revision}", "by": one.by, "state": state, "look": look}


def _choices(found: Iterable[Version]) -> list[Control]:
    rows = list(found)
    options = [
        Option(value=str(one.revision), label=f"{moment(one.saved_at)} · {say(one.by)} · {one.revision}")
        for one in rows
    ]
    kept = {"before": rows[1].revision, "after": rows[0].revision}
    labels = {"before": Text("旧版本", "Older version"), "after": Text("新版本", "Newer version")}
    return [
        Control(kind="division", name=name, label=labels[name], value=str(revision), options=options)
        for name, revision in kept.items()
    ]
