"""How people and offices behave, as data: every share and span of the simulation stands here.

Shares are of a thing's cases (0 to 1) or weights; spans are the two ends of an even draw. They are made up
so that every way through a case is seen in a few hundred of them; they are nobody's statistics.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from yiwang.cases.contracts import Channel, Outcome, StopGround

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked for, how it comes, and how much of everything it is."""

    type_code: str
    channel: Channel
    weight: float
    #: Share of those at the counter who have booked a time.
    booked: float = 0.0


DEMANDS = (
    Demand("investment_approval", Channel.ONLINE, 11),
    Demand("investment_approval", Channel.COUNTER, 3),
    Demand("investment_consultation", Channel.ONLINE, 8),
    Demand("company_start", Channel.ONLINE, 20),
    Demand("company_start", Channel.COUNTER, 6, booked=0.6),
    Demand("residence_certificate", Channel.ONLINE, 24),
    Demand("residence_certificate", Channel.POST, 5),
    Demand("residence_certificate_counter", Channel.COUNTER, 23, booked=0.45),
)
#: Of online applications: weight of each hour of the day, and of a free day beside a working day.
ONLINE_HOURS = (1, 0, 0, 0, 0, 1, 2, 5, 9, 14, 15, 12, 8, 9, 14, 14, 11, 8, 7, 9, 11, 9, 6, 3)
FREE_DAY = 0.35


@dataclass(frozen=True, slots=True)
class Pace:
    """How much of its time a step takes: of that before the yellow card, or of the whole limit."""

    share: float
    part: Span
    until_yellow: bool = True
    #: Of the steps that will be late, so many ask for more time first.
    asks_extension: float = 0.0


PACES = (
    Pace(0.68, (0.05, 0.5)),
    Pace(0.23, (0.5, 0.95)),
    Pace(0.05, (0.85, 1.0), until_yellow=False),
    Pace(0.04, (1.05, 1.9), until_yellow=False, asks_extension=0.4),
)
#: Organisations that are slower: weight of the last pace (late) instead of the usual one.
LATE = {"fire": 0.15, "land_housing": 0.12, "environment": 0.09, "planning": 0.08}
#: Working minutes of a step without a limit, and until a task is taken.
UNLIMITED_STEP: Span = (30, 420)
TAKEN_AFTER: Span = (4, 90)

#: How often each outcome is chosen, of those that the step offers.
OUTCOMES: dict[str, float] = {
    Outcome.ACCEPT: 0.83,
    Outcome.SUPPLEMENT: 0.13,
    Outcome.NOT_ACCEPTED: 0.04,
    Outcome.APPROVE: 0.90,
    Outcome.CONDITIONAL: 0.16,
    Outcome.REFUSE: 0.045,
    Outcome.RETURN: 0.04,
    Outcome.DONE: 1.0,
}
#: A department's refusal is a veto on the whole project, so each of five departments must use it rarely.
OUTCOMES_AT: dict[str, dict[str, float]] = {
    "give_opinion": {Outcome.REFUSE: 0.015},
    "sign_refusal": {Outcome.REFUSE: 0.96, Outcome.RETURN: 0.04},
    "accept_again": {Outcome.ACCEPT: 0.92, Outcome.REFUSE: 0.08},
}


@dataclass(frozen=True, slots=True)
class Special:
    """A procedure that stops the clock: how often at a step of a department, and how long in days."""

    ground: StopGround
    share: float
    days: Span


SPECIALS = (
    Special(StopGround.HEARING, 0.03, (5, 12)),
    Special(StopGround.EXPERT_REVIEW, 0.05, (3, 9)),
    Special(StopGround.INSPECTION, 0.05, (1, 4)),
)


