"""What the city knows already is filled in: asked from the exchange for the applicant, with a trace."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import structlog

from yiwang.cases.definitions.form import Form, Prefill
from yiwang.exchange.api import request_own_data
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Actor, Json
from yiwang.portal.queries.application import SOURCES

log = structlog.get_logger()


def prefilled(form: Form, *, actor: Actor, at: datetime) -> dict[str, Json]:
    """Answers that registers give, with the resource of each under ``_sources``.

    A register that refuses or knows nothing leaves its questions to the applicant: an application must never
    fail because the city could not look something up.
    """
    wanted: defaultdict[str, list[tuple[str, Prefill]]] = defaultdict(list)
    for _, question in form.questions():
        if question.prefill is not None:
            wanted[question.prefill.resource].append((question.key, question.prefill))
    answers: dict[str, Json] = {}
    sources: dict[str, Json] = {}
    for resource, asked in wanted.items():
        fields = list(dict.fromkeys(prefill.field for _, prefill in asked))
        try:
            found = request_own_data(actor=actor, at=at, resource=resource, fields=fields).values
        except YiwangError as refused:
            log.info("portal.prefill_refused", resource=resource, reason=refused.code)
            continue
        for key, prefill in asked:
            value = (found or {}).get(prefill.field)
            if value is not None and value != "":
                answers[key] = value
                sources[key] = {"resource": resource, "value": value}
    return {**answers, SOURCES: sources} if sources else answers
