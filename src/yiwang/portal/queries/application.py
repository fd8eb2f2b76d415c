"""An application that is being filled in: where it stands page by page, paper by paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from yiwang.cases.api import (
    ADDRESS_NOTES,
    case_type,
    check_answers,
    code_lists,
    form_of,
    held_kinds,
    my_licences,
    needed_materials,
    walk,
)
from yiwang.cases.contracts import AppliedType, DraftView, LicenceState, LicenceView, NotOnline
from yiwang.cases.definitions.case_type import Material
from yiwang.cases.definitions.form import Form, Page
from yiwang.kernel.errors import FieldProblem
from yiwang.platform.contracts import Actor, Json
from yiwang.portal.rules.draft_files import files_of

#: Beside the answers a draft keeps from which resource each was filled in, under this key.
SOURCES = "_sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """A page of the form: done, begun or untouched."""

    page: Page
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperState:
    """A material: given, on file with the city, to be given, or up to the applicant."""

    material: Material
    state: str
    needed: bool
    files: tuple[int, ...]
    licence: LicenceView | None


@dataclass(frozen=True)
class Application:
    """A draft with its item and form, in the capacity in which it was begun."""

    actor: Actor
    draft: DraftView
    item: AppliedType
    form: Form
    at: datetime

    @property
    def surroundings(self) -> dict[str, object]:
        """What conditions may ask of besides the answers."""
        return {"applicant": {"kind": "legal_entity" if self.draft.entity_id else "person"}}

    @cached_property
    def answers(self) -> dict[str, Json]:
        """The answers, without the notes of where they came from and which places they mean."""
        return {
            key: value for key, value in self.draft.answers.items() if key not in (SOURCES, ADDRESS_NOTES)
        }

    @cached_property
    def sources(self) -> dict[str, dict[str, Json]]:
        """Resource and value of what was filled in, by question."""
        found = self.draft.answers.get(SOURCES)
        if not isinstance(found, dict):
            return {}
        return {key: value for key, value in found.items() if isinstance(value, dict)}

    @property
    def addresses(self) -> dict[str, Json]:
        """Notes of the standard addresses that were confirmed, by question."""
        found = self.draft.answers.get(ADDRESS_NOTES)
        return dict(found) if isinstance(found, dict) else {}

    @cached_property
    def problems(self) -> tuple[FieldProblem, ...]:
        """What the form still wants."""
        _, problems = check_answers(
            self.form,
            self.answers,
            lists=code_lists(timezone.localdate(self.at)),
            surroundings=self.surroundings,
            at=self.at,
        )
        return problems

    @cached_property
    def pages(self) -> tuple[PageState, ...]:
        """The pages that are asked, each with its state."""
        wrong = {problem.path.partition(".")[0] for problem in self.problems}
        states = []
        for visible in walk(self.form, self.answers, surroundings=self.surroundings, at=self.at).pages:
            keys = {question.key for question in visible.questions}
            begun = any(key in self.answers for key in keys)
            state = "done" if not keys & wrong else "begun" if begun else "untouched"
            states.append(PageState(page=visible.page, state=state))
        return tuple(states)

    @cached_property
    def papers(self) -> tuple[PaperState, ...]:
        """The materials that these answers call for, and those that may be added."""
        needed = {
            material.key for material in needed_materials(self.item, {"answers": self.answers}, at=self.at)
        }
        person = None if self.draft.entity_id else self.actor.person_id
        held = held_kinds(self.item, person_id=person, entity_id=self.draft.entity_id, at=self.at)
        licences = self._licences() if held else {}
        states = []
        for material in self.item.definition.materials:
            is_needed = material.key in needed
            if material.necessity == "conditional" and not is_needed:
                continue
            files = files_of(self.draft.files, material.key)
            on_file = material.licence in held
            state = "given" if files else "held" if on_file else "missing" if is_needed else "optional"
            licence = licences.get(material.licence or "") if on_file else None
            states.append(
                PaperState(material=material, state=state, needed=is_needed, files=files, licence=licence)
            )
        return tuple(states)

    def _licences(self) -> Mapping[str, LicenceView]:
        valid = [row for row in my_licences(actor=self.actor) if row.state is LicenceState.VALID]
        return {row.kind: row for row in reversed(valid)}

    @property
    def is_whole(self) -> bool:
        """Whether it can be sent."""
        return not self.problems and all(paper.state != "missing" for paper in self.papers)

    def first_open(self) -> str:
        """The first page with something to do; empty when the form is whole."""
        return next((state.page.key for state in self.pages if state.state != "done"), "")


def application_of(actor: Actor, draft: DraftView, *, at: datetime) -> Application:
    """Give a draft as an application under the item's version in force; raises NotOnline for a guide."""
    item = case_type(draft.type_code)
    form = form_of(item)
    if form is None:
        raise NotOnline(type_code=draft.type_code)
    return Application(actor=actor, draft=draft, item=item, form=form, at=at)
