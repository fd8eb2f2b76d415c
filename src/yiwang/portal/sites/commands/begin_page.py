"""Begin a page of one's own site: a draft under a page that takes its kind."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib.auth import get_user_model

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.contracts import AddressTaken, Content, NotTakenHere, SitePageNotFound
from yiwang.portal.sites.definitions import RESERVED
from yiwang.portal.sites.models import SitePage
from yiwang.portal.sites.operations import EDIT
from yiwang.portal.sites.page_kinds import kind_of, taken_under
from yiwang.portal.sites.queries.sites import row_of, scope_of
from yiwang.portal.sites.writing import add_page, check_content, write

#: Depth of a first page in the tree: under the one root.
_HOME_DEPTH = 2
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_WRONG_ADDRESS = Text(
    "地址用 1 至 60 个小写字母、数字和连字符，不以连字符开头",
    "An address is 1 to 60 small letters, digits and hyphens, no hyphen first",
)


@command(operation=EDIT)
def begin_page(
    *, actor: Actor, at: datetime, site: str, parent: int, kind: str, address: str, title: str
) -> int:
    """Give the id of the new page, of which nothing is published.

    Raises:
        SiteNotFound, SitePageNotFound: no such site, or it has no such page to stand under.
        NotTakenHere: the page above takes none of this kind.
        InvalidInput: the title or the address is not fit.
        AddressTaken: another page stands there.
    """
    where = row_of(site)
    permit(scope_of(where.organisation), subject=f"site:{site}")
    above = SitePage.objects.select_for_update(of=("self",)).filter(pk=parent, site=where).first()
    if above is None:
        raise SitePageNotFound
    wanted = {one.key: one for one in taken_under(kind_of(above.specific_class))}
    if kind not in wanted:
        raise NotTakenHere
    if not _ADDRESS.fullmatch(address):
        raise InvalidInput(problems=(FieldProblem("address", _WRONG_ADDRESS),))
    if above.depth == _HOME_DEPTH and address in RESERVED:
        raise AddressTaken(address=address)
    content = Content(title=title)
    check_content(content, kind)
    page = wanted[kind].model(slug=address, title=title.strip(), live=False)
    write(page, content)
    add_page(above, page)
    page.save_revision(user=get_user_model()(pk=actor.account_id), clean=False)
    note(site=site, page=page.pk, kind=kind)
    return int(page.pk)
