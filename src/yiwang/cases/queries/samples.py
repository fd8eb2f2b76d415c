"""The sample of a result (结果样本): the document in which an item ends, empty, unsealed, marked so."""

from __future__ import annotations

from functools import lru_cache

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.errors import ThingNotFound
from yiwang.cases.queries.document_templates import licence_template
from yiwang.cases.queries.letter_content import GRANTED, HOLDER, organisation_full_name
from yiwang.cases.queries.types import type_version
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.environment import environment
from yiwang.trust.api import qr_svg, render

_SAMPLE = Text("结果样本", "the sample")
_NOTHING = "×××"
_NO_DAY = {"zh": "××××年×月×日", "en": "day month year"}


def has_sample(kind: AppliedType) -> bool:
    """Replies, records and payments are no documents of a fixed form."""
    return kind.definition.result.kind in {"licence", "approval", "certificate"}


def result_sample(kind: AppliedType) -> bytes:
    """A PDF; set once a process for each version of the item.

    Raises:
        ThingNotFound: the item ends in no document.
    """
    if not has_sample(kind):
        raise ThingNotFound(thing=_SAMPLE)
    return _set(kind.id)


@lru_cache(maxsize=64)
def _set(version_id: int) -> bytes:
    kind = type_version(version_id)
    result, address = kind.definition.result, f"{environment().address()}/licences/"
    data: dict[str, Json] = {
        "sample": True,
        "title": dict(result.title.as_dict()),
        "number": f"{kind.definition.prefix}证〔××××〕××××××号",
        "holder": {"label": dict(HOLDER.as_dict()), "name": _NOTHING},
        "facts": [{"label": dict(fact.label.as_dict()), "value": _NOTHING} for fact in result.facts],
        "statement": dict(GRANTED.as_dict()),
        "issuer": dict(organisation_full_name(result.seal or kind.definition.body).as_dict()),
        "issued_on": dict(_NO_DAY),
        "verify": {"address": address, "qr": qr_svg(address)},
    }
    if result.valid_months is not None:
        data["valid_until"] = dict(_NO_DAY)
    return render(licence_template(kind), data).content
