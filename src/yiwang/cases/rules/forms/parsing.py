"""What was typed -> what is kept. One function for each kind of question.

Kept in JSON: text, address, choice, division, industry, postcode, numbers of people and firms, phone, email
as text; area as WKT (``areas.py``); integer, decimal and money (yuan) as numbers; date as ISO 8601 text;
yes_no as true or false; choices as a list of values; file as a list of stored files' ids; group as a
list of objects.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from yiwang.cases.definitions.form import Question, QuestionKind
from yiwang.cases.rules.forms import wording
from yiwang.cases.rules.forms.areas import WrongArea, corners_of, place_words, read_area, square_metres
from yiwang.kernel import codes
from yiwang.kernel.feel import Json
from yiwang.kernel.pattern import PatternTooCostly, covers
from yiwang.kernel.text import Text

#: As a page sends it: one field, several of one name, or the parts of a date or an address.
Raw: TypeAlias = str | Sequence[str] | Mapping[str, str] | None

_DEFAULT_LENGTH = {QuestionKind.TEXT: 200, QuestionKind.LONG_TEXT: 5_000, QuestionKind.ADDRESS: 200}
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
_MONEY = re.compile(r"-?\d{1,13}(\.\d{1,2})?", re.ASCII)  # a float keeps 15 digits exactly
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})", re.ASCII)
_LANDLINE = re.compile(r"(0[1-9]\d{1,2})(\d{7,8})", re.ASCII)
_ABROAD = re.compile(r"\+\d{6,15}", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_POSTCODE = re.compile(r"\d{6}", re.ASCII)
_DIVISION = re.compile(r"\d{6}(\d{3}(\d{3})?)?", re.ASCII)
_INDUSTRY = re.compile(r"[A-T](\d{2}(\d{1,2})?)?", re.ASCII)  # GB/T 4754: section, division, group, class
_MAX_TYPED = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Code lists with their names; an empty list checks the shape of a code only. ``today`` limits dates.

    ``entry_key`` gives the key of an entry of a register as the register spells it, or None where nobody may
    pick such a one; without it any text is taken. ``outside_city`` gives which of some corners
    (degrees) lies in no district; without it any place on earth is taken.
    """

    today: date
    divisions: Mapping[str, Text] = field(default_factory=dict)
    industries: Mapping[str, Text] = field(default_factory=dict)
    entry_key: Callable[[str, str], str | None] | None = None
    outside_city: Callable[[Sequence[tuple[float, float]]], int | None] | None = None


