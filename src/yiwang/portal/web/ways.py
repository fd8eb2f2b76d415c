"""The addresses of the portal, in the language of the request."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


class SiteWays:
    """Spells ``queries.ways.Ways`` by the names in ``web/urls.py``."""

    def search(self) -> str:
        """One search over everything that the city says."""
        return reverse("search:results")

    def services(self, **narrowed: str) -> str:
        """The catalogue, narrowed by its query."""
        address = reverse("portal:services")
        return f"{address}?{urlencode(narrowed)}" if narrowed else address

    def guide(self, code: str) -> str:
        """The guide of a service."""
        return reverse("portal:guide", args=[code])

    def track(self) -> str:
        """Following a case."""
        return reverse("portal:track")

    def licence_check(self) -> str:
        """Checking a licence."""
        return reverse("portal:licence_check")

    def departments(self) -> str:
        """Every department."""
        return reverse("portal:departments")

    def results(self) -> str:
        """Published results."""
        return reverse("portal:results")

    def notices(self) -> str:
        """All notices."""
        return reverse("portal:notices")

    def notice(self, code: str) -> str:
        """One notice."""
        return reverse("portal:notice", args=[code])


SITE = SiteWays()
