"""A second person of the owner signs a release off: it is public from then on. Or takes it back."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.catalogue.contracts import ReleaseInfo, ReleaseNotFound, SecondPersonNeeded
from yiwang.exchange.catalogue.indexing import publisher_of, put, take_out
from yiwang.exchange.catalogue.items import Distribution, Item, ItemLine, Origin
from yiwang.exchange.catalogue.metadata import Format, OpenType, Updated
from yiwang.exchange.models import Release
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.queries.releases import info_of
from yiwang.kernel.text import Text, text_from
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="exchange.release.sign")
def sign_release(*, actor: Actor, at: datetime, code: str) -> ReleaseInfo:
    """Publish a prepared release.

    Raises:
        ReleaseNotFound: none of this code waits for a signature.
        SecondPersonNeeded: the actor prepared it.
    """
    row = _locked(code, "prepared")
    permit(Scope(organisations=(row.owner,)), subject=f"release:{row.code}")
    if actor.account_id is None or actor.account_id == row.prepared_by:
        raise SecondPersonNeeded
    row.state, row.signed_at, row.signed_by = "published", at, actor.account_id
    row.save(update_fields=["state", "signed_at", "signed_by"])
    put(_item(row, at))
    note(sha256=row.file.sha256)
    emit("ReleasePublished", f"release:{row.code}", resource=row.resource)
    return info_of(row)


@command(operation="exchange.release.sign")
def withdraw_release(*, actor: Actor, at: datetime, code: str) -> ReleaseInfo:
    """Take a published or prepared release back; its file stays as evidence but is no longer given out.

    Raises:
        ReleaseNotFound: there is none, or it was taken back before.
    """
    row = _locked(code, "prepared", "published")
    permit(Scope(organisations=(row.owner,)), subject=f"release:{row.code}")
    row.state, row.withdrawn_at = "withdrawn", at
    row.save(update_fields=["state", "withdrawn_at"])
    take_out(row.code)
    emit("ReleaseWithdrawn", f"release:{row.code}", resource=row.resource)
    return info_of(row)


def _locked(code: str, *states: str) -> Release:
    row = Release.objects.select_for_update(of=("self",)).filter(code=code, state__in=states).first()
    if row is None:
        raise ReleaseNotFound(release=code[:40])
    return row


def _item(row: Release, at: datetime) -> Item:
    info = get_resource(row.resource)
    titles = {field.name: field.title for field in info.fields}
    names = [field["name"] for field in row.fields]
    lines = [ItemLine(name=name, title=titles.get(name, Text(name, name))) for name in names]
    if row.form == "table":
        lines.append(ItemLine(name="count", title=Text("数量", "Number"), xsd="integer"))
    return Item(
        code=row.code,
        origin=Origin.RELEASE,
        kind="file",
        title=text_from(row.title),
        summary=text_from(row.summary),
        owner=row.owner,
        publisher=publisher_of(row.owner),
        category=info.metadata.category,
        open_type=OpenType.OPEN,
        legal_basis=info.legal_basis,
        # a cut is made once; the next one is another release
        updated=Updated.IRREGULAR,
        format=Format.SPREADSHEET,
        keywords=info.metadata.keywords,
        issued_at=at,
        changed_at=at,
        lines=tuple(lines),
        related=(row.resource,),
        distributions=(
            Distribution(
                key="csv",
                title=Text("数据文件（CSV）", "Data file (CSV)"),
                address=f"/catalogue/{row.code}/data.csv",
                format="CSV",
                media_type="text/csv",
                size=row.file.size,
                licence=row.licence,
            ),
        ),
    )