class WrongAnswer(Exception):
    """An answer is not accepted; ``text`` says why to the person who gave it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def parse(question: Question, raw: Raw, lists: Lists) -> Json:
    """The answer to keep, or None where none was given; raises WrongAnswer."""
    if _is_blank(raw):
        return None
    value = _PARSERS[question.kind](question, raw, lists)
    if question.picks is not None and lists.entry_key is not None and value:
        value = lists.entry_key(question.picks.register_code, str(value))
        if value is None:
            raise _wrong(wording.NO_ENTRY, question)
    return None if value in ("", []) else value


def _is_blank(raw: Raw) -> bool:
    if raw is None:
        return True
    if isinstance(raw, str):
        return not raw.strip()
    values = raw.values() if isinstance(raw, Mapping) else raw
    return all(not str(value).strip() for value in values)


def _wrong(sentence: Text, question: Question, **values: object) -> WrongAnswer:
    return WrongAnswer(wording.about(sentence, question.label, **values))


def _typed(raw: Raw) -> str:
    """The text of a single field; of several of the same name the last counts, as in browsers."""
    if isinstance(raw, Mapping):
        return ""
    text = raw if isinstance(raw, str) or raw is None else (list(raw) or [""])[-1]
    return (text or "")[:_MAX_TYPED].strip()


def _plain(raw: Raw) -> str:
    """A number or code: full-width signs made plain, spaces gone."""
    return "".join(unicodedata.normalize("NFKC", _typed(raw)).split())


def _text(question: Question, raw: Raw, _lists: Lists) -> Json:
    text = unicodedata.normalize("NFC", _typed(raw)).replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Cn") and sign not in "\n\t" for sign in text):
        raise _wrong(wording.NOT_ALLOWED_SIGN, question)
    if question.kind is not QuestionKind.LONG_TEXT:
        text = " ".join(text.split())
    most = question.max_length or _DEFAULT_LENGTH[question.kind]
    if len(text) > most:
        raise _wrong(wording.TOO_LONG, question, most=most)
    if question.pattern is not None and not _covers(question.pattern, text):
        raise _wrong(wording.WRONG_PATTERN, question, hint=question.pattern_hint)
    return text


def _covers(pattern: str, text: str) -> bool:
    try:
        return covers(pattern, text)
    except PatternTooCostly:
        return False


def _address(question: Question, raw: Raw, lists: Lists) -> Json:
    return _text(question, raw.get("detail", "") if isinstance(raw, Mapping) else raw, lists) or None


def _area(question: Question, raw: Raw, lists: Lists) -> Json:
    try:
        area = read_area(unicodedata.normalize("NFKC", _typed(raw)))
    except WrongArea as wrong:
        raise _wrong(wording.WRONG_AREA, question, reason=wrong.text) from None
    corners = corners_of(area)
    at = lists.outside_city(corners) if lists.outside_city is not None else None
    if at is not None:
        east, north = corners[at]
        reason = wording.OUTSIDE_CITY.fill(corner=at + 1, place=f"{place_words(east)},{place_words(north)}")
        raise _wrong(wording.WRONG_AREA, question, reason=reason)
    size = Decimal(str(square_metres(corners)))
    for sentence, limit, side in (
        (wording.NOT_SO_SMALL, _limit(question.min), -1),
        (wording.NOT_SO_LARGE, _limit(question.max), 1),
    ):
        if limit is not None and (size - limit) * side > 0:
            reason = sentence.fill(size=f"{size:,.0f}", limit=f"{limit:,f}")
            raise _wrong(wording.WRONG_AREA, question, reason=reason)
    return area


def _number(question: Question, raw: Raw, shape: re.Pattern[str], sentence: Text) -> Json:
    typed = _plain(raw).replace(",", "").replace("，", "").removeprefix("¥").removesuffix("元")
    typed = typed.replace("−", "-")
    if not shape.fullmatch(typed):
        raise _wrong(sentence, question)
    number = Decimal(typed)
    least, most = _limit(question.min), _limit(question.max)
    if least is not None and number < least:
        raise _wrong(wording.TOO_LOW, question, limit=f"{least:,f}")
    if most is not None and number > most:
        raise _wrong(wording.TOO_HIGH, question, limit=f"{most:,f}")
    return int(number) if number == number.to_integral_value() else float(number)


def _limit(limit: float | str | None) -> Decimal | None:
    return Decimal(str(limit)) if isinstance(limit, int | float) else None


def _whole(question: Question, raw: Raw, _lists: Lists) -> Json:
    return _number(question, raw, _WHOLE, wording.NOT_WHOLE)


def _decimal(question: Question, raw: Raw, _lists: Lists) -> Json:
    return _number(question, raw, _DECIMAL, wording.NOT_NUMBER)


def _money(question: Question, raw: Raw, _lists: Lists) -> Json:
    return _number(question, raw, _MONEY, wording.NOT_MONEY)


def _date(question: Question, raw: Raw, lists: Lists) -> Json:
    if isinstance(raw, Mapping):
        parts = [_plain(raw.get(part, "")) for part in ("year", "month", "day")]
    else:
        parts = re.split(r"[-/.年月]", _plain(raw).removesuffix("日"))
    if len(parts) != 3 or not all(re.fullmatch(r"\d{1,4}", part, re.ASCII) for part in parts):
        raise _wrong(wording.NOT_DATE, question)
    try:
        day = date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        raise _wrong(wording.NOT_DATE, question) from None
    if not 1800 <= day.year <= 2200:
        raise _wrong(wording.NOT_DATE, question)
    least, most = (limit_day(limit, lists.today) for limit in (question.min, question.max))
    if least is not None and day < least:
        raise _wrong(wording.TOO_EARLY, question, limit=wording.day(least.isoformat()))
    if most is not None and day > most:
        raise _wrong(wording.TOO_LATE, question, limit=wording.day(most.isoformat()))
    return day.isoformat()


def limit_day(limit: float | str | None, today: date) -> date | None:
    """The day that a date's limit means; raises ValueError for what is no date."""
    if limit is None:
        return None
    return today if limit == "today" else date.fromisoformat(str(limit))


def _yes_no(question: Question, raw: Raw, _lists: Lists) -> Json:
    known = {"yes": True, "true": True, "no": False, "false": False}
    typed = _typed(raw)
    if typed not in known:
        raise _wrong(wording.NOT_OPTION, question)
    return known[typed]


def _choice(question: Question, raw: Raw, _lists: Lists) -> Json:
    typed = _typed(raw)
    if typed not in {option.value for option in question.options}:
        raise _wrong(wording.NOT_OPTION, question)
    return typed


def _choices(question: Question, raw: Raw, _lists: Lists) -> Json:
    given = {raw} if isinstance(raw, str) else set(raw or ())
    given.discard("")
    if given - {option.value for option in question.options}:
        raise _wrong(wording.NOT_OPTION, question)
    return [option.value for option in question.options if option.value in given]


