"""How a title may begin to be typed: its words in characters, in pinyin and by first letters. Pure.

Only the worker imports this module: pypinyin's table costs 0.2 s and 55 MB of each process. What it makes is
kept beside the documents, so a page that is asked in pinyin compares letters.
"""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

from yiwang.portal.search.rules.words import Word, coarse, fine, folded, is_han

_LONGEST = 60
_MOST = 40
_SHORTEST_LATIN = 5
_LONGEST_PAIR = 8


@lru_cache(maxsize=65_536)
def _syllables(word: str) -> tuple[str, ...]:
    """The pinyin of a word without tones; a title's words come again, and pypinyin takes 40 µs for each."""
    return tuple(lazy_pinyin(word, style=Style.NORMAL, v_to_u=False))


def spoken(word: str) -> str:
    """The pinyin of a word without tones, written together; ü is typed v.

    >>> spoken("营业执照"), spoken("绿化")
    ('yingyezhizhao', 'lvhua')
    """
    return "".join(_syllables(word))


def initials(word: str) -> str:
    """The first letters of its syllables; a word of letters is itself.

    >>> initials("营业执照")
    'yyzz'
    """
    return "".join(syllable[:1] for syllable in _syllables(word)) if is_han(word) else word


def beginnings(title: str, *, most_words: int) -> tuple[str, ...]:
    """From which letters a title is suggested: from the starts of its first words.

    >>> beginnings("办护照", most_words=9)
    ('办护照', 'banhuzhao', 'bhz', '护照', 'huzhao', 'hz')
    """
    plain = folded(title)
    words = coarse(plain)
    found: dict[str, None] = {}
    for place, word in enumerate(words[:most_words]):
        found.setdefault(plain[word.at : word.at + _LONGEST].strip())
        if is_han(word.text):
            tail = [word.text for word in words[place : place + _LONGEST]]
            found.setdefault("".join(map(spoken, tail))[:_LONGEST])
            found.setdefault("".join(map(initials, tail))[:_LONGEST])
    return tuple(found)[:_MOST]


def spellings(title: str) -> str:
    """Pinyin of the title, of its words, and their first letters, for the index; one space between.

    >>> spellings("办护照")
    'banhuzhao bhz huzhao hz'
    """
    plain = folded(title)
    whole = [word.text for word in coarse(plain) if is_han(word.text)]
    found: dict[str, None] = {}
    if len("".join(whole)) > 1:
        found.setdefault("".join(map(spoken, whole))[:_LONGEST])
        found.setdefault("".join(map(initials, whole))[:_LONGEST])
    for word, _ in fine(plain):
        if is_han(word) and len(word) > 1:
            found.setdefault(spoken(word)[:_LONGEST])
            found.setdefault(initials(word)[:_LONGEST])
    return " ".join(list(found)[:_MOST])


def readings(character: str) -> tuple[str, ...]:
    """Every way in which a character is read, without tones.

    >>> readings("重")
    ('zhong', 'chong', 'tong')
    """
    [found] = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)
    return tuple(dict.fromkeys(found))


def words_to_know(title: str, *, with_pairs: bool) -> dict[str, str]:
    """Words of a title that others may mistype, with their sounds; pairs are two words side by side.

    >>> words_to_know("办理居住证 fees", with_pairs=False)
    {'办理': 'banli', '居住证': 'juzhuzheng'}
    """
    found: dict[str, str] = {}
    before: Word | None = None
    for word in coarse(folded(title)):
        if is_han(word.text) and len(word.text) > 1:
            found.setdefault(word.text, spoken(word.text))
        elif word.text.isalpha() and len(word.text) >= _SHORTEST_LATIN:
            found.setdefault(word.text, word.text)
        if with_pairs and before and is_han(word.text) and before.at + len(before.text) == word.at:
            pair = before.text + word.text
            if is_han(before.text) and len(pair) <= _LONGEST_PAIR:
                found.setdefault(pair, spoken(pair))
        before = word
    return found
