"""Where the data of a resource come from and go to, as a page and as JSON; whom a change hits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.exchange import api
from yiwang.exchange.catalogue.contracts import Lineage
from yiwang.exchange.contracts import Consumer
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

_TONES = {"public": "success", "internal": "neutral", "personal": "warning", "sensitive": "danger"}


@needs_officer("exchange.data.request")
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Each field with its source and consumers; ``?field=`` shows whom its change would hit."""
    actor, at = actor_for(request), timezone.now()
    whole = api.lineage_of(actor, code, at=at)
    field = request.GET.get("field", "")[:40]
    hit = api.impact_of(actor, code, field, at=at) if field in whole.resource.field_names else []
    titles = {line.name: line.title for line in whole.resource.fields}
    context = {
        "resource": whole.resource,
        "owner": organisation_names((whole.resource.owner,))[whole.resource.owner],
        "source_title": whole.source_title or whole.resource.source,
        "rows": _rows(whole),
        "is_owner": whole.resource.owner == actor.organisation,
        "field_title": titles[field] if hit else None,
        "hit": [{"resource": one.resource, "rows": _rows(one)} for one in hit],
        "hit_count": len({c.code for one in hit for line in one.fields for c in line.consumers}),
    }
    return render(request, "exchange/lineage.html", context)


@needs_officer("exchange.data.request")
@require_safe
def document(request: HttpRequest, code: str) -> JsonResponse:
    """The same for programs."""
    whole = api.lineage_of(actor_for(request), code, at=timezone.now())
    return JsonResponse(_json(whole), json_dumps_params={"ensure_ascii": False})


def _rows(whole: Lineage) -> list[dict[str, object]]:
    names = organisation_names({c.code for line in whole.fields for c in line.consumers if c.kind == "grant"})
    return [
        {
            "line": line,
            "tone": _TONES[line.secrecy.value],
            "secrecy": line.secrecy.words,
            "consumers": [_consumer(consumer, names) for consumer in line.consumers],
        }
        for line in whole.fields
    ]


def _consumer(consumer: Consumer, names: dict[str, Text]) -> dict[str, object]:
    is_grant = consumer.kind == "grant"
    return {
        "title": names.get(consumer.code) if is_grant else consumer.title,
        "is_grant": is_grant,
        "is_release": consumer.kind == "release",
        "purpose": api.PURPOSES[consumer.purpose].title if consumer.purpose in api.PURPOSES else None,
        "consumer": consumer,
    }


def _json(whole: Lineage) -> dict[str, Json]:
    return {
        "resource": whole.resource.code,
        "owner": whole.resource.owner,
        "source": {"kind": whole.resource.kind, "code": whole.resource.source},
        "fields": [
            {
                "name": line.name,
                "source_field": line.source_field,
                "secrecy": line.secrecy.value,
                "consumers": [
                    {
                        "kind": consumer.kind,
                        "code": consumer.code,
                        "grant": consumer.grant,
                        "purpose": consumer.purpose or None,
                        "until": consumer.until.isoformat() if consumer.until else None,
                        "looks": consumer.looks,
                        "last_look": consumer.last_look.isoformat() if consumer.last_look else None,
                    }
                    for consumer in line.consumers
                ],
            }
            for line in whole.fields
        ],
    }
