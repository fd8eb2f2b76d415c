"""As ``calls.py``, for the engines below cases and for insight: a call that succeeds, and its spoiling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.engines.refusals.call import Call

from yiwang.exchange import api as exchange
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.testing import KNOWN_ID
from yiwang.identity import api as identity
from yiwang.identity.models import Posting
from yiwang.identity.testing import (
    a_citizen,
    a_firm,
    a_person,
    a_representative,
    a_resident_id,
    an_account,
    an_officer,
    an_organisation,
)
from yiwang.insight import api as insight
from yiwang.insight.rules.months import Month
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.registers import api as registers
from yiwang.registers.contracts import ExportFormat
from yiwang.registers.testing import a_firm as firm_values

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
REGISTER = "legal_entities"
RESOURCE = "person_for_tests"
_CASE = Purpose(kind="case", reference="TZ-2026-000123")


def _admin() -> Actor:
    return an_officer("municipal_government", roles=("city_admin",))


def _posting_of(actor: Actor) -> int:
    return Posting.objects.get(account_id=actor.account_id).pk


def _appoint_officer() -> Call:
    an_organisation("planning")
    words = {
        "account_id": an_account().pk,
        "organisation": "planning",
        "title": Text("科员", "Section member"),
        "roles": ["handler"],
    }
    return Call(identity.appoint_officer, _admin(), words, at=AT)


def _end_posting() -> Call:
    words = {"posting_id": _posting_of(an_officer("planning"))}
    admin = _admin()
    return Call(
        identity.end_posting,
        admin,
        words,
        at=AT,
        spoil=lambda: identity.end_posting(actor=admin, at=AT - DAY, **words),
    )


def _delegate() -> Call:
    absent, present = an_officer("planning"), an_officer("planning")
    words = {
        "posting_id": _posting_of(absent),
        "to_account_id": present.account_id,
        "roles": ["handler"],
        "starts_at": AT,
        "ends_at": AT + DAY,
    }
    return Call(
        identity.delegate,
        absent,
        words,
        at=AT,
        spoil=lambda: identity.end_posting(actor=_admin(), at=AT - DAY, posting_id=words["posting_id"]),
        elsewhere=an_officer("fire"),
    )


def _end_delegation() -> Call:
    made = _delegate()
    delegation_id = made()

    def end() -> object:
        return identity.end_delegation(actor=made.actor, at=AT, delegation_id=delegation_id)

    return Call(
        identity.end_delegation,
        made.actor,
        {"delegation_id": delegation_id},
        at=AT,
        spoil=end,
        elsewhere=an_officer("fire"),
    )


def _grant_mandate() -> Call:
    firm = a_firm()
    words = {"entity_id": firm.id, "person_id": a_person().id}
    return Call(
        identity.grant_mandate, a_representative(firm), words, at=AT, elsewhere=a_representative(a_firm())
    )


def _revoke_mandate() -> Call:
    made = _grant_mandate()
    words = {"mandate_id": made()}
    return Call(
        identity.revoke_mandate,
        made.actor,
        words,
        at=AT,
        spoil=lambda: identity.revoke_mandate(actor=made.actor, at=AT, **words),
        elsewhere=a_citizen(),
    )


def _recover_account() -> Call:
    return Call(identity.recover_account, _admin(), {"account_id": a_citizen().account_id}, at=AT)


def _record_person() -> Call:
    words = {"name": "陈小明", "resident_id": a_resident_id(7), "phone": "13800001234"}
    return Call(identity.record_person, an_officer("planning", roles=("window",)), words, at=AT)


def _grant_words(**changes: object) -> dict[str, object]:
    words: dict[str, object] = {
        "resource": RESOURCE,
        "grantee": "construction",
        "fields": ("name", "division"),
        "purpose": "case",
        "legal_basis": Text("《建筑法》第八条", "Construction Law, article 8"),
        "valid_from": date(2026, 1, 4),
        "valid_until": date(2026, 12, 31),
    }
    return words | changes


def _owner() -> Actor:
    an_organisation("construction")
    return an_officer("public_security", roles=("approver",))


def _issue_grant() -> Call:
    return Call(
        exchange.issue_grant,
        _owner(),
        _grant_words(),
        at=AT,
        elsewhere=an_officer("fire", roles=("approver",)),
    )


def _revoke_grant() -> Call:
    made = _issue_grant()
    words = {"grant": made().id, "because": "不再需要"}
    return Call(
        exchange.revoke_grant,
        made.actor,
        words,
        at=AT,
        spoil=lambda: exchange.revoke_grant(actor=made.actor, at=AT, **words),
        elsewhere=made.elsewhere,
    )


def _look(run: Callable[..., object], words: dict[str, object]) -> Call:
    grant = _issue_grant()
    granted = grant()
    return Call(
        run,
        an_officer("construction"),
        {"resource": RESOURCE, "key": KNOWN_ID, "purpose": _CASE, **words},
        at=AT,
        spoil=lambda: exchange.revoke_grant(actor=grant.actor, at=AT, grant=granted.id, because="停"),
        elsewhere=an_officer("fire"),
    )


def _request_data() -> Call:
    return _look(exchange.request_data, {"fields": ("name",)})


def _verify_data() -> Call:
    return _look(exchange.verify_data, {"claims": {"name": "李明"}})


def _registrar() -> Actor:
    return an_officer("industry_commerce")


def _enter_entry() -> Call:
    words = {"register": REGISTER, "values": firm_values()}
    return Call(registers.enter_entry, _registrar(), words, at=AT, elsewhere=an_officer("planning"))


def _entered() -> tuple[Actor, dict[str, object]]:
    made = _enter_entry()
    written = made()
    return made.actor, {"register": REGISTER, "entry": written.entry, "version": written.version}


def _amend_entry() -> Call:
    registrar, words = _entered()
    return Call(
        registers.amend_entry,
        registrar,
        words | {"values": {"name": "广州新名有限公司"}, "kind": "change"},
        at=AT + DAY,
        spoil=lambda: registers.retire_entry(actor=registrar, at=AT + DAY, **words),
        elsewhere=an_officer("planning"),
    )


def _retire_entry() -> Call:
    registrar, words = _entered()
    return Call(
        registers.retire_entry,
        registrar,
        words,
        at=AT + DAY,
        spoil=lambda: registers.retire_entry(actor=registrar, at=AT + DAY, **words),
        elsewhere=an_officer("planning"),
    )


def _open_entry() -> Call:
    registrar, words = _entered()
    found = {"register": REGISTER, "entry": words["entry"], "reason": "核对登记"}
    return Call(registers.open_entry, registrar, found, at=AT + DAY, elsewhere=an_officer("planning"))


def _open_history() -> Call:
    return replace(_open_entry(), run=registers.open_history)


def _issue_client() -> Call:
    words = {"organisation": "construction", "title": Text("许可系统", "Permits")}
    approver = an_officer("construction", roles=("approver",))
    elsewhere = an_officer("planning", roles=("approver",))
    return Call(exchange.issue_client, approver, words, at=AT, elsewhere=elsewhere)


def _revoke_client() -> Call:
    made = _issue_client()
    words = {"client_id": made().client.client_id, "because": "密钥外泄"}
    return Call(
        exchange.revoke_client,
        made.actor,
        words,
        at=AT,
        spoil=lambda: exchange.revoke_client(actor=made.actor, at=AT, **words),
        elsewhere=made.elsewhere,
    )


def _of_persons(run: Callable[..., object], **words: object) -> Call:
    police, elsewhere = an_officer("public_security"), an_officer("planning")
    return Call(run, police, {"register": "persons", **words}, at=AT, elsewhere=elsewhere)


def _ask_export() -> Call:
    purpose = Purpose(kind="own_duty", reference="年度核对")
    return _of_persons(registers.ask_export, form=ExportFormat.CSV, purpose=purpose)


def _make_export() -> Call:
    """The job acts in the name of who asked; another has no way to it."""
    asked = _ask_export()
    words = {"export_id": asked()}
    return Call(registers.make_export, asked.actor, words, at=AT, elsewhere=asked.elsewhere)


def _receive_file() -> Call:
    return _of_persons(registers.receive_file, name="persons.csv", size=20)


def _measure_quality() -> Call:
    return _of_persons(registers.measure_quality)


def _ask_report() -> Call:
    words = {"month": Month(2026, 3)}
    return Call(insight.ask_report, an_officer("fire", roles=("approver",)), words, at=AT)


#: By engine and name.
CALLS: dict[str, Callable[[], Call]] = {
    "exchange.issue_client": _issue_client,
    "exchange.issue_grant": _issue_grant,
    "exchange.request_data": _request_data,
    "exchange.revoke_client": _revoke_client,
    "exchange.revoke_grant": _revoke_grant,
    "exchange.verify_data": _verify_data,
    "identity.appoint_officer": _appoint_officer,
    "identity.delegate": _delegate,
    "identity.end_delegation": _end_delegation,
    "identity.end_posting": _end_posting,
    "identity.grant_mandate": _grant_mandate,
    "identity.record_person": _record_person,
    "identity.recover_account": _recover_account,
    "identity.revoke_mandate": _revoke_mandate,
    "insight.ask_report": _ask_report,
    "registers.amend_entry": _amend_entry,
    "registers.ask_export": _ask_export,
    "registers.enter_entry": _enter_entry,
    "registers.make_export": _make_export,
    "registers.measure_quality": _measure_quality,
    "registers.open_entry": _open_entry,
    "registers.open_history": _open_history,
    "registers.receive_file": _receive_file,
    "registers.retire_entry": _retire_entry,
}
