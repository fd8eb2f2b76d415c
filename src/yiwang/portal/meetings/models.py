"""Storage of meeting notices: each sending is a row, receipts belong to a sending."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Meeting(models.Model):
    """A meeting; its row is the lock of all that is its, ``edition`` the number of the last sending."""

    issuer = models.CharField(max_length=60)
    edition = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["issuer", "-id"], name="meeting_issuer")]

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class Edition(models.Model):
    """A sending: what the notice said then."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    note = models.CharField(max_length=500, blank=True)
    subject = models.CharField(max_length=100)
    place = models.CharField(max_length=100)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    attendance = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    contact = models.CharField(max_length=60)
    reply_until = models.DateTimeField()
    sent_by = models.BigIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="edition_number"),
            models.CheckConstraint(
                condition=Q(reply_until__lte=models.F("starts_at")), name="edition_reply_before"
            ),
        ]
        indexes = [models.Index(fields=["reply_until"], name="edition_reply")]

    def __str__(self) -> str:
        return f"meeting {self.meeting_id}/{self.number}"


class Attachment(models.Model):
    """A file of a meeting; its bytes are the platform's."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attachments")
    stored = models.ForeignKey("platform.StoredFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"attachment {self.pk}"


class Invitation(models.Model):
    """A department that is to come."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    organisation = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "organisation"], name="invitation_once")]
        indexes = [models.Index(fields=["organisation", "-id"], name="invitation_of")]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Receipt(models.Model):
    """That an officer of the department opened a sending, when for the first time."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="receipts")
    edition = models.PositiveSmallIntegerField()
    account_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    post = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "edition", "account_id"], name="receipt_once")
        ]

    def __str__(self) -> str:
        return f"receipt {self.pk}"


class Reply(models.Model):
    """The department's answer, to the sending that was the last one then; a later answer replaces it."""

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="reply")
    edition = models.PositiveSmallIntegerField()
    #: ``[{"name", "post"}]`` in the order in which they were written.
    people = models.JSONField()
    reason = models.CharField(max_length=500, blank=True)
    account_id = models.BigIntegerField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(people=[]) | ~Q(reason=""), name="reply_says_something")
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"


class Reminder(models.Model):
    """That a department was reminded to answer a sending: once."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="reminders")
    edition = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "edition"], name="reminder_once")]

    def __str__(self) -> str:
        return f"reminder {self.pk}"
