"""What a node keeps: who it is, the directory, the log of messages and their batches."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class NodeIdentity(models.Model):
    """This installation as a node: its keys (by fingerprint) and what the city's authority certified."""

    node = models.CharField(max_length=40, unique=True)
    organisation = models.CharField(max_length=60)
    members = models.JSONField()
    address = models.CharField(max_length=200)
    centre = models.CharField(max_length=200)
    root = models.BinaryField()
    sign_fingerprint = models.CharField(max_length=64)
    tls_fingerprint = models.CharField(max_length=64)
    order_token = models.CharField(max_length=64, blank=True)
    sign_certificate = models.BinaryField(null=True)
    tls_certificate = models.BinaryField(null=True)
    valid_until = models.DateTimeField(null=True)
    #: Keys that were ordered but are not certified yet: a renewal under way.
    next_keys = models.JSONField(null=True)

    def __str__(self) -> str:
        return self.node


class NodeDirectory(models.Model):
    """A directory that the centre signed, as it was signed."""

    version = models.BigIntegerField(unique=True)
    content = models.BinaryField()
    signature = models.BinaryField()
    certificate = models.BinaryField()
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"directory {self.version}"


class NodeResources(models.Model):
    """At the centre: what a node said last that it offers (``rules/resources.py`` says the shape)."""

    node = models.CharField(max_length=40, unique=True)
    told_at = models.DateTimeField(null=True)
    resources = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"resources of {self.node}"


class NodeBatch(models.Model):
    """Messages under one time stamp: the Merkle root over them, and the token once there is one."""

    root = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    token = models.BinaryField(null=True)
    stamped_at = models.DateTimeField(null=True)
    #: What the responder said of the signing certificates: serial number to DER in base64.
    statuses = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="batch_unstamped", condition=Q(token=None))]

    def __str__(self) -> str:
        return f"batch {self.pk} of {self.size}"


class NodeMessage(models.Model):
    """One request and its answer, as sent, with both signatures. Bodies are encrypted and can be erased."""

    direction = models.CharField(max_length=3)
    node = models.CharField(max_length=40)
    peer = models.CharField(max_length=40)
    message = models.CharField(max_length=64)
    nonce = models.CharField(max_length=100)
    #: Set when the same request came again: its answer was given again, nothing was looked at anew.
    repeats = models.BigIntegerField(null=True)
    organisation = models.CharField(max_length=60)
    resource = models.CharField(max_length=60)
    at = models.DateTimeField()
    request = models.JSONField()
    request_body = models.BinaryField(null=True)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    answer_body = models.BinaryField(null=True)
    leaf_hash = models.BinaryField(max_length=32)
    leaf = models.BigIntegerField()
    batch = models.ForeignKey(NodeBatch, on_delete=models.PROTECT, null=True)
    place = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["direction", "peer", "nonce"], name="node_nonce_once"),
            models.UniqueConstraint(
                fields=["direction", "peer", "message"], condition=Q(repeats=None), name="node_message_once"
            ),
        ]
        indexes = [models.Index(fields=["at"], name="message_unbatched", condition=Q(batch=None))]

    def __str__(self) -> str:
        return f"{self.direction} {self.peer} {self.message}"


class NodeRefusal(models.Model):
    """A message that was not believed: why, and what it claimed to be. Holds no part of its body."""

    at = models.DateTimeField()
    fault = models.CharField(max_length=30)
    claimed = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.fault} at {self.at}"


class NodeAsk(models.Model):
    """A question of a batch, sent until it is answered, always under the same number."""

    message = models.CharField(max_length=64, unique=True)
    job = models.CharField(max_length=64)
    node = models.CharField(max_length=40)
    service = models.CharField(max_length=101)
    organisation = models.CharField(max_length=60)
    account = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, blank=True)
    fields = models.JSONField()
    #: The key that is asked for, encrypted; erased once answered.
    key = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField()
    #: The question's own deadline; it is refused here when no answer has come by then.
    until = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, default="waiting")
    problem = models.CharField(max_length=80, blank=True)
    answer = models.ForeignKey(NodeMessage, on_delete=models.PROTECT, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="ask_due", condition=Q(state="waiting")),
            models.Index(fields=["job", "id"], name="ask_job"),
        ]

    def __str__(self) -> str:
        return f"{self.message}: {self.state}"
