"""Legal clocks: budget, stops, extension, and the derived instants that loops look for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.cases.contracts.words import ClockState, ExtensionState
from yiwang.cases.models.case import Case
from yiwang.cases.models.process import Task

RUNNING = Q(state="running")


class CalendarVersion(models.Model):
    """A calendar as it was declared; clocks name the version under which their instants were derived."""

    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    definition = models.JSONField()
    active = models.BooleanField(default=True)
    applied_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="calendar_version"),
            models.UniqueConstraint(fields=["key"], condition=Q(active=True), name="calendar_active"),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class Clock(models.Model):
    """One legal or promised time limit, of a case or of a task of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    task = models.OneToOneField(Task, null=True, on_delete=models.PROTECT, related_name="clock")
    kind = models.CharField(max_length=16)
    organisation = models.CharField(max_length=60)
    #: Key of the limit in the case type (``review``); empty for those of the case itself.
    limit_key = models.CharField(max_length=40, blank=True)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    consumed = models.IntegerField(null=True)
    extended_by = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, default=ClockState.RUNNING)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    yellow_at = models.DateTimeField(null=True)
    red_at = models.DateTimeField(null=True)
    #: Rung of the warning ladder that was reached: 0 none, 1 warned, 2 yellow, 3 red.
    rung = models.PositiveSmallIntegerField(default=0)
    #: Outcome that silence has when the limit passes (E44), empty for none.
    silence = models.CharField(max_length=40, blank=True)
    calendar_key = models.CharField(max_length=40)
    calendar_version = models.PositiveIntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=RUNNING, name="clock_due"),
            models.Index(fields=["warn_at"], condition=RUNNING & Q(rung=0), name="clock_warn"),
            models.Index(fields=["yellow_at"], condition=RUNNING & Q(rung__lt=2), name="clock_yellow"),
            models.Index(fields=["red_at"], condition=RUNNING & Q(rung__lt=3), name="clock_red"),
            models.Index(fields=["due_at"], condition=RUNNING & ~Q(silence=""), name="clock_silence"),
            models.Index(
                fields=["calendar_key", "calendar_version"], condition=~Q(state="done"), name="clock_calendar"
            ),
            # Boards of supervision: what stands open, and what ended in a month, from the index alone.
            models.Index(
                fields=["case"],
                include=["organisation", "state", "kind", "due_at", "warn_at", "yellow_at", "red_at"],
                condition=~Q(state="done"),
                name="clock_open",
            ),
            models.Index(
                fields=["ended_at"],
                include=["case", "task", "organisation", "kind", "due_at"],
                condition=Q(state="done"),
                name="clock_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.amount} {self.unit}"


class ClockStop(models.Model):
    """A stretch that the law does not count, with its ground; open while ``until`` is empty."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="stops")
    #: The case in which the stop was ordered; a child's hearing also stops its parent's limits.
    ordered_in = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40)
    label = models.JSONField()
    legal_basis = models.JSONField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    expected_days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["ordered_in", "ground"], condition=Q(until__isnull=True), name="stop_open"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.ground}"


class Extension(models.Model):
    """More time, asked by one officer and granted by another, once."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    asked_days = models.PositiveSmallIntegerField()
    reason = models.TextField()
    legal_basis = models.JSONField()
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, default=ExtensionState.ASKED)
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)

    class Meta:
        constraints = [
            # Art. 42 gives one extension; a refused request leaves it unused.
            models.UniqueConstraint(fields=["case"], condition=~Q(state="refused"), name="extension_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} +{self.asked_days} {self.state}"
