"""Who looked at somebody's data: the person's right to know (PIPL articles 44 and 45)."""

from __future__ import annotations

from django.db.models import Q

from yiwang.exchange.batch_looks import batch_traces
from yiwang.exchange.contracts import LookKind, Purpose, TraceEntry
from yiwang.exchange.models import TraceLine
from yiwang.exchange.providers import PROVIDERS, SourceWords
from yiwang.exchange.queries.catalogue import titles_of
from yiwang.exchange.rules.purposes import purpose_text
from yiwang.exchange.subjects import own_subjects
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

MOST_A_PAGE = 200
_AT_NODE = Text("{zh}（节点 {node}）", "{en} (node {node})")


def trace_of(*subjects: str, before: int | None = None, limit: int = 50) -> list[TraceEntry]:
    """Give the looks at these subjects' data, the latest first; ``before`` is the last id of the page before.

    The caller has seen to it that the reader is the person concerned; :func:`own_trace` does so itself.
    """
    asked = [subject for subject in subjects if subject]
    found = TraceLine.objects.filter(Q(subject__in=asked) | Q(pk__in=batch_traces(asked)))
    if before is not None:
        found = found.filter(pk__lt=before)
    lines = list(found.order_by("-id")[: max(1, min(limit, MOST_A_PAGE))])
    words = _words({line.resource for line in lines})
    return [_entry(line, words.get(line.resource)) for line in lines]


def own_trace(*, actor: Actor, before: int | None = None, limit: int = 50) -> list[TraceEntry]:
    """Give the looks at a signed-in person's own data and those of the firm that the person acts for."""
    return trace_of(*own_subjects(actor), before=before, limit=limit)


def _words(resources: set[str]) -> dict[str, SourceWords]:
    """Words of resources by code, and of ``register:persons`` for a look through the source's own door."""
    found = {
        code: SourceWords(title=info.title, fields=info.titles) for code, info in titles_of(resources).items()
    }
    for resource in resources:
        kind, _, source = resource.partition(":")
        if source and kind in PROVIDERS:
            described = PROVIDERS.get(kind).describe(source)
            if described is not None:
                found[resource] = described
        elif source:
            found[resource] = _of_node(kind, source)
    return found


def _of_node(node: str, code: str) -> SourceWords:
    """A resource of another node: in this catalogue's words where it has one of the same code."""
    info = titles_of({code}).get(code)
    title = info.title if info is not None else Text(code, code)
    return SourceWords(
        title=_AT_NODE.fill(node=node, zh=title.zh, en=title.en),
        fields=info.titles if info is not None else {},
    )


def _entry(line: TraceLine, words: SourceWords | None) -> TraceEntry:
    purpose = Purpose(kind=line.purpose, reference=line.reference)
    titles = words.fields if words else {}
    return TraceEntry(
        id=line.pk,
        at=line.at,
        organisation=line.organisation,
        by_machine=bool(line.system),
        kind=LookKind(line.kind),
        resource=line.resource,
        resource_title=words.title if words else Text(line.resource, line.resource),
        fields=tuple(line.fields),
        field_titles=tuple(titles.get(name, Text(name, name)) for name in line.fields),
        purpose=purpose,
        purpose_text=purpose_text(purpose),
        size=line.size,
        valid_on=line.valid_on,
    )
