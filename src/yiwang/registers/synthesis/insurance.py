"""Who is insured, when, by whom, and what was paid: rows of the registers of social insurance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from random import Random

from yiwang.registers.synthesis.dirt import Cells
from yiwang.registers.synthesis.firms import Job
from yiwang.registers.synthesis.people import Member

HEADS: dict[str, tuple[str, ...]] = {
    "insured_persons": (
        "id_number", "name", "division", "category", "joined", "card_number", "phone", "status",
    ),
    "insurance_periods": ("number", "insurance", "started", "ended", "insured", "employer", "end_reason"),
    "insurance_contributions": (
        "number", "insurance", "month", "state", "employer", "insured", "base", "employer_share", "own_share",
        "paid_on",
    ),
}  # fmt: skip
#: Per cent of the base that employer and insured pay; an example, for cities set their own.
RATES = {
    "pension": (Decimal("15"), Decimal("8")),
    "medical": (Decimal("5.5"), Decimal("2")),
    "unemployment": (Decimal("0.8"), Decimal("0.2")),
    "work_injury": (Decimal("0.2"), Decimal("0")),
    "maternity": (Decimal("0.85"), Decimal("0")),
}
_RESIDENT = ("medical",)
_PENSIONERS_AGE = {"1": 60, "2": 55}
_UNPAID, _LATE = 0.01, 0.02
_CENT = Decimal("0.01")


class Insurance:
    """Insured people of households, and their contributions of the last ``months`` whole months."""

    def __init__(self, *, seed: int, on: date, months: int) -> None:
        self._random = Random(f"{seed}/insurance").random  # noqa: S311 - made-up people
        self._on = on
        self._months = [_month_before(on, back) for back in range(months, 0, -1)]
        self._periods = self._contributions = self._cards = 0

    def rows(self, members: Sequence[Member], jobs: Sequence[Job]) -> Iterator[tuple[str, Cells]]:
        """Rows of a household by the name of their file: everybody first, for the others refer to them."""
        by_person = {job.id_number: job for job in jobs}
        for member in members:
            yield from self._of(member, by_person.get(member.person.id_number))

    def _of(self, member: Member, job: Job | None) -> Iterator[tuple[str, Cells]]:
        person = member.person
        self._cards += 1
        category, joined = self._category(member, job)
        yield (
            "insured_persons",
            (
                person.id_number, person.name, person.residence_division, category, joined,
                f"GZ{self._cards:010}", person.phone, "active",
            ),
        )  # fmt: skip
        employer = job.credit_code if job else ""
        pensioner = category == "retired"
        for insurance in RATES if job or pensioner else _RESIDENT:
            if pensioner and insurance not in ("pension", "medical"):
                continue
            ended = self._on.isoformat() if pensioner and insurance == "pension" else ""
            self._periods += 1
            number = f"QJ{self._periods:011}"
            reason = "retired" if ended else ""
            yield "insurance_periods", (number, insurance, joined, ended, person.id_number, employer, reason)
        if job:
            yield from self._paid(job)

    def _category(self, member: Member, job: Job | None) -> tuple[str, str]:
        if job:
            return "employee", job.since
        birth = date.fromisoformat(member.person.birth_date)
        if member.age >= _PENSIONERS_AGE[member.person.sex]:
            return "retired", date(max(birth.year + 25, 1993), 7, 1).isoformat()
        return "resident", max(birth, date(2008, 1, 1)).isoformat()

    def _paid(self, job: Job) -> Iterator[tuple[str, Cells]]:
        random = self._random
        base = Decimal(5_000 + 500 * int(random() ** 3 * 50))
        for month in self._months:
            if month.isoformat() < job.since[:8] + "01":
                continue
            drawn = random()
            state = "due" if drawn < _UNPAID else "late" if drawn < _UNPAID + _LATE else "paid"
            paid_on = "" if state == "due" else month.replace(day=25 if state == "late" else 15).isoformat()
            for insurance, (firm, own) in RATES.items():
                self._contributions += 1
                shares = [str((base * rate / 100).quantize(_CENT)) for rate in (firm, own)]
                yield (
                    "insurance_contributions",
                    (
                        f"JF{self._contributions:012}", insurance, month.isoformat(), state, job.credit_code,
                        job.id_number, str(base), *shares, paid_on,
                    ),
                )  # fmt: skip


def _month_before(day: date, back: int) -> date:
    """The first day of the month so many months before.

    >>> _month_before(date(2026, 1, 1), 2)
    datetime.date(2025, 11, 1)
    """
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
