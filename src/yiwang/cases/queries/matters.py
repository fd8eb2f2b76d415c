"""The matter of a case in words: what was asked and answered, which papers, and what may be corrected."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.errors import CaseNotFound, ThingNotFound
from yiwang.cases.contracts.views import CaseForApplicant, CaseForOfficer, TaskView
from yiwang.cases.definitions.form import Form
from yiwang.cases.models import Case, Enclosure, Letter, Licence, Material, Message, Task
from yiwang.cases.queries.enclosures import released_to_applicant
from yiwang.cases.queries.rights import own_case, readable_case
from yiwang.cases.queries.standard_addresses import KEPT, with_noted
from yiwang.cases.queries.types import type_version
from yiwang.cases.rows.answer_words import worded
from yiwang.cases.rules.forms.parsing import Lists
from yiwang.cases.rules.forms.summary import SummaryPage, summarise
from yiwang.identity.api import division_names
from yiwang.kernel.industries import industries
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.models import StoredFile
from yiwang.registers.api import find_picked, outside_city

_FILE = Text("文件", "the file")


def case_id_of(number: str) -> int:
    """The id behind a number; whether one may read the case is asked with the id.

    Raises:
        CaseNotFound: there is none.
    """
    found = Case.objects.filter(number=number).values_list("id", flat=True).first()
    if found is None:
        raise CaseNotFound
    return found


def form_of(kind: AppliedType, part: str = "form") -> Form | None:
    """The form that a version of a type was applied with; ``eligibility`` for the one before applying."""
    stored = kind.parts.get(part)
    return _form(kind.id, part) if isinstance(stored, dict) else None


@lru_cache(maxsize=512)
def _form(version_id: int, part: str) -> Form:
    return Form.model_validate(type_version(version_id).parts[part])


def task_form_of(kind: AppliedType, code: str) -> Form | None:
    """The form that a task of this version asks; None if the version came without it."""
    stored = kind.parts.get("task_forms")
    return _task_form(kind.id, code) if isinstance(stored, dict) and code in stored else None


@lru_cache(maxsize=512)
def _task_form(version_id: int, code: str) -> Form:
    stored = type_version(version_id).parts["task_forms"]
    assert isinstance(stored, dict)
    return Form.model_validate(stored[code])


def form_of_task(task: TaskView) -> Form | None:
    """The form that an open task asks, as its case's version was applied with it."""
    if not task.form:
        return None
    version = Task.objects.values_list("case__type_version_id", flat=True).get(pk=task.id)
    return task_form_of(type_version(version), task.form)


def findings_of(view: CaseForOfficer, *, today: date) -> tuple[SummaryPage, ...]:
    """What officers found at the steps of a case, form by form in the order of the process."""
    found = view.data.get("findings")
    if not isinstance(found, dict):
        return ()
    kind = type_version(Case.objects.values_list("type_version_id", flat=True).get(pk=view.case.id))
    pages: list[SummaryPage] = []
    for code in kind.process.forms if kind.process is not None else ():
        form = task_form_of(kind, code)
        keys = {question.key for _, question in form.questions()} if form is not None else set()
        if form is not None and keys & found.keys():
            said = {key: value for key, value in found.items() if key in keys}
            pages += summarise(form, said, lists=code_lists(today))
    return tuple(pages)


def code_lists(today: date) -> Lists:
    """The code lists against which answers are checked and with which they are shown."""
    return Lists(
        today=today,
        divisions=division_names(),
        industries=industries(),
        entry_key=_entry_key,
        outside_city=outside_city,
    )


def _entry_key(register: str, key: str) -> str | None:
    found = find_picked(register, key)
    return found.key if found is not None else None


def matter_of(view: CaseForOfficer | CaseForApplicant, *, today: date) -> tuple[SummaryPage, ...]:
    """The answers of a case, or of the case that asked for it, page by page."""
    root = root_of(view.case.id)
    form = form_of(type_version(root.type_version_id))
    if form is None:
        return ()
    pages = summarise(form, dict(view.answers), lists=code_lists(today))
    return with_noted(worded(pages, root.data), view.answers, root.data.get(KEPT))


def correctable(case_id: int, *, today: date) -> tuple[list[tuple[str, Text]], list[tuple[str, Text]]]:
    """What a notice of corrections may name: answers by path, papers by key, each with its label."""
    root = root_of(case_id)
    kind = type_version(root.type_version_id)
    form = form_of(kind)
    pages = summarise(form, root.answers, lists=code_lists(today)) if form is not None else ()
    fields = [(row.path, row.label) for page in pages for row in page.rows]
    if form is None:
        fields = [(key, Text(key, key)) for key in root.answers]
    return fields, [(material.key, material.title) for material in kind.definition.materials]


def diagram_of(case_id: int) -> str:
    """The BPMN drawing under which a case runs; empty where its type came without one."""
    row = Case.objects.only("type_version_id").get(pk=case_id)
    drawn = type_version(row.type_version_id).parts.get("diagram")
    return drawn if isinstance(drawn, str) else ""


def file_of_case(*, actor: Actor, case_id: int, file_id: int) -> StoredFile:
    """A file of a case or of the case that asked for it, to an officer who may read it.

    Raises:
        CaseNotFound, ThingNotFound: not there, or not for this reader.
    """
    row = readable_case(actor, case_id)
    cases = [row.pk, *row.ancestors]
    known = Material.objects.filter(case__in=cases, file_id=file_id).exists()
    known = known or Licence.objects.filter(case__in=cases, file_id=file_id).exists()
    known = known or Letter.objects.filter(case__in=cases, file_id=file_id).exists()
    known = known or Enclosure.objects.filter(case__in=cases, file_id=file_id).exists()
    known = known or Message.objects.filter(case__in=cases, files__contains=[file_id]).exists()
    found = StoredFile.objects.filter(pk=file_id).first() if known else None
    if found is None:
        raise ThingNotFound(thing=_FILE)
    return found


def root_of(case_id: int) -> Case:
    """The case that the applicant sees, of any case of its family."""
    row = Case.objects.get(pk=case_id)
    return Case.objects.get(pk=row.ancestors[0]) if row.ancestors else row


def own_file(*, actor: Actor, case_id: int, file_id: int) -> StoredFile:
    """A file of an own case, to its applicant.

    Raises:
        CaseNotFound, ThingNotFound: not there, or not for this reader.
    """
    row = own_case(actor, case_id)
    known = any(model.objects.filter(case=row, file_id=file_id).exists() for model in (Material, Licence))
    known = known or Letter.objects.filter(case=row, file_id=file_id, addressee="").exists()
    known = known or Enclosure.objects.filter(released_to_applicant(row), file_id=file_id).exists()
    known = known or Message.objects.filter(case=row, files__contains=[file_id]).exists()
    found = StoredFile.objects.filter(pk=file_id).first() if known else None
    if found is None:
        raise ThingNotFound(thing=_FILE)
    return found
