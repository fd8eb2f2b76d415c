"""How documents are written into the index: many in one statement, with words and beginnings."""

from __future__ import annotations

from collections.abc import Container, Mapping
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
RETURNING key, id
"""
# By number alone: joined by key, a plan from when the table was empty would read it whole for each batch.
_FORGET: LiteralString = "DELETE FROM search_beginning WHERE document_id = ANY(%(ids)s)"
_BEGIN: LiteralString = """
INSERT INTO search_beginning (document_id, letters)
SELECT row.id, letters.letters
FROM jsonb_to_recordset(%(rows)s::jsonb) AS row(id bigint, letters jsonb),
  jsonb_array_elements_text(row.letters) AS letters(letters)
"""
_WORDS: tuple[LiteralString, ...] = ("search_words", "search_title_words")


def gather_words() -> None:
    """From now on words wait in a list instead of going each to its place: 300 places for every text."""
    sql.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for index in _WORDS:
        sql.execute(f"ALTER INDEX {index} SET (fastupdate = on, gin_pending_list_limit = 262144)")


def merge_words() -> None:
    """Put all that wait into their places, and have the next words go there at once: searches read lists."""
    for index in _WORDS:
        sql.fetch("SELECT gin_clean_pending_list(%s::regclass)", [index])
        sql.execute(f"ALTER INDEX {index} SET (fastupdate = off)")
        sql.execute(f"ALTER INDEX {index} RESET (gin_pending_list_limit)")


def write_documents(
    kind: str, by_digest: Mapping[str, Document], known: Container[str], *, usable: bool, at: datetime
) -> None:
    """Put documents in, or in the place of what was under their keys; keys differ.

    Args:
        known: keys under which there was something.
    """
    if not by_digest:
        return
    documents = list(by_digest.values())
    rows = [_row(document, digest) for digest, document in by_digest.items()]
    written = sql.fetch(_WRITE, {"kind": kind, "at": at, "rows": sql.json_text(rows)})
    numbers = {str(key): int(str(number)) for key, number in written}
    replaced = [number for key, number in numbers.items() if key in known]
    if replaced:
        sql.execute(_FORGET, {"ids": replaced})
    most = _WORDS_OF_USABLE if usable else _WORDS_OF_OTHERS
    begun: list[Json] = [
        {"id": numbers[document.key], "letters": _letters(document, most)} for document in documents
    ]
    sql.execute(_BEGIN, {"rows": sql.json_text(begun)})
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