@dataclass(frozen=True, slots=True)
class Habits:
    """Everything else that somebody does now and then."""

    withdraws: float = 0.03
    withdraws_after_days: Span = (0.2, 4)
    answers_supplement: float = 0.8
    answers_after_days: Span = (0.4, 9)
    department_asks_supplement: float = 0.03
    asks_question: float = 0.09
    question_after_days: Span = (0.3, 4)
    question_answered: float = 0.85
    question_answered_after_hours: Span = (1, 14)
    saves_draft_only: float = 0.05
    extension_days: Span = (3, 8)
    extension_granted: float = 0.85
    extension_decided_after_hours: Span = (1, 9)
    transferred: float = 0.04
    transferred_away: float = 0.06
    returned: float = 0.03
    department_added: float = 0.05
    department_added_after_hours: Span = (1, 12)
    looks_into_registers: float = 0.7
    on_leave: float = 0.16
    leave_days: tuple[int, int] = (2, 4)
    rated: float = 0.42
    rated_after_hours: Span = (0.5, 60)
    rating_levels: dict[int, float] = field(
        default_factory=lambda: {5: 0.62, 4: 0.22, 3: 0.08, 2: 0.05, 1: 0.03}
    )
    bad_rating_answered: float = 0.8
    bad_rating_answered_after_hours: Span = (2, 40)
    noticed: dict[str, float] = field(default_factory=lambda: {"red": 0.6, "yellow": 0.04})
    noticed_after_hours: Span = (0.5, 6)
    notice_answered: float = 0.9
    notice_answered_after_hours: Span = (1, 18)
    notice_closed: float = 0.9
    notice_closed_after_hours: Span = (1, 10)
    booked_days_ahead: tuple[int, int] = (1, 4)
    misses_appointment: float = 0.08
    cancels_appointment: float = 0.06
    minutes_at_window: Span = (6, 22)
    #: Of the applicants who could name a plot or house of the planned ground, which is a part of the city.
    on_planned_ground: float = 0.75
    #: Of the floor area that the plan allows.
    built_of_allowed: Span = (0.4, 1.05)
    #: Of the applications by people with a listed sign-in, so that their own pages are not empty.
    listed_share: float = 0.07


HABITS = Habits()
#: Steps from which work goes back by hand: item and step, and the step that does it again.
RETURNS = {"investment_approval/decide": "draft"}
#: Steps at which a special procedure may begin.
SPECIAL_STEPS = frozenset({"examine", "draft"})
#: Colleagues of those who have listed sign-ins: organisation, roles, how many.
COLLEAGUES: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("service_centre", ("window",), 3),
    ("service_centre", ("handler", "reviewer"), 1),
    ("industry_commerce", ("window", "handler"), 2),
    ("industry_commerce", ("reviewer", "approver"), 1),
    ("civil_affairs", ("window", "handler"), 2),
    ("planning", ("handler",), 1),
    ("land_housing", ("handler",), 1),
    ("environment", ("handler",), 1),
    ("construction", ("handler",), 1),
    ("fire", ("handler",), 1),
    ("development_planning", ("handler",), 1),
)
#: Land on which projects of a section of GB/T 4754 stand (GB/T 50137-2011), and those of all others.
WORKSHOPS = {"C": ("M1",), "F": ("W1", "B1"), "H": ("B1",), "N": ("U1", "M1"), "": ("B2",)}
#: What stands on a plot, by what the applicant says of the land.
PLOTS_FOR = {
    "new_land": ("vacant",),
    "own_land": ("building", "built"),
    "existing_building": ("built",),
}
#: What an office looks up before it goes on: by step, resource and fields.
LOOKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "residence_certificate/accept": ("person_basic", ("name", "residence_address")),
    "residence_certificate_counter/decide": ("person_basic", ("name", "residence_address")),
    "company_start/register": ("person_basic", ("id_number", "name")),
    "company_start/tax": ("person_basic", ("id_number", "name")),
    "company_start/social_insurance": ("person_basic", ("id_number", "name", "birth_date")),
    "investment_approval/accept": ("legal_entity_public", ("name", "status", "address")),
}
