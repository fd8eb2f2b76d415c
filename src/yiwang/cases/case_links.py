"""Links that engines above put on the page of a case, such as to what its applicant asked before."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLink:
    """``url_name`` takes the number of a case of this type; its page asks for its own right."""

    title: Text
    type_code: str
    url_name: str


CASE_LINKS: Registry[CaseLink] = Registry("links on cases")
