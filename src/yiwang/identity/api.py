"""The door of identity: who acts, who may, and what there is to know of organisations and people."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yiwang.identity.city_load import load_city, read_city
from yiwang.identity.commands.appoint_officer import appoint_officer
from yiwang.identity.commands.delegate import delegate
from yiwang.identity.commands.end_delegation import end_delegation
from yiwang.identity.commands.end_posting import end_posting
from yiwang.identity.commands.grant_mandate import grant_mandate
from yiwang.identity.commands.link_person import link_person
from yiwang.identity.commands.open_account import open_account
from yiwang.identity.commands.recover_account import recover_account
from yiwang.identity.commands.register_citizen import register_citizen
from yiwang.identity.commands.register_entity import register_entity
from yiwang.identity.commands.reveal_resident_id import reveal_resident_id
from yiwang.identity.commands.revoke_mandate import revoke_mandate
from yiwang.identity.contracts import NotSignedIn, StandingEnded
from yiwang.identity.models import Account
from yiwang.identity.pack_roles import pack_role_faults, set_pack_roles
from yiwang.identity.queries.actors import actor_of_account, standings
from yiwang.identity.queries.directory import (
    children,
    find_organisation,
    organisation,
    organisation_names,
    roles,
    subtree,
)
from yiwang.identity.queries.divisions import boundary, division, divisions_below
from yiwang.identity.queries.people import (
    account_names,
    entities,
    entities_of,
    entity,
    find_entity_by_credit_code,
    find_person_by_resident_id,
    mandate_includes,
    mandates_of,
    officers_of,
    person,
    persons,
)
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, OperationNotAllowed

__all__ = [
    "account_names",
    "actor_for",
    "actor_of_account",
    "appoint_officer",
    "boundary",
    "children",
    "delegate",
    "division",
    "divisions_below",
    "end_delegation",
    "end_posting",
    "entities",
    "entities_of",
    "entity",
    "find_actor",
    "find_entity_by_credit_code",
    "find_organisation",
    "find_person_by_resident_id",
    "grant_mandate",
    "link_person",
    "load_city",
    "mandate_includes",
    "mandates_of",
    "needs_officer",
    "needs_sign_in",
    "officers_of",
    "open_account",
    "organisation",
    "organisation_names",
    "pack_role_faults",
    "person",
    "persons",
    "read_city",
    "recover_account",
    "register_citizen",
    "register_entity",
    "reveal_resident_id",
    "revoke_mandate",
    "roles",
    "set_pack_roles",
    "standings",
    "subtree",
]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
#: Where a session keeps the capacity that was chosen.
STANDING_KEY = "yiwang_standing"
_CACHED = "_yiwang_actor"


def actor_for(request: HttpRequest) -> Actor:
    """Give who acts in this request, in the capacity chosen in the session; raises NotSignedIn.

    Costs at most two statements, once a request. The capacity is checked each time, so a revoked
    mandate ends at the next request (StandingEnded).
    """
    found = vars(request).get(_CACHED)
    if isinstance(found, Actor):
        return found
    account = getattr(request, "user", None)
    if not isinstance(account, Account) or not account.is_authenticated:
        raise NotSignedIn
    chosen = str(request.session.get(STANDING_KEY, ""))
    actor = actor_of_account(account, at=timezone.now(), acting_for=chosen)
    vars(request)[_CACHED] = actor
    return actor


def find_actor(request: HttpRequest) -> Actor | None:
    """Give who acts, or None when nobody is signed in (or the chosen capacity has ended)."""
    try:
        return actor_for(request)
    except (NotSignedIn, StandingEnded):
        return None


def needs_sign_in(view: View[P]) -> View[P]:
    """Send a visitor who is not signed in to the sign-in page and back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            actor_for(request)
        except NotSignedIn:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def needs_officer(operation: str) -> Callable[[View[P]], View[P]]:
    """Let only officers in whose roles have the operation; where it reaches is for the query or command."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        @needs_sign_in
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actor_for(request)
            if actor.kind != "officer" or not guard().may(actor, operation):
                raise OperationNotAllowed(operation=operation)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
