"""Addresses that queries put into what they give; the pages know how they are spelled."""

from __future__ import annotations

from typing import Protocol


class Ways(Protocol):
    """Where things are to be found on this site, in the reader's language."""

    def search(self) -> str:
        """One search over everything that the city says."""

    def services(self, **narrowed: str) -> str:
        """The catalogue, narrowed by applicant, theme, event or body."""

    def guide(self, code: str) -> str:
        """The guide of a service."""

    def track(self) -> str:
        """Following a case."""

    def licence_check(self) -> str:
        """Checking a licence."""

    def departments(self) -> str:
        """Every department with what it handles."""

    def results(self) -> str:
        """Published results."""

    def notices(self) -> str:
        """All notices."""

    def notice(self, code: str) -> str:
        """One notice."""
