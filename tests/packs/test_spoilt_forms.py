"""Forms, each spoilt in one place: questions, what they pick and what they take in."""

from __future__ import annotations

import pytest
from tests.packs.spoiling import Fault, assert_told

FORM = "company_start/forms/company_start.yaml"
CERTIFICATE = "resident_certificate/cases/residence_certificate.yaml"
PROJECT = "investment_approval/forms/investment_application.yaml"
#: What is told of each.
SPOILT: dict[str, Fault] = {
    "a pick from a register that there isn't": (
        PROJECT,
        "register: planning_plots",
        "register: plots",
        ("register: planning_plots", "pages.2.questions.1.picks.register"),
        "没有登记簿“plots”",
        "there is no register 'plots'",
    ),
    "a pick from a register that is not open": (
        PROJECT,
        "register: control_lines",
        "register: licences",
        ("register: control_lines", "pages.2.questions.1.picks.crosses.0.register"),
        "登记簿“licences”不是公开的（open: true），不能从中选取：所选内容写进申请，经手的人都能看到",
        "the register 'licences' is not open, so nothing is picked from it: what is picked stands"
        " in the application, which many read",
    ),
    "a pick that shows a shape": (
        PROJECT,
        "shown: [location,",
        "shown: [border,",
        ("shown: [location,", "pages.2.questions.1.picks.shown.0"),
        "登记簿“planning_plots”没有公开的字段“border”；可用：code, unit, plan, plan_number, approved_on,"
        " division, location, use, land_area, far, density, greening, height, state, conditions, made_up",
        "the register 'planning_plots' has no public field 'border'; it has code, unit, plan, plan_number,"
        " approved_on, division, location, use, land_area, far, density, greening, height, state, conditions,"
        " made_up",
    ),
    "a short question filled in with a shape": (
        "housing_land/forms/presale_permit.yaml",
        "address: location, site: site}",
        "address: site}",
        ("address: location, site: site}", "pages.1.questions.0.picks.fills.address"),
        "登记簿“planned_projects”没有公开的字段“site”；可用：code, name, plot, division, location, builder,"
        " use, stage, permit, floor_area, height, published_on, objections_until, finished_on, made_up",
        "the register 'planned_projects' has no public field 'site'; it has code, name, plot, division,"
        " location, builder, use, stage, permit, floor_area, height, published_on, objections_until,"
        " finished_on, made_up",
    ),
    "a pick that fills in a question of another page": (
        PROJECT,
        "fills: {division: division,",
        "fills: {project_name: division,",
        ("fills: {division: division,", "pages.2.questions.1.picks.fills.project_name"),
        "本页没有题目“project_name”",
        "the page has no question 'project_name'",
    ),
    "a conflict of a question that isn't asked": (
        PROJECT,
        "answers.building_height > picked.height",
        "answers.hight > picked.height",
        ("answers.building_height > picked.height", "pages.2.questions.1.picks.conflicts.5.when"),
        "没有名为“answers.hight”的数据；这里可用answers.<题目>和picked.<字段>",
        "unknown name 'answers.hight'; answers.<question> and picked.<field> are known here",
    ),
    "conditions of a plot that are not public": (
        PROJECT,
        "shown: [number, use,",
        "shown: [number, setback,",
        ("shown: [number, use,", "pages.2.questions.1.picks.beside.0.shown.1"),
        "登记簿“planning_conditions”没有公开的字段“setback”；可用：number, plot, division, issued_on,"
        " valid_until, use, land_area, far, density, greening, height, made_up",
        "the register 'planning_conditions' has no public field 'setback'; it has number, plot, division,"
        " issued_on, valid_until, use, land_area, far, density, greening, height, made_up",
    ),
    "a conflict with something else than what stands beside": (
        PROJECT,
        "date(beside.valid_until) < today()",
        "date(besides.valid_until) < today()",
        ("date(beside.valid_until) < today()", "pages.2.questions.1.picks.beside.0.conflicts.0.when"),
        "没有名为“besides.valid_until”的数据；这里可用answers.<题目>、picked.<字段>和beside.<字段>",
        "unknown name 'besides.valid_until'; answers.<question>, picked.<field> and beside.<field> are known"
        " here",
    ),
    "a condition on a question that there isn't": (
        FORM,
        "show_if: answers.hires = true",
        "show_if: answers.hire = true",
        ("show_if: answers.hires", "pages.4.questions.3.show_if"),
        "没有题目“hire”",
        "there is no question “hire”",
    ),
    "a resource that there isn't": (
        FORM,
        "resource: person_basic",
        "resource: person_basics",
        ("resource: person_basic", "pages.2.questions.0.prefill.resource"),
        "没有资源“person_basics”",
        "there is no resource “person_basics”",
    ),
    "a field to take in that the resource doesn't have": (
        CERTIFICATE,
        "      phone: answers.phone",
        "      telephone: answers.phone",
        ("      phone: answers.phone", "prefills.0.fields.telephone"),
        "资源“person_basic”没有字段“telephone”",
        "the resource 'person_basic' has no field 'telephone'",
    ),
    "a key to take in by that is no answer": (
        CERTIFICATE,
        "key: answers.resident_id",
        "key: case.number",
        ("key: answers.resident_id", "prefills.0.key"),
        "没有名为“case”的数据；可用：answers",
        "there is no 'case' to read; there are answers",
    ),
}


@pytest.mark.parametrize("fault", SPOILT.values(), ids=SPOILT)
def test_each_fault_is_told_where_it_stands_and_why(tmp_path, fault):
    assert_told(tmp_path, fault)
