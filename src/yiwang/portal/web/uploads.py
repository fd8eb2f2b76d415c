"""Files that a page sent: each checked by content and size, what was good is kept, what was not is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest

from yiwang.cases.api import file_names
from yiwang.kernel.text import Language, Text
from yiwang.platform.contracts import UploadRefused
from yiwang.platform.files import MEDIA_TYPES, check_upload, store_upload
from yiwang.platform.web.controls import StoredFile
from yiwang.platform.web.wording import size
from yiwang.portal.rules.draft_files import MOST_FILES

_REFUSED = Text(
    "没有上传“{name}”：只接收{kinds}，每个不超过{limit}（识别为{found}）",
    "“{name}” was not uploaded: send {kinds}, up to {limit} each (this is {found})",
)
_TOO_MANY = Text("每项最多{most}个文件，多出的没有保存", "At most {most} files here; the rest were not kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """The files that stand now, and why others do not."""

    ids: tuple[int, ...]
    problems: tuple[Text, ...]


def take_files(
    request: HttpRequest,
    *,
    name: str,
    present: Sequence[int],
    accept: Sequence[str],
    most_megabytes: int,
    owner: str,
    at: datetime,
    together: bool = False,
) -> Uploaded:
    """Drop those that were ticked in ``<name>-remove``, add those that were sent in ``name``.

    ``together``: one that is refused keeps the others out too, where nothing would hold them meanwhile.

    Raises:
        StorageFull: the disk has no room; none of them was stored.
    """
    dropped = set(request.POST.getlist(f"{name}-remove"))
    kept = [file_id for file_id in present if str(file_id) not in dropped]
    room = MOST_FILES - len(kept)
    sent = request.FILES.getlist(name)
    problems: list[Text] = []
    good: list[UploadedFile[bytes]] = []
    for upload in sent[:room]:
        try:
            check_upload(upload, accept=_known(accept), most_bytes=most_megabytes * 1_000_000)
        except UploadRefused as refused:
            problems.append(_why(upload, refused, accept, most_megabytes))
        else:
            good.append(upload)
    if len(sent) > room:
        problems.append(_TOO_MANY.fill(most=MOST_FILES))
    if problems and together:
        return Uploaded(ids=tuple(kept), problems=tuple(problems))
    # One transaction: a disk that runs full at the second file leaves no row of the first.
    with transaction.atomic():
        for upload in good:
            stored = store_upload(
                upload, accept=_known(accept), most_bytes=most_megabytes * 1_000_000, owner=owner, at=at
            )
            kept.append(stored.pk)
    return Uploaded(ids=tuple(kept), problems=tuple(problems))


def _known(accept: Sequence[str]) -> list[str]:
    return [kind for kind in accept if kind in MEDIA_TYPES]


def _why(
    upload: UploadedFile[bytes], refused: UploadRefused, accept: Sequence[str], most_megabytes: int
) -> Text:
    kinds = [kind.upper() for kind in accept]
    values = {"limit": size(most_megabytes * 1_000_000), "name": (upload.name or "")[-80:]}
    return Text(
        _REFUSED.zh.format(kinds="、".join(kinds), found=_in("zh", refused.found), **values),
        _REFUSED.en.format(kinds=", ".join(kinds), found=_in("en", refused.found), **values),
    )


def _in(language: Language, words: Text | str) -> str:
    return words.in_(language) if isinstance(words, Text) else words


def shown_files(ids: Sequence[int], address: str) -> list[StoredFile]:
    """Stored files as the question shows them; ``address`` is that of file 0."""
    names = file_names(ids)
    return [
        StoredFile(
            key=str(file_id),
            name=names[file_id].name,
            size=names[file_id].size,
            href=address.replace("/0/", f"/{file_id}/"),
        )
        for file_id in ids
        if file_id in names
    ]
