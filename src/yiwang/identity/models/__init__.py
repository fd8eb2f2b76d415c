"""Storage of identity."""

from yiwang.identity.models.accounts import Account, SignInState
from yiwang.identity.models.organisations import DirectoryState, Division, Organisation
from yiwang.identity.models.people import LegalEntity, Mandate, Person
from yiwang.identity.models.posts import Delegation, Post, Posting, Role, RoleGrant

__all__ = [
    "Account",
    "Delegation",
    "DirectoryState",
    "Division",
    "LegalEntity",
    "Mandate",
    "Organisation",
    "Person",
    "Post",
    "Posting",
    "Role",
    "RoleGrant",
    "SignInState",
]