def _id_number(question: Question, raw: Raw, lists: Lists) -> Json:
    number = codes.normalise(_typed(raw))
    problem = codes.check_resident_id(number, on=lists.today)
    if problem is not None:
        raise _wrong(wording.WRONG_CODE, question, reason=problem)
    return number


def _credit_code(question: Question, raw: Raw, _lists: Lists) -> Json:
    code = codes.normalise(_typed(raw))
    problem = codes.check_credit_code(code)
    if problem is not None:
        raise _wrong(wording.WRONG_CODE, question, reason=problem)
    return code


def _phone(question: Question, raw: Raw, _lists: Lists) -> Json:
    typed = re.sub(r"[-()（）—–·.]", "", _plain(raw))
    mobile = _MOBILE.fullmatch(typed)
    if mobile is not None:
        return mobile.group(1)
    landline = _LANDLINE.fullmatch(typed)
    if landline is not None:
        # Two-digit area codes after the zero are those of the ten largest cities.
        area = 3 if typed[1] in "12" else 4
        if 7 <= len(typed) - area <= 8:
            return f"{typed[:area]}-{typed[area:]}"
    if _ABROAD.fullmatch(typed):
        return typed
    raise _wrong(wording.NOT_PHONE, question)


def _email(question: Question, raw: Raw, _lists: Lists) -> Json:
    typed = _plain(raw)
    if len(typed) > 254 or not _EMAIL.fullmatch(typed):
        raise _wrong(wording.NOT_EMAIL, question)
    return typed


def _coded(
    shape: re.Pattern[str], sentence: Text, listed: Callable[[Lists], Mapping[str, Text]]
) -> Callable[[Question, Raw, Lists], Json]:
    def parse_code(question: Question, raw: Raw, lists: Lists) -> Json:
        code, known = _plain(raw).upper(), listed(lists)
        if not shape.fullmatch(code) or (known and code not in known):
            raise _wrong(sentence, question)
        return code

    return parse_code


def _file(question: Question, raw: Raw, _lists: Lists) -> Json:
    given = [raw] if isinstance(raw, str) else list(raw or ())
    ids = [part.strip() for part in given if part.strip()]
    if not all(re.fullmatch(r"\d{1,18}", part, re.ASCII) for part in ids):
        raise _wrong(wording.UPLOAD, question)
    return [int(part) for part in dict.fromkeys(ids)]


def file_problem(question: Question, name: str, size: int) -> Text | None:
    """What is wrong with a file that is about to be stored, by its name and size; content is judged there."""
    extension = name.rpartition(".")[2].lower()
    known = {part.lower().lstrip(".") for part in question.accept}
    known |= {"jpeg"} if "jpg" in known else set()
    if extension not in known:
        kinds = Text("、".join(question.accept).upper(), ", ".join(question.accept).upper())
        return wording.about(wording.WRONG_FILE_TYPE, question.label, kinds=kinds)
    if size > question.max_megabytes * 1_000_000:
        return wording.about(wording.FILE_TOO_LARGE, question.label, most=question.max_megabytes)
    return None


_PARSERS: dict[QuestionKind, Callable[[Question, Raw, Lists], Json]] = {
    QuestionKind.TEXT: _text,
    QuestionKind.LONG_TEXT: _text,
    QuestionKind.ADDRESS: _address,
    QuestionKind.AREA: _area,
    QuestionKind.INTEGER: _whole,
    QuestionKind.DECIMAL: _decimal,
    QuestionKind.MONEY: _money,
    QuestionKind.DATE: _date,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choices,
    QuestionKind.ID_NUMBER: _id_number,
    QuestionKind.CREDIT_CODE: _credit_code,
    QuestionKind.PHONE: _phone,
    QuestionKind.EMAIL: _email,
    QuestionKind.DIVISION: _coded(_DIVISION, wording.NOT_DIVISION, lambda lists: lists.divisions),
    QuestionKind.INDUSTRY: _coded(_INDUSTRY, wording.NOT_INDUSTRY, lambda lists: lists.industries),
    QuestionKind.POSTCODE: _coded(_POSTCODE, wording.NOT_POSTCODE, lambda lists: {}),
    QuestionKind.FILE: _file,
}


def as_typed(question: Question, value: Json) -> Raw:
    """A kept answer in the form in which a page would send it again."""
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{Decimal(str(value)):f}"
        case list():
            return [str(part) for part in value]
        case _ if question.kind is QuestionKind.DATE:
            year, month, day = str(value).split("-")
            return {"year": year, "month": month.lstrip("0"), "day": day.lstrip("0")}
        case _:
            return _area_lines(value) if question.kind is QuestionKind.AREA else str(value)


def _area_lines(value: Json) -> str:
    lines = [f"{place_words(east)},{place_words(north)}" for east, north in corners_of(str(value))]
    return "\n".join(lines) or str(value)
