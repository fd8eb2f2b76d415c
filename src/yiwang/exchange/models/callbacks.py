"""Where departments' systems may be called, and what was told to them."""

from __future__ import annotations

from django.db import models


class CallbackTarget(models.Model):
    """Origins that an approver declared for a client. ``serial`` renews the key of its signatures."""

    client_id = models.CharField(max_length=32, unique=True)
    origins = models.JSONField()
    serial = models.PositiveIntegerField()
    declared_at = models.DateTimeField()
    declared_by = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"callbacks of client {self.client_id}"


class Delivery(models.Model):
    """One thing to tell: told at least once, by an id that the receiver knows again.

    Data of people never lie here: of events there are the cursors, and the body is made again for each try,
    under the right of that moment.
    """

    code = models.CharField(max_length=32, unique=True)
    client_id = models.CharField(max_length=32)
    organisation = models.CharField(max_length=60)
    resource = models.CharField(max_length=40)
    url = models.CharField(max_length=500)
    #: ``job.ended`` or ``events``.
    topic = models.CharField(max_length=20)
    #: What a body without people's data holds; null for events.
    body = models.JSONField(null=True)
    subscription_id = models.BigIntegerField(null=True)
    #: Events after one place of the feed and up to another: ``mark.entry``.
    after = models.CharField(max_length=50, blank=True)
    upto = models.CharField(max_length=50, blank=True)
    events = models.PositiveIntegerField(default=0)
    trace_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    try_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_problem = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["try_at"], condition=models.Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["subscription_id", "-id"], name="delivery_subscription"),
            models.Index(fields=["client_id", "-id"], name="delivery_client"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.code}: {self.state}"
