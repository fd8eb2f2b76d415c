"""Storage of trust: the ledger's leaves, nodes and heads; keys and certificates; the register of seal use."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class LedgerLeaf(models.Model):
    """One entry, written in the transaction of its act. Holds a salted hash, never the content.

    ``index`` is given afterwards by the sequencer, so that writers never wait for one another. A trigger
    keeps every other column for ever; only the salt may be erased, which makes the hash meaningless.
    """

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    salt = models.BinaryField(max_length=16, null=True)
    committed = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField()
    leaf_hash = models.BinaryField(max_length=32)
    index = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="leaf_waiting", condition=Q(index=None)),
            models.Index(fields=["subject", "id"], name="leaf_subject"),
            models.Index(fields=["leaf_hash"], name="leaf_by_hash"),
        ]

    def __str__(self) -> str:
        return f"leaf {self.pk} {self.kind}"


class TreeNode(models.Model):
    """The hash of a complete subtree of 2**level leaves, level 1 and up; it never changes."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"node {self.level}/{self.index}"


class SigningKey(models.Model):
    """A key pair of the city; the private half lies in a file of its own, encrypted."""

    ROOT: ClassVar[str] = "root"
    SEAL: ClassVar[str] = "seal"
    LEDGER: ClassVar[str] = "ledger"
    OCSP: ClassVar[str] = "ocsp"
    TIME: ClassVar[str] = "tsa"
    DIRECTORY: ClassVar[str] = "config"

    role = models.CharField(max_length=8)
    organisation = models.CharField(max_length=60, blank=True)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200)
    inscription = models.CharField(max_length=20, blank=True)
    fingerprint = models.CharField(max_length=64, unique=True)
    public_key = models.BinaryField()
    certificate = models.BinaryField(null=True)
    serial = models.CharField(max_length=40, blank=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role", "organisation"],
                condition=Q(retired_at=None, revoked_at=None),
                name="one_key_in_force",
            ),
            models.UniqueConstraint(fields=["serial"], condition=~Q(serial=""), name="key_serial"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.organisation} {self.fingerprint[:12]}"


class TreeHead(models.Model):
    """A signed head: whoever holds one can prove that nothing before it was changed or dropped."""

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT)
    signature = models.BinaryField(max_length=64)

    def __str__(self) -> str:
        return f"head {self.size}"


class SealUse(models.Model):
    """One use of a seal (用印登记): which document, for what, when."""

    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    subject = models.CharField(max_length=120)
    reason_zh = models.CharField(max_length=200)
    reason_en = models.CharField(max_length=300)
    used_at = models.DateTimeField()
    leaf = models.ForeignKey(LedgerLeaf, on_delete=models.PROTECT)

    class Meta:
        indexes = [
            models.Index(fields=["sha256"], name="seal_use_document"),
            models.Index(fields=["subject"], name="seal_use_subject"),
        ]

    def __str__(self) -> str:
        return f"seal on {self.subject}"


class CertificateOrder(models.Model):
    """What a node asked the authority for, until somebody decided; the token is known to the node alone."""

    token = models.CharField(max_length=64, unique=True)
    node = models.CharField(max_length=40)
    organisation = models.CharField(max_length=60)
    address = models.CharField(max_length=200)
    members = models.JSONField(default=list)
    sign_request = models.BinaryField()
    tls_request = models.BinaryField()
    #: Who sent it, as a keyed digest of the network address; empty for orders from within.
    client = models.CharField(max_length=32, blank=True)
    ordered_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="pending")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="order_state")]

    def __str__(self) -> str:
        return f"order of {self.node}: {self.state}"


class IssuedCertificate(models.Model):
    """One certificate of a node; its private key never left the node."""

    order = models.ForeignKey(CertificateOrder, on_delete=models.PROTECT)
    node = models.CharField(max_length=40)
    usage = models.CharField(max_length=8)
    serial = models.CharField(max_length=40, unique=True)
    certificate = models.BinaryField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.CharField(max_length=30, blank=True)

    class Meta:
        indexes = [models.Index(fields=["node", "usage", "-id"], name="certificate_of_node")]

    def __str__(self) -> str:
        return f"{self.usage} of {self.node}: {self.serial}"


class TimeStamp(models.Model):
    """One time stamp that was given; its id is the token's serial number."""

    algorithm = models.CharField(max_length=8)
    digest = models.BinaryField(max_length=64)
    stamped_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"time stamp {self.pk}"
