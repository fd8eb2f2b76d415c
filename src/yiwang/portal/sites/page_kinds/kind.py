"""A kind of page, and where it is entered.

Another app of the portal brings a kind so (``portal/openness`` brings policy files and their explanations):

1. a model in its own ``models/``: ``class PolicyPage(WrittenPage)`` (a body in both languages) or
   ``class …(SitePage)`` (none), from ``yiwang.portal.sites.models``, with a column for each field
   (``null=True`` on dates, numbers and files; a file is a ``PositiveBigIntegerField``, its id on the site).
   A field of kind ``rows`` is a ``PageRow`` whose ``ParentalKey`` has the field's key as ``related_name``;
2. at start (its ``registration.register()``): ``PAGE_KINDS.register("policy", PageKind(...))`` from
   ``yiwang.portal.sites.api``, whose ``fields`` name those columns. Desk, gate, revisions, files, the city's
   YAML (``kind: policy``, ``fields: {…}``), feeds and lists then know it; nothing else is to be written;
3. where readers should see more than facts and body: a template ``sites/policy.html`` that extends
   ``sites/page.html``, named by ``template``; and where it needs more than the page's own fields, a function
   in ``SHOWN`` of ``yiwang.portal.sites.web.showing`` under the same key.
"""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text
from yiwang.portal.sites.models import SitePage, WrittenPage
from yiwang.portal.sites.rules.details import DetailField


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """One kind. ``under`` are the kinds it may stand under; ``by_editors`` lets them begin such pages.

    dated: it is news of a day, which lists and feeds name; without a day it is not published.
    lives: it shows what another engine keeps, so that no copy of it is kept.
    schema: its type in structured data (schema.org); empty for none.
    """

    key: str
    title: Text
    model: type[SitePage]
    under: frozenset[str]
    by_editors: bool = True
    dated: bool = False
    needs_body: bool = False
    lives: bool = False
    fields: tuple[DetailField, ...] = ()
    template: str = "sites/page.html"
    schema: str = ""

    @property
    def has_body(self) -> bool:
        """Whether editors write a body."""
        return issubclass(self.model, WrittenPage)


PAGE_KINDS: Registry[PageKind] = Registry("page kinds")
#: Kinds that others stand under; the rest are what a column lists.
STRUCTURE = frozenset({"home", "channel", "column", "topic"})
