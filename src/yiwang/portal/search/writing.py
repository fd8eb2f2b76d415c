"""How documents are written into the index: many in one statement, with words and beginnings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import LiteralString

from yiwang.platform import sql
from yiwang.platform.contracts import Json
from yiwang.portal.search.contracts import PUBLIC, Document
from yiwang.portal.search.knowing import know_words
from yiwang.portal.search.rules.spelling import beginnings, spellings
from yiwang.portal.search.rules.words import folded, vector_of

#: What one can use is suggested from each of its words, everything else from its first ones: titles of two
#: hundred thousand articles would make five million beginnings.
_WORDS_OF_USABLE, _WORDS_OF_OTHERS = 40, 2
_WRITE: LiteralString = """
INSERT INTO search_indexed (kind, key, title_zh, title_en, folded, summary_zh, summary_en, address, readers,
  organisation, dated, weight, digest, title_words, words, indexed_at)
SELECT %(kind)s, row.key, row.title_zh, row.title_en, ARRAY(SELECT jsonb_array_elements_text(row.folded)),
  row.summary_zh, row.summary_en, row.address, ARRAY(SELECT jsonb_array_elements_text(row.readers)),
  row.organisation, row.dated, row.weight, row.digest, row.title_words::tsvector, row.words::tsvector, %(at)s
FROM jsonb_to_recordset(%(rows)s::jsonb) AS row(key text, title_zh text, title_en text, folded jsonb,
  summary_zh text, summary_en text, address text, readers jsonb, organisation text, dated date, weight float,
  digest text, title_words text, words text)
ON CONFLICT (kind, key) DO UPDATE SET title_zh = excluded.title_zh, title_en = excluded.title_en,
  folded = excluded.folded, summary_zh = excluded.summary_zh, summary_en = excluded.summary_en,
  address = excluded.address, readers = excluded.readers, organisation = excluded.organisation,
  dated = excluded.dated, weight = excluded.weight, digest = excluded.digest,
  title_words = excluded.title_words, words = excluded.words, indexed_at = excluded.indexed_at
"""
_FORGET: LiteralString = """
DELETE FROM search_beginning USING search_indexed AS document
WHERE document_id = document.id AND document.kind = %(kind)s AND document.key = ANY(%(keys)s)
"""
_BEGIN: LiteralString = """
INSERT INTO search_beginning (document_id, letters)
SELECT document.id, letters.letters
FROM jsonb_to_recordset(%(rows)s::jsonb) AS row(key text, letters jsonb)
JOIN search_indexed AS document ON document.kind = %(kind)s AND document.key = row.key,
  jsonb_array_elements_text(row.letters) AS letters(letters)
"""


def write_documents(kind: str, by_digest: Mapping[str, Document], *, usable: bool, at: datetime) -> None:
    """Put documents in, or in the place of what was under their keys; keys differ."""
    if not by_digest:
        return
    documents = list(by_digest.values())
    rows = [_row(document, digest) for digest, document in by_digest.items()]
    sql.execute(_WRITE, {"kind": kind, "at": at, "rows": sql.json_text(rows)})
    sql.execute(_FORGET, {"kind": kind, "keys": [document.key for document in documents]})
    most = _WORDS_OF_USABLE if usable else _WORDS_OF_OTHERS
    begun = [{"key": document.key, "letters": _letters(document, most)} for document in documents]
    sql.execute(_BEGIN, {"kind": kind, "rows": sql.json_text(begun)})
    public = [document for document in documents if PUBLIC in document.readers]
    know_words((title for document in public for title in _titles(document)), with_pairs=usable)


def _row(document: Document, digest: str) -> dict[str, Json]:
    titles = _titles(document)
    named = [("A", title) for title in titles] + [("B", word) for word in document.keywords if word]
    # spellings are found, but are no words of the title
    named += [("B", spellings(title)) for title in titles]
    said = [("C", document.summary.zh), ("C", document.summary.en), ("D", document.text)]
    return {
        "key": document.key,
        "title_zh": document.title.zh[:400],
        "title_en": document.title.en[:400],
        "folded": [folded(title)[:400] for title in titles],
        "summary_zh": document.summary.zh,
        "summary_en": document.summary.en,
        "address": document.address,
        "readers": list(document.readers),
        "organisation": document.organisation,
        "dated": document.dated.isoformat() if document.dated else None,
        "weight": document.weight,
        "digest": digest,
        "title_words": vector_of(named),
        "words": vector_of(named + said),
    }


def _titles(document: Document) -> list[str]:
    return [title for title in (document.title.zh, document.title.en) if title]


def _letters(document: Document, most: int) -> list[Json]:
    starts = (start[:60] for title in _titles(document) for start in beginnings(title, most_words=most))
    return list(dict.fromkeys(starts))
