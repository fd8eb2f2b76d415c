"""Private keys on disk: one file a key under ``var/trust/keys``, 0600, encrypted.

The files are encrypted under a key derived from the installation's secret, so that a copy of the folder
alone signs nothing, and a copy of the database holds no private key at all.
"""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from yiwang.platform.environment import environment
from yiwang.trust.contracts import KeyMissing

AnyPrivateKey = EllipticCurvePrivateKey | Ed25519PrivateKey


def folder() -> Path:
    """Where trust keeps its files, readable by the installation's user only."""
    place = environment().var / "trust"
    for path in (place, place / "keys", place / "seals"):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def _password() -> bytes:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"yiwang.trust.keys")
    return derived.derive(environment().secret().encode()).hex().encode()


def public_bytes(key: AnyPrivateKey) -> bytes:
    """Give the public half as SubjectPublicKeyInfo."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def keep(key: AnyPrivateKey) -> str:
    """Write the key and give its fingerprint: the SHA-256 of the public half, in hex."""
    fingerprint = sha256(public_bytes(key)).hexdigest()
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(_password()))
    place = folder() / "keys" / f"{fingerprint}.pem"
    temporary = place.with_suffix(f".{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(place)
    return fingerprint


@lru_cache(maxsize=512)
def private_key(fingerprint: str) -> AnyPrivateKey:
    """Give a private key of any kind; opened once a process."""
    try:
        content = (folder() / "keys" / f"{fingerprint}.pem").read_bytes()
        key = load_pem_private_key(content, _password())
    except (OSError, ValueError):
        raise KeyMissing(fingerprint=fingerprint[:12]) from None
    if not isinstance(key, EllipticCurvePrivateKey | Ed25519PrivateKey):
        raise KeyMissing(fingerprint=fingerprint[:12])
    return key


def signing_key(fingerprint: str) -> EllipticCurvePrivateKey:
    """Give a certificate's private key; opened once a process."""
    key = private_key(fingerprint)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise KeyMissing(fingerprint=fingerprint[:12])
    return key


def ed25519_key(fingerprint: str) -> Ed25519PrivateKey:
    """Give a private key that signs tree heads, directories or messages."""
    key = private_key(fingerprint)
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyMissing(fingerprint=fingerprint[:12])
    return key
