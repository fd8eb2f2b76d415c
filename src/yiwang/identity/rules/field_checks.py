"""What people type when they register, checked field by field; every fault is told at once."""

from __future__ import annotations

import re
from datetime import date

from yiwang.kernel.codes import check_credit_code, check_resident_id
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text

_USERNAME = re.compile(r"[a-z][a-z0-9_.-]{3,39}")
# Chinese and transcribed names, with the middle dot of minority names: 2-40 signs.
_NAME = re.compile(r"[\u3400-\u9fff·A-Za-z .'-]{2,40}")
_PHONE = re.compile(r"1[3-9][0-9]{9}")

USERNAME_RULE = Text(
    "用户名为4至40位小写字母、数字、点、横线或下划线，以字母开头。",
    "A user name has 4 to 40 small letters, digits, dots, hyphens or underscores, and begins with a letter.",
)
NAME_RULE = Text("请填写身份证件上的姓名。", "Enter the name as it stands on the identity document.")
RESIDENT_ID_RULE = Text(
    "公民身份号码应为18位，请核对后重新填写。",
    "A resident identity number has 18 characters; check it and enter it again.",
)
PHONE_RULE = Text("请填写11位手机号码。", "Enter a mobile number of 11 digits.")
CREDIT_CODE_RULE = Text(
    "统一社会信用代码应为18位，请核对后重新填写。",
    "A unified social credit code has 18 characters; check it and enter it again.",
)
ENTITY_NAME_RULE = Text("请填写营业执照上的名称。", "Enter the name as it stands on the business licence.")


def citizen_faults(
    *, username: str, name: str, resident_id: str, phone: str, today: date
) -> tuple[FieldProblem, ...]:
    """Faults of a person's registration, by field."""
    checks = (
        ("username", USERNAME_RULE, bool(_USERNAME.fullmatch(username))),
        ("name", NAME_RULE, bool(_NAME.fullmatch(name.strip()))),
        ("resident_id", RESIDENT_ID_RULE, check_resident_id(resident_id.strip().upper(), on=today) is None),
        ("phone", PHONE_RULE, bool(_PHONE.fullmatch(phone.strip()))),
    )
    return tuple(FieldProblem(path, rule) for path, rule, good in checks if not good)


def refuse_faulty_person(*, name: str, resident_id: str, phone: str, today: date) -> None:
    """Raise InvalidInput with every fault of a person as the counter records one."""
    checks = (
        ("name", NAME_RULE, bool(_NAME.fullmatch(name.strip()))),
        ("resident_id", RESIDENT_ID_RULE, check_resident_id(resident_id.strip().upper(), on=today) is None),
        ("phone", PHONE_RULE, bool(_PHONE.fullmatch(phone.strip()))),
    )
    problems = tuple(FieldProblem(path, rule) for path, rule, good in checks if not good)
    if problems:
        raise InvalidInput(problems=problems)


def officer_faults(*, username: str, name: str, phone: str) -> tuple[FieldProblem, ...]:
    """Faults of an officer's account, by field."""
    checks = (
        ("username", USERNAME_RULE, bool(_USERNAME.fullmatch(username))),
        ("name", NAME_RULE, bool(_NAME.fullmatch(name.strip()))),
        ("phone", PHONE_RULE, bool(_PHONE.fullmatch(phone.strip()))),
    )
    return tuple(FieldProblem(path, rule) for path, rule, good in checks if not good)


def entity_faults(*, credit_code: str, name: str, legal_representative: str) -> tuple[FieldProblem, ...]:
    """Faults of a firm's registration, by field."""
    checks = (
        ("credit_code", CREDIT_CODE_RULE, check_credit_code(credit_code.strip().upper()) is None),
        ("name", ENTITY_NAME_RULE, 2 <= len(name.strip()) <= 200),
        ("legal_representative", NAME_RULE, bool(_NAME.fullmatch(legal_representative.strip()))),
    )
    return tuple(FieldProblem(path, rule) for path, rule, good in checks if not good)


def refuse_faulty_citizen(*, username: str, name: str, resident_id: str, phone: str, today: date) -> None:
    """Raise InvalidInput with every fault of a person's registration."""
    problems = citizen_faults(username=username, name=name, resident_id=resident_id, phone=phone, today=today)
    if problems:
        raise InvalidInput(problems=problems)


def refuse_faulty_officer(*, username: str, name: str, phone: str) -> None:
    """Raise InvalidInput with every fault of an officer's account."""
    problems = officer_faults(username=username, name=name, phone=phone)
    if problems:
        raise InvalidInput(problems=problems)


def refuse_faulty_entity(*, credit_code: str, name: str, legal_representative: str) -> None:
    """Raise InvalidInput with every fault of a firm's registration."""
    problems = entity_faults(credit_code=credit_code, name=name, legal_representative=legal_representative)
    if problems:
        raise InvalidInput(problems=problems)
