"""D8: likely duplicates are found, compared, merged, and the merge undone; a no is remembered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.exchange.models import TraceLine
from yiwang.identity.testing import an_officer as officer_of
from yiwang.identity.testing import sign_in
from yiwang.kernel.codes import make_credit_code, make_resident_id
from yiwang.packs.models import AppliedDefinition
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.outbox import deliver
from yiwang.registers import api
from yiwang.registers.contracts import (
    AsOf,
    ChangedSinceMerge,
    EntryChanged,
    EntryNotFound,
    KeyNotMerged,
    PairDecided,
)
from yiwang.registers.models import DuplicatePair, DuplicateRun, FileLoad, Merge, Register
from yiwang.registers.testing import a_firm, a_person, an_officer, apply_packs, drop_tables

from .conftest import APPLIED, PACKS

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MERGED, UNDONE = AT + timedelta(days=1), AT + timedelta(days=2)
KEEPER = Actor.system("registers")


def chief(account: int = 11):
    return an_officer("public_security", "approver", "handler", account=account)


def person(serial: int, **changes):
    values = {**a_person(), "id_number": make_resident_id("440199", datetime(1980, 1, 1).date(), serial)}
    return api.enter_entry(actor=chief(), at=AT, register="persons", values={**values, **changes}).entry


def look(at=AT, register="persons"):
    return api.find_duplicates(actor=KEEPER, at=at, register=register)


@pytest.fixture
def two(city):
    """Two entries of one man, entered by two clerks: the last digits of his number differ."""
    return person(1), person(2, phone="13900139000", residence_address=None)


def merge(two, **changes):
    wanted = {
        "actor": chief(), "at": MERGED, "register": "persons", "pair": DuplicatePair.objects.get().pk,
        "survivor": two[0], "versions": (1, 1), "take": {"phone"},
    }  # fmt: skip
    return api.merge_entries(**{**wanted, **changes})


def history(entry, at=UNDONE):
    return api.open_history(actor=chief(), at=at, register="persons", entry=entry, reason="核对")


def stored():
    """Everything but the merge's own rows, to see that nothing changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM reg.persons t ORDER BY _entry")
        present = cursor.fetchall()
        cursor.execute("SELECT row_to_json(t)::text FROM reg.persons_history t ORDER BY _entry, _version")
        return present, cursor.fetchall()


def test_d8_candidates_have_a_score_and_an_explanation(two):
    other = person(3, name="李明")
    assert look() == 1

    (pair,) = api.list_pairs(actor=chief(), register="persons")
    assert (pair.low, pair.high, pair.found_by, pair.state) == (*two, "name_and_birthday", "open")
    assert pair.agreement["name"] == pair.agreement["birth_date"] == 1
    assert Decimal("0.8") <= pair.agreement["id_number"] < 1
    assert "residence_address" not in pair.agreement  # one of them says nothing
    assert pair.score >= Decimal("0.8")
    assert other not in (pair.low, pair.high)


def test_d8_the_search_looks_at_what_is_new_only_and_repeats_nothing(two):
    assert (look(), look(at=MERGED)) == (1, 0)
    assert DuplicateRun.objects.get().wanted_since is None
    deliver(at=MERGED)
    assert DuplicateRun.objects.get().wanted_since == AT  # facts of what was entered before the first look
    third = person(4)
    deliver(at=MERGED)
    assert look(at=MERGED) == 2
    assert {pair.high for pair in api.list_pairs(actor=chief(), register="persons")} == {two[1], third}


def test_d8_a_block_in_which_too_many_agree_is_left_out_and_told(city):
    people = "".join(
        f"{make_resident_id('440199', datetime(1980, 1, 1).date(), n)},王伟,1,1980-01-01,440103\n"
        for n in range(1, 52)
    )
    head = "id_number,name,sex,birth_date,residence_division\n"
    loaded(head + people)
    assert look() == 0
    assert api.left_out(actor=chief(), register="persons") == 51


def loaded(text):
    file = SimpleUploadedFile("people.csv", text.encode())
    api.load_file(actor=chief(), at=AT, register="persons", file=file)
    assert FileLoad.objects.get().loaded == text.count("\n") - 1


