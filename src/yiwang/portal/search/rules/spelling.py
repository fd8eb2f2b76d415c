"""How a title may begin to be typed: its words in characters, in pinyin and by first letters. Pure.

Only the worker imports this module: pypinyin's table costs 0.2 s and 55 MB of each process. What it makes is
kept beside the documents, so a page that is asked in pinyin compares letters.
"""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin, pinyin

from yiwang.portal.search.rules.words import Word, coarse, fine, folded, is_han

_LONGEST = 60
_MOST = 40
_SHORTEST_LATIN = 5
_LONGEST_PAIR = 8


def spoken(word: str) -> str:
    """The pinyin of a word without tones, written together; ü is typed v.

    >>> spoken("营业执照"), spoken("绿化")
    ('yingyezhizhao', 'lvhua')
    """
    return "".join(lazy_pinyin(word, style=Style.NORMAL, v_to_u=False))


def initials(word: str) -> str:
    """The first letters of its syllables.

    >>> initials("营业执照")
    'yyzz'
    """
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))


def beginnings(title: str, *, most_words: int) -> tuple[str, ...]:
    """From which letters a title is suggested: from the starts of its first words.

    >>> beginnings("办护照", most_words=9)
    ('办护照', 'banhuzhao', 'bhz', '护照', 'huzhao', 'hz')
    """
    plain = folded(title)
    found: dict[str, None] = {}
    for word in coarse(plain)[:most_words]:
        tail = plain[word.at : word.at + _LONGEST].strip()
        found.setdefault(tail)
        if is_han(tail):
            found.setdefault(spoken(tail)[:_LONGEST])
            found.setdefault(initials(tail)[:_LONGEST])
    return tuple(found)[:_MOST]


def spellings(title: str) -> str:
    """Pinyin of the title, of its words, and their first letters, for the index; one space between.

    >>> spellings("办护照")
    'banhuzhao bhz huzhao hz'
    """
    plain = folded(title)
    whole = "".join(word.text for word in coarse(plain) if is_han(word.text))
    words = [word.text for word in fine(plain) if is_han(word.text) and len(word.text) > 1]
    found: dict[str, None] = {}
    for word in ([whole] if len(whole) > 1 else []) + words:
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
