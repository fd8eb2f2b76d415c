"""Who is told of changes."""

from __future__ import annotations

from django.db import models


class Subscription(models.Model):
    """A department's system that is told of changes of a resource, as long as its grant counts."""

    code = models.CharField(max_length=32, unique=True)
    client_id = models.CharField(max_length=32)
    organisation = models.CharField(max_length=60)
    resource = models.CharField(max_length=40)
    owner = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    fields = models.JSONField()
    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, blank=True)
    #: Keys of interest, sealed with the installation's secret: they are people's numbers. Empty for all.
    keys = models.BinaryField(blank=True, default=b"")
    district = models.CharField(max_length=12, blank=True)
    #: Empty where events are only pulled.
    callback_url = models.CharField(max_length=500, blank=True)
    #: Where the feed stood when it was made: nothing before is ever told.
    begin_mark = models.BigIntegerField()
    begin_entry = models.BigIntegerField()
    #: Up to where deliveries were made.
    told_mark = models.BigIntegerField()
    told_entry = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["source"], condition=models.Q(state="active"), name="subscription_source"),
            models.Index(fields=["client_id"], name="subscription_client"),
            models.Index(fields=["organisation"], name="subscription_organisation"),
            models.Index(fields=["owner"], name="subscription_owner"),
        ]

    def __str__(self) -> str:
        return f"subscription {self.code} to {self.resource}"
