"""A page's data block (JSON-LD): the same words as its readers see, for programs."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from yiwang.identity.api import organisation_names
from yiwang.platform.web.language import current_language, say
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import PageView, SiteView
from yiwang.portal.sites.rules import details
from yiwang.portal.sites.rules.structured import Said, as_data_block, structured
from yiwang.portal.sites.web.shown import address_of


def data_block(request: HttpRequest, site: SiteView, view: PageView, file_address: str) -> SafeString:
    """What stands in ``script type="application/ld+json"``, which browsers never run."""
    kind = api.PAGE_KINDS.get(view.link.kind)
    english = current_language() == "en" and view.link.has_english
    pages = (*view.above, view.link)
    whole = request.build_absolute_uri
    said = Said(
        kind=kind.key,
        schema=kind.schema,
        language="en" if english else "zh",
        title=say(view.link.title),
        summary=say(view.link.summary),
        address=whole(address_of(request, site.code, view.link.address)),
        day=view.link.day,
        publisher=say(organisation_names({site.organisation}).get(site.organisation, site.title)),
        crumbs=[(say(one.title), whole(address_of(request, site.code, one.address))) for one in pages],
        fields=kind.fields,
        details=view.details,
        files={
            number: whole(file_address.replace("{file}", str(number)))
            for number, _ in details.files_of(kind.fields, view.details)
        },
    )
    return mark_safe(as_data_block(structured(said)))  # noqa: S308 - every <, > and & is escaped as JSON