def test_d8_firms_with_a_slip_in_the_code_are_found(city):
    clerk = an_officer("industry_commerce")
    code = make_credit_code("440101", 7)
    for firm in (
        {**a_firm(), "credit_code": code},
        {**a_firm(2), "name": "广州测试科技有限责任公司", "credit_code": make_credit_code("440101", 8)},
        {**a_firm(3), "name": "广州云海食品厂", "credit_code": make_credit_code("440101", 9)},
    ):
        api.enter_entry(actor=clerk, at=AT, register="legal_entities", values=firm)
    assert look(register="legal_entities") == 1


def test_d8_comparing_leaves_a_trace_line_of_each_person(two):
    look()
    compared = api.compare_entries(
        actor=chief(), at=MERGED, register="persons", pair=DuplicatePair.objects.get().pk
    )

    assert (compared.low.values["phone"], compared.high.values["phone"]) == ("13800138000", "13900139000")
    lines = TraceLine.objects.order_by("id")
    assert len({line.subject for line in lines}) == 2
    assert {line.reference for line in lines} == {f"duplicates:{compared.pair.id}"}


def test_d8_duplicates_are_merged_and_the_merge_undone(two):
    look()
    before = {entry: dict(history(entry)[-1].values) for entry in two}
    done = merge(two)

    assert (done.survivor, done.retired, done.fields) == (*two, ("phone",))
    first, second = history(two[0])
    assert (first.act, second.basis, second.values["phone"]) == (
        "correction",
        f"merge:{done.id}",
        "13900139000",
    )
    assert second.values["residence_address"] == before[two[0]]["residence_address"]
    (ended,) = history(two[1])
    assert (ended.act, ended.known_to) == ("merged", MERGED)
    assert api.merged_into("persons", two[1]).survivor == two[0]
    with pytest.raises(EntryNotFound):
        api.open_entry(actor=chief(), at=UNDONE, register="persons", entry=two[1], reason="核对")
    # as the city knew it before, the other entry is still there
    then = AsOf(valid=AT.date(), known=AT + timedelta(hours=1))
    old = api.open_entry(
        actor=chief(), at=UNDONE, register="persons", entry=two[1], reason="核对", as_of=then
    )
    assert old.values["phone"] == "13900139000"

    back = api.undo_merge(actor=chief(), at=UNDONE, register="persons", merge=done.id)

    assert back.undone_at == UNDONE
    for entry in two:
        line = history(entry)[-1]
        assert (dict(line.values), line.valid_from, line.basis) == (
            before[entry],
            AT.date(),
            f"merge:{done.id}",
        )
    assert (DuplicatePair.objects.get().state, api.merged_into("persons", two[1])) == ("open", None)
    with pytest.raises(PairDecided):
        api.undo_merge(actor=chief(), at=UNDONE, register="persons", merge=done.id)


def test_d8_a_merge_changed_since_is_undone_by_choice_only(two):
    look()
    done = merge(two)
    api.amend_entry(
        actor=chief(), at=UNDONE, register="persons", entry=two[0], version=2,
        values={"phone": "13700137000", "marital_status": "10"}, kind="change",
    )  # fmt: skip
    as_was = stored()

    with pytest.raises(ChangedSinceMerge) as refused:
        api.undo_merge(actor=chief(), at=UNDONE, register="persons", merge=done.id)
    assert (refused.value.fields, refused.value.status, stored()) == (("phone",), 409, as_was)

    api.undo_merge(actor=chief(), at=UNDONE, register="persons", merge=done.id, choices={"phone": "present"})
    now = history(two[0])[-1].values
    assert (now["phone"], now["marital_status"]) == ("13700137000", "10")
    assert history(two[1])[-1].values["phone"] == "13900139000"


def test_d8_what_is_no_duplicate_is_remembered(two):
    look()
    pair = DuplicatePair.objects.get().pk
    api.dismiss_pair(actor=chief(), at=MERGED, register="persons", pair=pair)
    DuplicateRun.objects.update(rules="")  # as after new rules: everything is looked at anew

    assert (look(at=UNDONE), DuplicatePair.objects.get().state) == (0, "dismissed")
    with pytest.raises(PairDecided):
        merge(two)


def test_d8_the_key_and_what_is_hidden_are_not_taken_over(two):
    look()
    as_was = stored()
    for field in ("id_number", "none"):
        with pytest.raises(KeyNotMerged):
            merge(two, take={field})
    with pytest.raises(EntryChanged):
        merge(two, versions=(1, 2))
    assert (stored(), Merge.objects.count()) == (as_was, 0)


