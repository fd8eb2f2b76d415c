"""A drawn-up register as a template."""

from __future__ import annotations

from yiwang.packs.api import Loaded, find_drawn, read_drawn
from yiwang.platform.contracts import Actor
from yiwang.registers.contracts import RegisterNotFound
from yiwang.registers.drafting.queries.drafts import EDIT, KIND, reaches
from yiwang.registers.templating.api import export_template

#: What the city draws up is as free as what it is drawn up with.
_LICENCE = "Apache-2.0"


def template_of(*, actor: Actor, register: str) -> bytes:
    """Give the archive of a register that the actor's organisation drew up.

    Raises:
        RegisterNotFound: it drew up none of this code.
    """
    drawn = find_drawn(KIND, register)
    if drawn is None or not reaches(actor, EDIT, drawn.owner):
        raise RegisterNotFound(register=register[:41])
    found, _ = read_drawn(KIND, register, drawn.text)
    key = (KIND, register)
    loaded = Loaded(definitions={key: found} if found is not None else {}, drawn={key: drawn})
    return export_template(loaded, register, licence=_LICENCE)
