"""Those who keep registers right: files in and out, duplicates, defects, and differences between lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.live.city import actor
from tests.live.fill import fill
from tests.live.visit import Visit
from tests.live.waiting import wait_for

from yiwang.cases import loops
from yiwang.cases.models import Case
from yiwang.kernel.codes import make_resident_id
from yiwang.platform.contracts import Actor
from yiwang.registers import api
from yiwang.registers.loading.arrival import Gauge
from yiwang.registers.matching.models import Finding, Matching, Run
from yiwang.registers.models import Defect, DuplicatePair, Intake, Merge
from yiwang.registers.testing import a_person

pytestmark = pytest.mark.journey
OWNER = "public_security"
KEEPER = Actor.system("registers")
PERSONS = "/desk/registers/persons/"
#: Each language has people of its own, for both live in one city.
FIRST_DAY = {"zh": timezone.datetime(1961, 5, 4).date(), "en": timezone.datetime(1962, 5, 4).date()}
ROWS, MANY_BYTES = 24_000, 8 * 1024 * 1024
#: Milliseconds: the worker reads thousands of rows.
_WORKED = 180_000


def _person(language: str, number: int, **changes: object) -> dict[str, object]:
    """A man of whom the city's seed knows nothing; at most 499 a day have an odd number."""
    day = FIRST_DAY[language] + timedelta(days=number // 499)
    serial = number % 499 * 2 + 1
    own = {"id_number": make_resident_id("440199", day, serial), "birth_date": day.isoformat()}
    return {**a_person(2), **own, "name": f"旅人{number}", **changes}


def _file(path: Path, rows: Iterator[dict[str, object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as kept:
        sheet = csv.DictWriter(kept, fieldnames=list(a_person()))
        sheet.writeheader()
        sheet.writerows(rows)
    return path


def _load(keeper: Visit, path: Path) -> None:
    keeper.go(f"{PERSONS}load/")
    keeper.look("registers-load")
    keeper.page.set_input_files("[name=file]", path)
    assert keeper.page.locator(".yw-file__name").inner_text() == path.name
    keeper.press("检查并导入", "Check and load")
    keeper.page.wait_for_url("**/persons/load/*/", timeout=_WORKED)


def _ended(keeper: Visit, zh: str, en: str) -> None:
    keeper.page.get_by_text(keeper.text(zh, en)).first.wait_for(timeout=_WORKED)


def test_d9_a_file_with_bad_rows_is_refused_put_right_loaded_and_exported(
    visit, city, language: str, tmp_path: Path
):
    keeper = visit(f"{OWNER}.handler")

    # A large file goes in parts; two rows are wrong, so nothing of it is loaded.
    long_address = "广州市荔湾区沙面大街" + "一二三四五六七八九十" * 10
    wrong = {7: {"birth_date": "1961-02-30"}, 11: {"sex": "男性"}}
    rows = (
        _person(language, number, residence_address=long_address, **wrong.get(number, {}))
        for number in range(ROWS)
    )
    large = _file(tmp_path / f"people-{language}.csv", rows)
    assert large.stat().st_size > MANY_BYTES
    _load(keeper, large)
    _ended(keeper, "没有导入", "Nothing was loaded")
    keeper.look("registers-intake-refused")
    keeper.says("2 行有误；未作任何更改", "2 are wrong; nothing was changed")
    link = keeper.page.get_by_role(
        "link", name=keeper.text("下载全部错误（CSV）", "Download all faults (CSV)")
    )
    told = list(csv.reader(io.StringIO(keeper.fetch(link).decode("utf-8-sig"))))
    assert [row[:2] for row in told[1:]] == [["9", "birth_date"], ["13", "sex"]]
    assert api.find_standing("persons", key=str(_person(language, 0)["id_number"])) is None

    # Progress of a load under way, with the time that it will still take.
    number = api.receive_file(
        actor=actor(f"{OWNER}.handler"), at=timezone.now(), register="persons", name="more.csv", size=1000
    )
    row = Intake.objects.get(pk=number)
    Intake.objects.filter(pk=number).update(state="waiting")
    began = Gauge(row.file)
    began._began = timezone.now().timestamp() - 240
    began("waiting", 120_000, 0.5)
    keeper.go(f"{PERSONS}load/{number}/")
    keeper.look("registers-intake-running")
    keeper.says("已处理 120,000 行", "120,000 rows so far")
    keeper.says("预计还需约", "minutes to go")
    keeper.go(f"{PERSONS}load/")  # the page asks on and on for what is deleted here
    Intake.objects.filter(pk=number).delete()

    # Put right, a small file is loaded at once.
    good = _file(tmp_path / f"good-{language}.csv", (_person(language, n) for n in range(3)))
    _load(keeper, good)
    _ended(keeper, "导入完成", "Loaded")
    keeper.look("registers-intake-loaded")
    keeper.says("共 3 行，导入 3 行", "Of 3 rows 3 were loaded")
    assert api.find_standing("persons", key=str(_person(language, 2)["id_number"])) is not None

    # The register as a file, masked as the list is.
    keeper.go(f"{PERSONS}export/")
    keeper.look("registers-export")
    fill(keeper.page, {"reason": f"年度核对 {language}"})
    keeper.press("导出", "Export")
    file = keeper.page.get_by_role("link", name=keeper.text("下载文件", "Download the file"))
    file.wait_for(timeout=_WORKED)
    keeper.look("registers-export-made")
    head, *lines = csv.reader(io.StringIO(keeper.fetch(file).decode("utf-8-sig")))
    names = {line[head.index("name")] for line in lines}
    assert "旅**" in names
    assert not any(name.startswith("旅人") for name in names)


def test_d8_a_duplicate_is_merged_and_the_merge_undone(visit, city, language: str):
    at, police = timezone.now(), actor(f"{OWNER}.handler")
    name = {"zh": "欧阳重复", "en": "司徒重复"}[language]
    low, high = (
        api.enter_entry(
            actor=police,
            at=at,
            register="persons",
            values=_person(language, 900 + place, name=name, phone=f"1370013700{place}"),
        ).entry
        for place in (1, 2)
    )

    def found() -> DuplicatePair | None:
        api.find_duplicates(actor=KEEPER, at=timezone.now(), register="persons")
        return DuplicatePair.objects.filter(register="persons", low=low, high=high).first()

    # what is new is looked through once the worker has noted that it is
    pair = wait_for("the pair", found)

    keeper = visit(f"{OWNER}.handler")
    keeper.go(f"{PERSONS}duplicates/")
    keeper.look("registers-duplicates")
    keeper.go(f"{PERSONS}duplicates/{pair.pk}/")
    keeper.look("registers-pair")
    keeper.press("打开核对", "Open both")
    keeper.look("registers-pair-opened")
    keeper.says(name)
    keeper.page.locator("[name=take-phone][value=high]").check()
    keeper.press("合并", "Merge")
    keeper.look("registers-merge")
    merge = Merge.objects.get(survivor=low)
    assert (merge.retired, list(merge.fields)) == (high, ["phone"])

    keeper.press("撤销合并", "Undo the merge")
    keeper.says("合并已撤销", "Undone")
    merge.refresh_from_db()
    assert merge.undone_at is not None
    keeper.go(f"{PERSONS}entries/{high}/")
    keeper.look("registers-entry-closed")
    fill(keeper.page, {"reason": "核对撤销结果"})
    keeper.page.locator("main form button").first.click()
    keeper.page.wait_for_load_state()
    keeper.look("registers-entry-opened")
    keeper.says("13700137002")


def test_d11_a_defect_is_sent_back_and_closes_once_it_is_repaired(visit, city, language: str):
    at, police = timezone.now(), actor(f"{OWNER}.handler")
    right = _person(language, 950)
    wrong_day = str(right["birth_date"]).replace("-05-", "-06-")
    entry = api.enter_entry(
        actor=police, at=at, register="persons", values={**right, "birth_date": wrong_day}
    ).entry
    api.measure_quality(actor=KEEPER, at=at, register="persons")
    defect = Defect.objects.get(register="persons", rule="birthday_agrees", closed_at=None)
    loops.defects(timezone.now())  # as the worker does every half minute
    defect.refresh_from_db()

    keeper = visit(f"{OWNER}.handler")
    keeper.go(f"{PERSONS}quality/")
    keeper.look("registers-quality")
    keeper.says("出生日期与身份号码一致", "Birthday agrees with the identity number")
    keeper.press(defect.case_number)
    keeper.look("desk-defect-case")

    api.amend_entry(
        actor=police,
        at=timezone.now(),
        register="persons",
        entry=entry,
        version=1,
        values={"birth_date": str(right["birth_date"])},
        kind="correction",
    )
    api.measure_quality(actor=KEEPER, at=timezone.now(), register="persons")
    loops.defects(timezone.now())
    wait_for(
        "the end of the case",
        lambda: Case.objects.filter(number=defect.case_number, phase="closed").first(),
    )
    keeper.go(f"{PERSONS}quality/")
    keeper.says("没有待整改的问题", "No defect is open")


#: The examples hold one difference of each for the tax bureau; each language answers its own.
KIND = {"zh": "no_tax", "en": "other_name"}


def test_d12_a_difference_between_lists_is_found_and_answered(visit, city, language: str):
    firms = Matching.objects.get(code="firms")
    operator = visit("informatization.handler")
    operator.go("/desk/matching/firms/")
    operator.look("matching")
    runs = Run.objects.filter(matching=firms).count()
    operator.press("开始比对", "Match the lists now")
    assert Run.objects.filter(matching=firms).count() == runs + 1
    wait_for("the end of the run", lambda: Run.objects.filter(matching=firms, state="done").count() > runs)
    operator.go("/desk/matching/firms/")
    operator.look("matching-run")
    operator.says("完成", "Done")

    finding = Finding.objects.get(matching=firms, organisation="local_tax", kind=KIND[language], state="open")
    officer = visit("local_tax.handler")
    officer.go("/desk/matching/firms/")
    officer.look("matching-department")
    officer.go(f"/desk/matching/firms/local_tax/{KIND[language]}/")
    officer.look("matching-findings")
    fill(officer.page, {"outcome": "put_right", "note": "已上门核实并补正", "yuan": "1200"})
    officer.page.locator(f"[name=finding][value='{finding.pk}']").check()
    officer.press("提交答复", "Send the answer")
    officer.look("matching-answered")
    finding.refresh_from_db()
    assert (finding.state, finding.outcome, str(finding.yuan)) == ("settled", "put_right", "1200.00")
