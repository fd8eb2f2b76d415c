"""The publication gate: every check over one page, what it found with its place, and whether it blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from yiwang.kernel.text import Text
from yiwang.portal.publishing.contracts import Address, Document, Finding, GateResult, Place
from yiwang.portal.publishing.definitions import GateRules, WordLists
from yiwang.portal.publishing.rules.alternative_text import alternative_texts
from yiwang.portal.publishing.rules.contrasts import contrasts
from yiwang.portal.publishing.rules.dead_links import Reach, addresses_of, dead_links
from yiwang.portal.publishing.rules.empty_paragraphs import empty_paragraphs
from yiwang.portal.publishing.rules.heading_order import heading_order
from yiwang.portal.publishing.rules.impossible_dates import impossible_dates
from yiwang.portal.publishing.rules.link_texts import link_texts
from yiwang.portal.publishing.rules.personal import masked, personal_numbers
from yiwang.portal.publishing.rules.picture_size import picture_sizes
from yiwang.portal.publishing.rules.reading import Hit, ReadPage, read_page
from yiwang.portal.publishing.rules.sentences import SENTENCES
from yiwang.portal.publishing.rules.words import mistyped_words, sensitive_words

#: Signs of a text that an excerpt shows before and behind what was found.
_AROUND = 12
_LONGEST_SHOWN = 60
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def check_page(
    document: Document, *, on: date, rules: GateRules, lists: WordLists, reach: Reach | None = None
) -> GateResult:
    """All findings of a page, in its order.

    ``on`` is the day of the check (nobody with an identity number is born later). ``reach`` tells what is
    known of an address: True or False, None where nobody has tried it; without it only addresses that are
    wrong in themselves are found.
    """
    page = read_page(document)
    hits = list(_hits(page, on, rules, lists, reach))
    read = {id(hit.reading): hit.reading for hit in hits if hit.reading is not None}
    texts = {key: masked(reading.text, on, reading.folded) for key, reading in read.items()}
    findings = [_finding(hit, rules, on, texts) for hit in hits]
    order = {(one.block, one.field): place for place, one in enumerate(page.readings)}

    def place_of(finding: Finding) -> tuple[int, int, int, str]:
        place = finding.place
        return place.block, order.get((place.block, place.field), -1), place.offset, finding.rule

    return GateResult(checked_on=on, findings=tuple(sorted(findings, key=place_of)))


def addresses(document: Document, *, on: date) -> tuple[Address, ...]:
    """What a page links to, for whoever tries the addresses; those that cannot be tried are findings."""
    return tuple(
        Address(
            url=link.address,
            place=Place(
                block=link.block, field=link.field, offset=link.offset, excerpt=_shown(link.text, on)
            ),
        )
        for link in addresses_of(read_page(document))
    )


def _hits(page: ReadPage, on: date, rules: GateRules, lists: WordLists, reach: Reach | None) -> Iterator[Hit]:
    yield from personal_numbers(page, on, rules.published_numbers)
    yield from sensitive_words(page, lists)
    yield from mistyped_words(page, lists)
    yield from alternative_texts(page)
    yield from heading_order(page)
    yield from link_texts(page, rules.empty_link_texts)
    yield from dead_links(page, reach)
    yield from contrasts(page, rules)
    yield from picture_sizes(page, rules)
    yield from empty_paragraphs(page)
    yield from impossible_dates(page)


def _finding(hit: Hit, rules: GateRules, on: date, texts: Mapping[int, str]) -> Finding:
    return Finding(
        rule=hit.rule,
        severity=hit.severity or rules.severity_of(hit.rule),
        place=_place(hit, on, texts),
        text=_sentence(hit),
    )


def _place(hit: Hit, on: date, texts: Mapping[int, str]) -> Place:
    reading = hit.reading
    if reading is None:
        return Place(block=hit.block, field=hit.field, offset=hit.offset, excerpt=_shown(hit.shown, on))
    first, last = reading.folded.at[hit.start], reading.folded.at[hit.end - 1]
    around = texts[id(reading)][max(0, first - _AROUND) : last + 1 + _AROUND]
    return Place(
        block=reading.block, field=reading.field, offset=reading.at[first], excerpt=_one_line(around)
    )


def _shown(text: str, on: date) -> str:
    return _one_line(masked(text, on))[:_LONGEST_SHOWN]


def _one_line(text: str) -> str:
    return " ".join(text.translate(_UNSEEN).split())


def _sentence(hit: Hit) -> Text:
    zh = {name: value.zh if isinstance(value, Text) else value for name, value in hit.values}
    en = {name: value.en if isinstance(value, Text) else value for name, value in hit.values}
    sentence = SENTENCES[hit.rule, hit.variant]
    return Text(sentence.zh.format(**zh), sentence.en.format(**en))
