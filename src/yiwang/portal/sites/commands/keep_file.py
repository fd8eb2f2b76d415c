"""Keep a picture or an attachment of one's own site."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from yiwang.kernel.safe_xml import MAX_BYTES
from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, UploadRefused
from yiwang.platform.files import check_upload, keep, store_upload
from yiwang.portal.sites.models import SiteFile
from yiwang.portal.sites.operations import KEEP_FILE
from yiwang.portal.sites.queries.sites import row_of, scope_of
from yiwang.portal.sites.rules.drawings import Drawing, DrawingRefused, cleaned, looks_like_drawing

ACCEPTED = ("jpg", "png", "svg", "pdf", "docx", "xlsx", "ofd", "zip")
MOST_BYTES = 20_000_000
_PICTURES = {"jpg": ("JPEG", "image/jpeg"), "png": ("PNG", "image/png")}
#: A picture is shown 960 pixels wide at most, twice that on fine screens.
_WIDEST = 1920
#: A small file can unpack to pixels without end.
_MOST_PIXELS = 60_000_000
_HEAD = 4_096
_DAMAGED = Text("不能打开的图片", "a picture that cannot be opened")


@command(operation=KEEP_FILE)
def keep_file(*, actor: Actor, at: datetime, site: str, upload: UploadedFile[bytes]) -> int:
    """Give the id of the file; nobody but the site's editors sees it until a published page uses it.

    Pictures are drawn anew, so that neither the place where they were taken nor anything behind the picture
    stays in them; drawings (SVG) lose whatever runs or loads something.

    Raises:
        SiteNotFound: no such site.
        UploadRefused, StorageFull: see ``store_upload``.
    """
    where = row_of(site)
    permit(scope_of(where.organisation), subject=f"site:{site}")
    owner, width, height = f"site:{site}", 0, 0
    kind = "svg" if _is_drawing(upload) else check_upload(upload, accept=ACCEPTED, most_bytes=MOST_BYTES)
    if kind == "svg":
        drawing = _made_harmless(upload)
        width, height = drawing.width, drawing.height
        name = upload.name or "drawing.svg"
        stored = keep(drawing.content, name=name, media_type="image/svg+xml", owner=owner, at=at)
    elif kind in _PICTURES:
        content, width, height = _drawn_anew(upload, kind)
        media_type = _PICTURES[kind][1]
        stored = keep(content, name=upload.name or kind, media_type=media_type, owner=owner, at=at)
    else:
        stored = store_upload(upload, accept=ACCEPTED, most_bytes=MOST_BYTES, owner=owner, at=at)
    row = SiteFile.objects.create(
        site=where,
        stored=stored,
        is_picture=kind == "svg" or kind in _PICTURES,
        width=width,
        height=height,
        kept_at=at,
        kept_by=actor.account_id,
    )
    note(site=site, file=row.pk)
    return row.pk


def _is_drawing(upload: UploadedFile[bytes]) -> bool:
    """Whether the content is a drawing; one under another ending, or too large, is refused as any file is."""
    upload.seek(0)
    head = upload.read(_HEAD)
    upload.seek(0)
    ending = PurePosixPath(upload.name or "").suffix.lower()
    return ending in {"", ".svg"} and (upload.size or 0) <= MAX_BYTES and looks_like_drawing(head)


def _made_harmless(upload: UploadedFile[bytes]) -> Drawing:
    try:
        return cleaned(b"".join(upload.chunks()))
    except DrawingRefused as refused:
        raise UploadRefused(found=refused.reason, wanted=f"SVG ≤ {MAX_BYTES // 1_000_000} MB") from refused


def _drawn_anew(upload: UploadedFile[bytes], kind: str) -> tuple[bytes, int, int]:
    upload.seek(0)
    form = _PICTURES[kind][0]
    try:
        with Image.open(upload, formats=[form]) as source:
            if source.width * source.height > _MOST_PIXELS:
                raise UploadRefused(found=f"{source.width} × {source.height}", wanted=f"≤ {_MOST_PIXELS:,}")
            turned = ImageOps.exif_transpose(source)
            picture = turned.convert("RGB" if form == "JPEG" else "RGBA")
    except (OSError, ValueError, SyntaxError) as problem:
        raise UploadRefused(found=_DAMAGED, wanted=form) from problem
    picture.thumbnail((_WIDEST, _WIDEST * 4))
    written = io.BytesIO()
    picture.save(written, form, quality=85, optimize=True)
    return written.getvalue(), picture.width, picture.height
