"""The check before digging as pages of other engines offer it, such as the page of a case."""

from __future__ import annotations

from django.urls import reverse

from yiwang.maps.analysis.queries.checks import checks_for, may_check
from yiwang.platform.contracts import Actor
from yiwang.registers.api import CheckOffer, GroundAsked, MadeCheck


class DigCheck:
    """Offers the check to who may make one."""

    def offered(self, actor: Actor, asked: GroundAsked) -> CheckOffer | None:
        """As ``GroundChecker`` has it."""
        if not may_check(actor):
            return None
        return CheckOffer(
            address=reverse("maps:dig"),
            fields={
                "shape": "area",
                "corners": asked.area,
                "depth": asked.depth,
                "begins": asked.begins,
                "ends": asked.ends,
                "reason": asked.reason,
            },
            made=[
                MadeCheck(
                    number=check.number, address=reverse("maps:dug", args=[check.id]), at=check.checked_at
                )
                for check in checks_for(actor, asked.case)
            ],
        )
