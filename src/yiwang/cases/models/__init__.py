"""Storage of cases: one row for each thing that stands open, was said, or was decided."""

from yiwang.cases.models.application import Appointment, Draft, Material, Message, Supplement
from yiwang.cases.models.case import Case, CaseEvent, CaseTypeVersion, NumberSeries
from yiwang.cases.models.clock import CalendarVersion, Clock, ClockStop, Extension
from yiwang.cases.models.enclosure import Enclosure
from yiwang.cases.models.ending import Decision, Letter, Licence, LicenceEntry
from yiwang.cases.models.prefilled import Prefilled
from yiwang.cases.models.process import Opinion, StepResult, Task, Timer, Token
from yiwang.cases.models.supervision import Card, Notice, NoticeReply, Rating

__all__ = [
    "Appointment",
    "CalendarVersion",
    "Card",
    "Case",
    "CaseEvent",
    "CaseTypeVersion",
    "Clock",
    "ClockStop",
    "Decision",
    "Draft",
    "Enclosure",
    "Extension",
    "Letter",
    "Licence",
    "LicenceEntry",
    "Material",
    "Message",
    "Notice",
    "NoticeReply",
    "NumberSeries",
    "Opinion",
    "Prefilled",
    "Rating",
    "StepResult",
    "Supplement",
    "Task",
    "Timer",
    "Token",
]
