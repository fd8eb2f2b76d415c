"""D23: what a resource declares to be asked is answered by yes or no; nobody searches a value with it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError
from tests.engines.registers.exchanging import a_grant

from yiwang.exchange.api import get_resource, person_reference, request_data, trace_of, verify_data
from yiwang.exchange.contracts import FieldsNotGranted, Purpose, TooManyGuesses
from yiwang.exchange.definitions import ResourceDefinition
from yiwang.exchange.models import Resource, TraceLine
from yiwang.exchange.questions import QuestionDefinition
from yiwang.registers.api import enter_entry, get_register
from yiwang.registers.questions import misfit
from yiwang.registers.rules.questions import answered
from yiwang.registers.testing import a_person, an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
WHY = Purpose(kind="enforcement", reference="K-1")
ASKER = an_officer("construction", "handler", account=21)
KEY = str(a_person(1)["id_number"])
BORN = date.fromisoformat(str(a_person(1)["birth_date"]))


def question(name: str, field: str, **test: object) -> dict[str, object]:
    return {"name": name, "title": {"zh": name, "en": name}, "field": field, **test}


QUESTIONS = [
    question("adult", "birth_date", years_at_least=18),
    question("born_before", "birth_date", on_or_before=str(BORN)),
    question("born_after", "birth_date", on_or_after=str(BORN + timedelta(days=1))),
    question("man", "sex", one_of=["1"]),
]


@pytest.fixture
def asked(city, police):
    enter_entry(actor=police, at=AT, register="persons", values=a_person(1), valid_from=AT.date())
    row = Resource.objects.get(code="person_check")
    row.definition = row.definition | {"questions": QUESTIONS}
    row.save()
    return a_grant(at=AT, resource="person_check", fields=("adult", "born_before", "born_after", "man"))


def verify(at: datetime = AT, **claims: object) -> dict[str, bool]:
    said = verify_data(
        actor=ASKER, at=at, resource="person_check", key=KEY, claims=claims, purpose=WHY
    )  # fmt: skip
    return dict(said.agrees)


def test_d23_declared_questions_tell_yes_or_no_and_their_grant_opens_no_value(asked):
    assert verify(born_before=True, born_after=True, man=True) == {
        "born_before": True, "born_after": False, "man": True,
    }  # fmt: skip
    assert verify(born_after=False, man=False) == {"born_after": True, "man": False}
    # neither yes nor no, nor a bound of one's own
    assert verify(adult="true", born_before="1900-01-01") == {"adult": False, "born_before": False}
    (*_, first) = trace_of(person_reference(KEY))
    assert [title.zh for title in first.field_titles] == ["born_before", "born_after", "man"]

    lines = TraceLine.objects.count()
    for fields in (("birth_date",), ("adult",)):
        with pytest.raises(FieldsNotGranted):
            request_data(
                actor=ASKER, at=AT, resource="person_check", key=KEY, fields=fields, purpose=WHY
            )  # fmt: skip
    with pytest.raises(FieldsNotGranted):
        verify(birth_date=str(BORN))
    assert TraceLine.objects.count() == lines


def test_the_twin_s_law_of_questions_is_the_database_s(asked):
    values = a_person(1)
    persons = get_register("persons")
    info = get_resource("person_check")
    for name in ("adult", "born_before", "born_after", "man"):
        asked_of = info.find_question(name)
        assert asked_of is not None
        said = answered(asked_of, persons.get(asked_of.field).kind, values[asked_of.field], today=AT.date())
        assert verify(**{name: True}) == {name: said}


@pytest.mark.parametrize(("days", "is_adult"), [(0, False), (1, True)])
def test_years_are_full_on_the_day_after_the_anniversary(asked, days, is_adult):
    anniversary = datetime(BORN.year + 18, BORN.month, BORN.day, 4, 0, tzinfo=UTC)
    a_grant(
        at=datetime(1990, 1, 2, tzinfo=UTC), resource="person_check", fields=("adult",),
        valid_from=date(1990, 1, 1), valid_until=date(2999, 1, 1),
    )  # fmt: skip

    assert verify(anniversary + timedelta(days=days), adult=True) == {"adult": is_adult}


def test_a_value_is_not_found_by_trying(asked):
    a_grant(at=AT, resource="person_check", fields=("birth_date",))
    for day in range(20):
        verify(birth_date=str(date(1990, 1, 1) + timedelta(days=day)))
    with pytest.raises(TooManyGuesses):
        verify(birth_date=str(BORN))
    assert TraceLine.objects.count() == 20
    # the next day, and of somebody else today, there is an answer
    assert verify(AT + timedelta(days=1), birth_date=str(BORN)) == {"birth_date": True}


@pytest.mark.parametrize(
    "wrong",
    [
        [question("adult", "birth_date")],
        [question("adult", "birth_date", years_at_least=18, on_or_before="2000-01-01")],
        [question("name", "birth_date", years_at_least=18)],
        [question("adult", "secret", years_at_least=18)],
        [question(f"q{years}", "birth_date", years_at_least=years) for years in range(1, 8)],
    ],
)
def test_unsound_questions_are_refused(asked, wrong):
    content = Resource.objects.get(code="person_check").definition | {"questions": wrong}
    with pytest.raises(ValidationError):
        ResourceDefinition.model_validate(content)


@pytest.mark.parametrize(
    ("name", "test", "fits"),
    [
        ("name", {"years_at_least": 18}, False),
        ("birth_date", {"at_least": "1"}, False),
        ("sex", {"one_of": ["7"]}, False),
        ("birth_date", {"years_at_least": 18}, True),
        ("residence_division", {"one_of": ["440103"]}, True),
    ],
)
def test_a_question_fits_its_field(city, name, test, fits):
    asked = QuestionDefinition.model_validate(question("q", name, **test)).as_asked

    assert (misfit(asked, get_register("persons").get(name)) is None) is fits