def test_d8_a_stranger_decides_nothing(two):
    look()
    as_was = stored()
    for stranger in (an_officer("planning", "approver"), an_officer("public_security", "window")):
        with pytest.raises(OperationNotAllowed):
            merge(two, actor=stranger)
        with pytest.raises(OperationNotAllowed):
            api.list_pairs(actor=stranger, register="persons")
        for act in (api.dismiss_pair, api.compare_entries):
            with pytest.raises(OperationNotAllowed):
                act(actor=stranger, at=AT, register="persons", pair=DuplicatePair.objects.get().pk)
    assert (stored(), DuplicatePair.objects.get().state) == (as_was, "open")


def test_d8_of_two_who_decide_at_once_one_wins(transactional_db, guarded):
    apply_packs(PACKS, ["population", "legal_entity", "licence_catalogue"], at=APPLIED)
    two = (person(1), person(2))
    look()
    pair = DuplicatePair.objects.get().pk
    barrier = Barrier(2)

    def act(survivor):
        barrier.wait()
        try:
            return merge(two, pair=pair, survivor=survivor, take=())
        except (PairDecided, EntryChanged, EntryNotFound) as refused:
            return refused
        finally:
            connection.close()

    try:
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(act, two))
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MergeView", "PairDecided"]
        assert Merge.objects.count() == 1
    finally:
        drop_tables()
        AppliedDefinition.objects.all().delete()
        Register.objects.all().delete()


def edits(a: str, b: str) -> int:
    """The textbook's table, as an oracle."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row, last = [i], row
        for j, y in enumerate(b, 1):
            row.append(min(row[-1] + 1, last[j] + 1, last[j - 1] + (x != y)))
    return row[-1]


TEXTS = st.text(st.sampled_from("广州市AB12 -（）"), max_size=12)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_d8_nearness_is_the_share_of_characters_that_stay(a, b):
    with connection.cursor() as cursor:
        cursor.execute("SELECT reg.nearness(%s, %s), reg.nearness(%s, %s)", [a, b, b, a])
        (there, back) = cursor.fetchone()
    bare = [text.translate({ord(c): None for c in " -（）"}) for text in (a, b)]
    longest = max(map(len, bare))
    wanted = 1.0 if bare[0] == bare[1] else max(0.0, 1 - edits(*bare) / longest)
    assert float(there) == pytest.approx(wanted)
    assert there == back


def test_d8_the_desk_compares_merges_and_undoes(client, db):
    apply_packs(PACKS, ["population", "legal_entity", "licence_catalogue"], at=APPLIED)
    clerk = officer_of("public_security", roles={"handler", "approver"})
    sign_in(client, clerk)
    two = [
        api.enter_entry(
            actor=clerk, at=AT, register="persons",
            values={
                **a_person(), "phone": phone,
                "id_number": make_resident_id("440199", datetime(1980, 1, 1).date(), serial),
            },
        ).entry
        for serial, phone in ((1, "13800138000"), (2, "13900139000"))
    ]  # fmt: skip
    look()
    pair = DuplicatePair.objects.get().pk

    queue = client.get("/desk/registers/persons/duplicates/").content.decode()
    assert ("待核对 1 组" in queue, "440199********" in queue) == (True, True)
    address = f"/desk/registers/persons/duplicates/{pair}/"
    closed = client.get(address).content.decode()
    assert ("13900139000" in closed, TraceLine.objects.count()) == (False, 0)
    opened = client.post(address, {"act": "open"}).content.decode()
    assert ("13900139000" in opened, TraceLine.objects.count()) == (True, 2)
    sent = {
        "act": "merge", "survivor": "low", "take-phone": "high", "version-low": "1", "version-high": "1",
    }  # fmt: skip
    merged = client.post(address, sent)
    done = Merge.objects.get()
    assert (merged.headers["Location"], done.fields) == (
        f"/desk/registers/persons/merges/{done.pk}/",
        ["phone"],
    )
    again = client.post(address, sent)
    assert again.status_code == 409
    retired = client.post(f"/en/desk/registers/persons/entries/{two[1]}/", {"reason": "Check"})
    assert f"merged into the entry number {two[0]}" in retired.content.decode()
    assert "Undo the merge" in client.get(f"/en{merged.headers['Location']}").content.decode()
    client.post(merged.headers["Location"])
    assert Merge.objects.get().undone_at is not None
    assert client.get(f"/desk/registers/persons/entries/{two[1]}/").content.decode().count("<h1") == 1
