"""What a pack may change: which findings of the gate block, its limits and words; the terms of columns."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text
from yiwang.portal.publishing.contracts import Rule, Severity

#: What blocks by default: what harms somebody (numbers, words) or shuts somebody out (pictures, links).
DEFAULT_SEVERITIES = {
    Rule.IDENTITY_NUMBER: Severity.BLOCKING,
    Rule.BANK_CARD: Severity.BLOCKING,
    Rule.MOBILE_NUMBER: Severity.BLOCKING,
    Rule.SENSITIVE_WORD: Severity.BLOCKING,
    Rule.MISTYPED_WORD: Severity.ADVICE,
    Rule.ALTERNATIVE_TEXT: Severity.BLOCKING,
    Rule.HEADING_ORDER: Severity.ADVICE,
    Rule.LINK_TEXT: Severity.ADVICE,
    Rule.DEAD_LINK: Severity.BLOCKING,
    Rule.CONTRAST: Severity.BLOCKING,
    Rule.PICTURE_SIZE: Severity.ADVICE,
    Rule.EMPTY_PARAGRAPH: Severity.ADVICE,
    Rule.IMPOSSIBLE_DATE: Severity.ADVICE,
}
_NO_LETTERS = Text("词条不能为空", "A word cannot be empty")
_SAME_WORD = Text("错字与正字相同", "the wrong word is the right one")
_Word = Annotated[str, Field(min_length=1, max_length=100)]


def _refuse_idle_exceptions(word: str, unless: tuple[str, ...]) -> None:
    """An exception in which the word does not stand excepts nothing, so it is a slip of whoever wrote it."""
    for longer in unless:
        if word not in longer:
            raise Unfit(
                Text(f"例外“{longer}”中没有“{word}”", f"the exception {longer!r} does not hold {word!r}")
            )


class GateRules(BaseModel):
    """The gate's table of rules; what a pack leaves out stays as it is here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    severities: dict[Rule, Severity] = Field(
        default_factory=dict, description="Rule to blocking or advice, over the defaults"
    )
    largest_picture_bytes: int = Field(default=1_000_000, ge=1_000)
    widest_picture_pixels: int = Field(default=2_560, ge=100)
    #: WCAG 2.2, 1.4.3 (AA); 3:1 for large text.
    least_contrast: float = Field(default=4.5, ge=1, le=21)
    least_contrast_large: float = Field(default=3.0, ge=1, le=21)
    published_numbers: tuple[str, ...] = Field(
        default=(), description="Mobile numbers of offices, which may stand on pages"
    )
    empty_link_texts: tuple[_Word, ...] = (
        "这里", "点这里", "点击", "点击这里", "点击此处", "此处", "链接", "网址", "查看", "更多",
        "详情", "下载", "here", "click", "click here", "this", "this page", "link", "more", "read more",
        "learn more", "details", "download",
    )  # fmt: skip

    def severity_of(self, rule: Rule) -> Severity:
        """What a finding of this rule means for the page."""
        return self.severities.get(rule, DEFAULT_SEVERITIES[rule])


class MistypedWord(BaseModel):
    """A word that is nearly always a slip; ``unless`` are longer texts in which the same signs are right."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wrong: _Word
    right: _Word
    unless: tuple[_Word, ...] = ()
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if self.wrong == self.right:
            raise Unfit(_SAME_WORD)
        _refuse_idle_exceptions(self.wrong, self.unless)
        return self


class SensitiveWord(BaseModel):
    """A word that does not stand on a page of a government, why, and what to write."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    word: _Word
    reason: Text
    instead: str = ""
    unless: tuple[_Word, ...] = ()
    severity: Severity | None = Field(default=None, description="Over the table of rules")
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        _refuse_idle_exceptions(self.word, self.unless)
        return self


