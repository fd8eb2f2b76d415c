"""Answers of the twin: the exchange's shapes and its refusals, with nobody's data in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from yiwang.exchange.contracts import (
    Answer,
    GrantNotInForce,
    NoGrant,
    Purpose,
    PurposeRefused,
    QuotaExhausted,
    ResourceInfo,
    ResourceNotShared,
    TooFast,
    Verification,
)
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.rules.grants import refuse_unknown
from yiwang.exchange.rules.purposes import is_sound
from yiwang.exchange.twin.contracts import KeyNotMadeUp, NoTwin
from yiwang.exchange.twin.providers import TWINS, TwinProvider
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Json, TimeLimitReached

MOST_KEYS = 1_000
_VERSION = 1
#: Refusals that a program asks for by name, because without grants they can't come about here.
REFUSALS: Mapping[str, Callable[[ResourceInfo], YiwangError]] = {
    "no_grant": lambda info: NoGrant(resource=info.code, organisation="twin", purpose="case"),
    "grant_not_in_force": lambda info: GrantNotInForce(resource=info.code, organisation="twin"),
    "quota_exhausted": lambda info: QuotaExhausted(quota=1_000),
    "resource_not_shared": lambda info: ResourceNotShared(resource=info.code),
    "too_fast": lambda info: TooFast(seconds=1),
    "time_limit": lambda info: TimeLimitReached(seconds=5.0),
}


def twin_keys(resource: str, *, first: int, number: int) -> list[str]:
    """Keys that the twin takes, by place; most have an entry.

    Raises:
        ResourceNotFound, NoTwin: there is none.
    """
    info, twin = _twin_of(resource)
    return twin.keys(info, first=first, number=min(number, MOST_KEYS))


def twin_answer(
    *, resource: str, key: str, fields: Sequence[str], purpose: Purpose, refusal: str, at: datetime
) -> Answer:
    """The answer of a look, with trace number 0: there is nobody who could read a trace of it.

    Raises:
        ResourceNotFound, NoTwin, KeyNotMadeUp, FieldsNotGranted, PurposeRefused: as the exchange would.
    """
    info, twin = _opened(resource, [key], fields, purpose, refusal)
    values = twin.values(info, key=key, fields=fields)
    version = 0 if values is None else _VERSION
    return Answer(resource=info.code, values=values, version=version, trace_id=0, at=at)


def twin_answers(
    *, resource: str, keys: Sequence[str], fields: Sequence[str], purpose: Purpose, refusal: str
) -> list[Mapping[str, Json] | None]:
    """The answers of a batch, in the order of its keys.

    Raises:
        as :func:`twin_answer`.
    """
    info, twin = _opened(resource, keys, fields, purpose, refusal)
    return [twin.values(info, key=key, fields=fields) for key in keys]


def twin_verification(
    *, resource: str, key: str, claims: Mapping[str, Json], purpose: Purpose, refusal: str, at: datetime
) -> Verification:
    """Yes or no to each claim.

    Raises:
        as :func:`twin_answer`.
    """
    info, twin = _opened(resource, [key], tuple(claims), purpose, refusal, of_claims=True)
    said = twin.verified(info, key=key, claims=claims, at=at)
    agrees = dict.fromkeys(claims, False) if said is None else said
    return Verification(resource=info.code, found=said is not None, agrees=agrees, trace_id=0, at=at)


def _twin_of(resource: str) -> tuple[ResourceInfo, TwinProvider]:
    info = get_resource(resource)
    if info.kind not in TWINS:
        raise NoTwin(resource=info.code)
    return info, TWINS.get(info.kind)


def _opened(
    resource: str,
    keys: Sequence[str],
    fields: Sequence[str],
    purpose: Purpose,
    refusal: str,
    *,
    of_claims: bool = False,
) -> tuple[ResourceInfo, TwinProvider]:
    info, twin = _twin_of(resource)
    # before anything else: a real key goes no further than here
    if not all(twin.is_made_up(info, key) for key in keys):
        raise KeyNotMadeUp
    if refusal in REFUSALS:
        raise REFUSALS[refusal](info)
    if not is_sound(purpose):
        raise PurposeRefused(purpose=purpose.kind[:40])
    refuse_unknown(info, fields, claims=of_claims)
    return info, twin
