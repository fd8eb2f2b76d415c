"""Storage of matching: runs, what people decided about pairs, and differences with their outcomes."""

from __future__ import annotations

from django.db import models


class Matching(models.Model):
    """Lists that are matched, as applied."""

    code = models.CharField(max_length=40, unique=True)
    definition = models.JSONField()
    applied_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code


class Run(models.Model):
    """One matching of the lists as they were."""

    matching = models.ForeignKey(Matching, models.CASCADE)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, default="waiting")
    stage = models.CharField(max_length=20, blank=True)
    stage_rows = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    #: Figures of the process: rows, seconds of each stage, memory.
    report = models.JSONField(default=dict)

    class Meta:
        constraints = [
            # two at once would find the same differences twice and write over each other
            models.UniqueConstraint(
                fields=["matching"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="matching_one_run_at_once",
            )
        ]

    def __str__(self) -> str:
        return f"run {self.pk} of {self.matching_id}"


class Doubt(models.Model):
    """Two rows that may be one firm, for somebody to judge; of the last run only."""

    matching = models.ForeignKey(Matching, models.CASCADE)
    list_l = models.CharField(max_length=40)
    key_l = models.CharField(max_length=80)
    list_r = models.CharField(max_length=40)
    key_r = models.CharField(max_length=80)
    probability = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matching", "list_l", "key_l", "list_r", "key_r"], name="matching_doubt_once"
            )
        ]

    def __str__(self) -> str:
        return f"doubt {self.pk}"


class Verdict(models.Model):
    """What somebody decided about two rows; the next runs follow it."""

    matching = models.ForeignKey(Matching, models.CASCADE)
    list_l = models.CharField(max_length=40)
    key_l = models.CharField(max_length=80)
    list_r = models.CharField(max_length=40)
    key_r = models.CharField(max_length=80)
    is_same = models.BooleanField()
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matching", "list_l", "key_l", "list_r", "key_r"], name="matching_verdict_once"
            )
        ]

    def __str__(self) -> str:
        return f"verdict {self.pk}"


class Finding(models.Model):
    """A difference as work of a department: found, answered, gone, or back again."""

    matching = models.ForeignKey(Matching, models.CASCADE)
    kind = models.CharField(max_length=24)
    #: Whose work it is: the organisation that keeps ``list``.
    organisation = models.CharField(max_length=60)
    list = models.CharField(max_length=40)
    key = models.CharField(max_length=80, blank=True)
    other_list = models.CharField(max_length=40, blank=True)
    other_key = models.CharField(max_length=80, blank=True)
    #: What the two rows said when it was last found.
    name = models.CharField(max_length=200, blank=True)
    other_name = models.CharField(max_length=200, blank=True)
    other_status = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, default="open")
    outcome = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=500, blank=True)
    #: Yuan recovered, as declared by the officer.
    yuan = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.BigIntegerField(null=True)
    gone_at = models.DateTimeField(null=True)
    first_run = models.BigIntegerField()
    last_run = models.BigIntegerField()
    reopened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matching", "kind", "list", "key", "other_list", "other_key"],
                name="matching_finding_once",
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "kind", "state", "id"], name="matching_finding_work"),
            models.Index(fields=["matching", "last_run"], name="matching_finding_run"),
        ]

    def __str__(self) -> str:
        return f"finding {self.pk}: {self.kind}"