class WordLists(BaseModel):
    """Words that the gate looks for, and the Traditional signs that stand for Simplified ones in them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mistyped: tuple[MistypedWord, ...] = ()
    sensitive: tuple[SensitiveWord, ...] = ()
    traditional: dict[str, str] = Field(
        default_factory=dict, description="A Simplified sign to its Traditional ones"
    )

    @model_validator(mode="after")
    def _words_have_letters(self) -> Self:
        words = [one.wrong for one in self.mistyped] + [one.word for one in self.sensitive]
        if any(not word.strip() for word in words):
            raise Unfit(_NO_LETTERS)
        return self


class ColumnKind(StrEnum):
    """What a column holds, which says how often it must change."""

    HOME = "home"
    NEWS = "news"
    NOTICES = "notices"
    PLANS = "plans"
    ANSWERS = "answers"
    STANDING = "standing"


class Term(BaseModel):
    """How long a column may stand unchanged. Grace is in working days, the warning in calendar days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: int = Field(ge=1, le=1000)
    unit: Literal["days", "weeks", "months", "years"]
    grace_days: int = Field(default=0, ge=0, le=60)
    warn_days: int = Field(default=3, ge=0, le=366)


class FreshnessRules(BaseModel):
    """Terms by kind of column, and where the single-veto items begin.

    The defaults follow the inspection indicators of 2019 (国办秘函〔2019〕19号). Two weeks for home pages and
    six months for policy files are seen in published inspection reports; all other figures are unchecked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    terms: dict[ColumnKind, Term] = Field(
        default_factory=lambda: {
            ColumnKind.HOME: Term(amount=2, unit="weeks"),
            ColumnKind.NEWS: Term(amount=2, unit="weeks"),
            ColumnKind.NOTICES: Term(amount=6, unit="months", warn_days=14),
            ColumnKind.PLANS: Term(amount=1, unit="years", warn_days=30),
            ColumnKind.ANSWERS: Term(amount=2, unit="months", warn_days=7),
        },
        description="A kind without a term, such as standing facts, never grows old",
    )
    #: Which tries of the home page are looked at: those of so many days, today's among them.
    probe_days: int = Field(default=7, ge=1, le=60)
    least_probes: int = Field(default=20, ge=1, description="Fewer tries of the home page prove nothing")
    down_percent: int = Field(default=5, ge=1, le=100)
    stale_columns: int = Field(default=10, ge=1)
    empty_columns: int = Field(default=5, ge=1)
    serious_errors: int = Field(default=1, ge=1)
    answer_months: int = Field(default=3, ge=1)
    look_back_months: int = Field(default=12, ge=1)
    unanswered_letters: int = Field(default=1, ge=1)
    #: What counts as a serious error while it stands on a published page.
    serious: frozenset[Rule] = frozenset({Rule.SENSITIVE_WORD, Rule.IDENTITY_NUMBER, Rule.BANK_CARD})
    #: Working days for mending an error on a published page, a link that leads nowhere, an empty column.
    error_days: int = Field(default=1, ge=0, le=60)
    link_days: int = Field(default=5, ge=0, le=60)
    empty_days: int = Field(default=10, ge=0, le=60)
    #: A link counts as dead when so many tries in a row, hours apart, failed.
    failed_tries: int = Field(default=2, ge=1, le=10)


class ColumnRule(BaseModel):
    """Which columns are of a kind: ``*`` stands for any part, the first rule that fits counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    site: str = Field(default="*", min_length=1, description="Code of a site")
    address: str = Field(min_length=1, description="Within the site, such as news or */notices")
    kind: ColumnKind


class PublishingRules(BaseModel):
    """What must hold before a page goes out and while it stands, as a pack declares it.

    Word lists of several packs stand side by side; gate, freshness and columns are said by one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,60}$")
    title: Text
    basis: Text = Field(description="The rule by which the city does it")
    gate: GateRules | None = None
    words: WordLists = WordLists()
    without_default_words: bool = False
    freshness: FreshnessRules | None = None
    columns: tuple[ColumnRule, ...] = ()
