"""The applicant's side: drafts, materials, supplements, messages, appointments."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.cases.contracts.words import AppointmentState, MaterialState, SupplementState
from yiwang.cases.models.case import Case


class Draft(models.Model):
    """A form that is being filled in; kept until it is submitted or discarded."""

    account_id = models.BigIntegerField()
    entity_id = models.BigIntegerField(null=True)
    type_code = models.CharField(max_length=60)
    type_version = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    #: Stored files by material key.
    files = models.JSONField(default=dict)
    page = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account_id", "-saved_at"], name="draft_account")]

    def __str__(self) -> str:
        return f"{self.type_code} draft {self.pk}"


class Material(models.Model):
    """A paper or file that the applicant gave; a replaced one stays."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="materials")
    key = models.CharField(max_length=60)
    #: None: seen on paper at the counter.
    file_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, default=MaterialState.GIVEN)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"


class Supplement(models.Model):
    """The one-time notice of all that must be corrected (Administrative Licensing Law Art. 32)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="supplement")
    #: ``[{"path": "site_area", "what": "…"}, {"material": "site_plan", "what": "…"}]``
    items = models.JSONField()
    note = models.TextField(blank=True)
    task_id = models.BigIntegerField(null=True)
    organisation = models.CharField(max_length=60)
    issued_by = models.BigIntegerField()
    issued_at = models.DateTimeField()
    answer_until = models.DateTimeField()
    state = models.CharField(max_length=9, default=SupplementState.OPEN)
    answered_at = models.DateTimeField(null=True)
    #: Values before the answer, by path: what was changed can be shown.
    before = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["answer_until"], condition=Q(state="open"), name="supplement_open")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class Message(models.Model):
    """A message inside a case, between applicant and office (E13)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField()
    from_applicant = models.BooleanField()
    account_id = models.BigIntegerField(null=True)
    sender_name = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=60, blank=True)
    body = models.TextField()
    files = models.JSONField(default=list)
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%F %R}"


class Appointment(models.Model):
    """A place in the queue of a window on a day."""

    type_code = models.CharField(max_length=60)
    organisation = models.CharField(max_length=60)
    day = models.DateField()
    slot = models.TimeField()
    queue_number = models.PositiveIntegerField()
    person_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=100)
    state = models.CharField(max_length=9, default=AppointmentState.BOOKED)
    window = models.CharField(max_length=40, blank=True)
    served_by = models.BigIntegerField(null=True)
    booked_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="appointments")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "day", "queue_number"], name="queue_number"),
        ]
        indexes = [
            models.Index(fields=["organisation", "day", "slot"], name="appointment_slot"),
            models.Index(fields=["account_id", "-day"], name="appointment_account"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.day} {self.queue_number}"
