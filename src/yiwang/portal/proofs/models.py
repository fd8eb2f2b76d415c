"""Proofs that are kept."""

from __future__ import annotations

from django.db import models


class PageProof(models.Model):
    """That a published revision of a page said what hashes so, at an instant, by a time stamp (RFC 3161)."""

    page = models.BigIntegerField(db_index=True)
    revision = models.BigIntegerField(unique=True)
    address = models.CharField(max_length=400)
    #: The canonical text as it was stamped.
    canonical = models.BinaryField()
    #: SHA-256 of the canonical text, in hex.
    digest = models.CharField(max_length=64)
    #: The authority's whole answer (TimeStampResp) in DER, as ``openssl ts -verify -in`` takes it.
    answer = models.BinaryField()
    issuer = models.CharField(max_length=200)
    stamped_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"proof of page {self.page}, revision {self.revision}"
