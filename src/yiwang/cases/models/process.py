"""Where work stands: tokens, tasks, opinions, results of steps, timers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.cases.contracts.words import TaskState, TokenState
from yiwang.cases.models.case import Case


class Token(models.Model):
    """One token of the process; ``number`` counts within the case, so no sequence is asked for it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    number = models.PositiveIntegerField()
    node = models.CharField(max_length=80)
    opens = models.CharField(max_length=8)
    #: Number of the token of the enclosing scope.
    parent = models.PositiveIntegerField(null=True)
    item = models.JSONField(null=True)
    index = models.PositiveIntegerField(null=True)
    via = models.CharField(max_length=80, null=True)  # noqa: DJ001  None is the rules' "did not come by a flow"
    outcome = models.CharField(max_length=40, null=True)  # noqa: DJ001  None is "not answered yet"
    state = models.CharField(max_length=9, default=TokenState.OPEN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="token_number")]
        indexes = [models.Index(fields=["case"], condition=Q(state="open"), name="token_open")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.node}"


class Task(models.Model):
    """Work for a person of an organisation that holds the role; who takes it is the assignee."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    token = models.PositiveIntegerField()
    node = models.CharField(max_length=80)
    role = models.CharField(max_length=40)
    organisation = models.CharField(max_length=60)
    assignee_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=9, default=TaskState.OPEN)
    outcome = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    ended_by = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="task_case"),
            models.Index(
                fields=["organisation", "role", "opened_at"],
                include=["case"],
                condition=Q(state__in=["open", "claimed"]),
                name="task_inbox",
            ),
            models.Index(fields=["assignee_id"], condition=Q(state="claimed"), name="task_claimed"),
            models.Index(fields=["ended_by", "ended_at"], condition=Q(state="done"), name="task_ended"),
            models.Index(fields=["id"], condition=Q(state="cancelled"), name="task_cancelled"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.node} {self.state}"


class Opinion(models.Model):
    """What one department says: a row of its own, so that two who answer at once lose nothing."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="opinions", db_index=False)
    token = models.PositiveIntegerField()
    node = models.CharField(max_length=80)
    task = models.OneToOneField(Task, null=True, on_delete=models.PROTECT)
    #: The child case whose decision this is, where the department decided in one.
    child = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="as_opinion")
    organisation = models.CharField(max_length=60)
    verdict = models.CharField(max_length=40)
    conditions = models.TextField(blank=True)
    grounds = models.TextField(blank=True)
    articles = models.JSONField(default=list)
    officer_id = models.BigIntegerField(null=True)
    officer_name = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "node"], name="opinion_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.organisation} {self.verdict}"


class StepResult(models.Model):
    """The last outcome of a step, counted where many answered: what conditions see as ``outcome``."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    #: Number of the token inside which the step was done; 0 for the case itself.
    scope = models.PositiveIntegerField(default=0)
    node = models.CharField(max_length=80)
    outcome = models.CharField(max_length=40)
    approve = models.PositiveSmallIntegerField(null=True)
    conditional = models.PositiveSmallIntegerField(null=True)
    refuse = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "scope", "node"], name="step_result")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.node} {self.outcome}"


class Timer(models.Model):
    """An instant at which a token moves on."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    token = models.PositiveIntegerField()
    fires_at = models.DateTimeField()
    #: When a worker next tries one whose process could not go on; normally the instant itself.
    try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["try_at"], condition=Q(done_at__isnull=True), name="timer_due")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.token} {self.fires_at:%F %R}"
