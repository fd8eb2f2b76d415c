"""Who is told of what by mail. Addresses lie sealed: whoever has the database alone reads none."""

from __future__ import annotations

from django.db import models


class Follow(models.Model):
    """Somebody follows something; it counts once the address is confirmed."""

    kind = models.CharField(max_length=12)
    value = models.CharField(max_length=80, blank=True)
    period = models.CharField(max_length=8)
    english = models.BooleanField(default=False)
    #: SHA-256 of the token that confirms and ends it.
    token_hash = models.CharField(max_length=64, unique=True)
    #: Keyed digest of the address: it tells that two are the same, and nothing else.
    address_digest = models.CharField(max_length=64)
    #: Address and token, sealed, bound to ``token_hash``.
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    #: What was published after this was not told yet; the next mail is made then.
    since = models.DateTimeField()
    next_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"], condition=models.Q(confirmed_at__isnull=False), name="follow_due"
            ),
            models.Index(fields=["address_digest", "made_at"], name="follow_address"),
        ]

    def __str__(self) -> str:
        return f"follow {self.pk} of {self.kind}"


class Mail(models.Model):
    """A mail that waits or was sent; its words are sealed while it waits and gone when it is sent."""

    follow = models.ForeignKey(Follow, models.CASCADE, related_name="mails")
    #: Empty for the mail that asks to confirm, else the instant until which news is told.
    until = models.DateTimeField(null=True)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follow", "until"], name="mail_once", nulls_distinct=False)
        ]
        indexes = [
            models.Index(fields=["try_at"], condition=models.Q(sent_at__isnull=True), name="mail_waiting")
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"
