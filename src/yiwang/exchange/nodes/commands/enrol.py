"""This installation becomes a node: keys, order, certificates; renewal a month before they end."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.db import transaction

from yiwang.exchange.models import NodeIdentity
from yiwang.exchange.nodes import centre, files
from yiwang.exchange.nodes.contracts import NodeUnreachable
from yiwang.exchange.nodes.queries.standing import forget_place, own_address
from yiwang.platform.environment import environment
from yiwang.trust import api as trust

RENEW_BEFORE = timedelta(days=30)


def enrol(*, at: datetime) -> tuple[str, str]:
    """Do the next step; gives where it stood and where it stands.

    ``new``, ``ordered``, ``enrolled``, ``renewing`` or ``refused``. Safe to repeat at any time: keys are kept
    before they are ordered, so a killed step begins nothing twice.
    """
    identity = NodeIdentity.objects.filter(node=environment().node).first() or _begin()
    before = _stood(identity)
    return before, _step(identity, at)


def _stood(identity: NodeIdentity) -> str:
    if identity.sign_certificate is None:
        return "ordered" if identity.order_token else "new"
    return "enrolled" if identity.next_keys is None else "renewing"


def _step(identity: NodeIdentity, at: datetime) -> str:
    if identity.sign_certificate is not None and identity.next_keys is None:
        if identity.valid_until is not None and at + RENEW_BEFORE < identity.valid_until:
            _write_files(identity)
            return "enrolled"
        identity.next_keys, identity.order_token = _new_keys(), ""
        identity.save(update_fields=["next_keys", "order_token"])
    if not identity.order_token:
        identity.order_token = _order(identity)
        identity.save(update_fields=["order_token"])
    state, certificates = centre.order_state(identity.centre, identity.order_token)
    if state == "issued":
        _take(identity, certificates)
        return "enrolled"
    if state == "refused":
        return "refused"
    if state == "lapsed":  # nobody decided in time: it is ordered anew in the next round
        identity.order_token = ""
        identity.save(update_fields=["order_token"])
    return "ordered" if identity.sign_certificate is None else "renewing"


def _begin() -> NodeIdentity:
    chosen = environment()
    root = centre.root(chosen.centre)
    members = [code for code in chosen.node_members.split(",") if code]
    return NodeIdentity.objects.create(
        node=chosen.node,
        organisation=members[0] if members else "",
        members=members,
        address=own_address(),
        centre=chosen.centre,
        root=root,
        next_keys=_new_keys(),
    )


def _new_keys() -> dict[str, str]:
    sign, tls = Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1())
    return {"sign": trust.keep_key(sign), "tls": trust.keep_key(tls)}


def _order(identity: NodeIdentity) -> str:
    requests = {usage: _request(key) for usage, key in dict(identity.next_keys or {}).items()}
    proof = b""
    if identity.sign_certificate is not None:
        present = trust.private_key(identity.sign_fingerprint)
        if isinstance(present, Ed25519PrivateKey):
            proof = present.sign(requests["sign"] + requests["tls"])
    return centre.order(
        identity.centre,
        {
            "node": identity.node,
            "organisation": identity.organisation,
            "address": identity.address,
            "members": [str(code) for code in identity.members],
        },
        sign_request=requests["sign"],
        tls_request=requests["tls"],
        proof=proof,
    )


def _request(fingerprint: str) -> bytes:
    key = trust.private_key(fingerprint)
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    if isinstance(key, Ed25519PrivateKey):
        return builder.sign(key, None).public_bytes(Encoding.DER)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _take(identity: NodeIdentity, certificates: list[bytes]) -> None:
    """Believe only certificates of the root that was joined, over the keys that were ordered."""
    root = x509.load_der_x509_certificate(bytes(identity.root))
    sign, tls = (x509.load_der_x509_certificate(each) for each in certificates)
    keys = dict(identity.next_keys or {})
    sign.verify_directly_issued_by(root)
    tls.verify_directly_issued_by(root)
    if [_fingerprint(sign), _fingerprint(tls)] != [keys["sign"], keys["tls"]]:
        raise NodeUnreachable(node="centre")
    with transaction.atomic():
        identity.sign_certificate, identity.tls_certificate = certificates
        identity.sign_fingerprint, identity.tls_fingerprint = keys["sign"], keys["tls"]
        identity.valid_until = min(sign.not_valid_after_utc, tls.not_valid_after_utc)
        identity.next_keys = None
        identity.save()
    forget_place()
    _write_files(identity)


def _fingerprint(certificate: x509.Certificate) -> str:
    public = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return sha256(public).hexdigest()


def _write_files(identity: NodeIdentity) -> None:
    """For the listener and the connections; written again only when they changed."""
    tls = x509.load_der_x509_certificate(bytes(identity.tls_certificate or b""))
    root = x509.load_der_x509_certificate(bytes(identity.root))
    chain = tls.public_bytes(Encoding.PEM)
    place = files.tls_folder() / files.CHAIN
    if place.exists() and place.read_bytes() == chain:
        return
    key = trust.private_key(identity.tls_fingerprint)
    files.write(files.KEY, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    files.write(files.ROOT, root.public_bytes(Encoding.PEM))
    files.write(files.CHAIN, chain)
