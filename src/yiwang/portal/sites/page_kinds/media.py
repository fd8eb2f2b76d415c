"""Kinds whose matter is files: album, video, download."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.portal.sites.models import AlbumPage, DownloadPage, VideoPage
from yiwang.portal.sites.page_kinds.kind import PageKind
from yiwang.portal.sites.rules.details import DetailField

_UNDER = frozenset({"column"})

ALBUM = PageKind(
    key="album",
    title=Text("图集", "Album"),
    model=AlbumPage,
    under=_UNDER,
    dated=True,
    template="sites/album.html",
    schema="ImageGallery",
    fields=(
        DetailField(key="photographer", kind="text", label=Text("摄影", "Pictures by"), limit=60),
        DetailField(
            key="pictures",
            kind="rows",
            label=Text("图片", "Pictures"),
            required=True,
            columns=(
                DetailField(key="picture", kind="picture", label=Text("图片", "Picture"), required=True),
                DetailField(
                    key="alt",
                    kind="text",
                    label=Text("替代文字", "Alternative text"),
                    english=True,
                    required=True,
                ),
                DetailField(key="caption", kind="text", label=Text("说明", "Caption"), english=True),
            ),
        ),
    ),
)
VIDEO = PageKind(
    key="video",
    title=Text("视频", "Video"),
    model=VideoPage,
    under=_UNDER,
    dated=True,
    template="sites/video.html",
    schema="VideoObject",
    fields=(
        DetailField(key="video", kind="file", label=Text("视频文件", "Video"), required=True, fact=False),
        DetailField(
            key="captions",
            kind="file",
            label=Text("字幕文件（WebVTT）", "Captions (WebVTT)"),
            required=True,
            fact=False,
        ),
        DetailField(key="poster", kind="picture", label=Text("封面", "Poster"), required=True, fact=False),
        DetailField(
            key="seconds", kind="number", label=Text("时长（秒）", "Seconds"), required=True, fact=False
        ),
        DetailField(
            key="transcript",
            kind="long_text",
            label=Text("文字稿", "Transcript"),
            hint=Text(
                "说了什么、画面上有什么，给看不见和听不见的人。",
                "What is said and seen, for those who cannot hear or see it.",
            ),
            english=True,
            required=True,
            fact=False,
        ),
    ),
)
DOWNLOAD = PageKind(
    key="download",
    title=Text("资料下载", "Download"),
    model=DownloadPage,
    under=_UNDER,
    dated=True,
    template="sites/download.html",
    schema="DigitalDocument",
    fields=(
        DetailField(key="edition", kind="text", label=Text("版本", "Edition"), limit=60, schema="version"),
        DetailField(
            key="files",
            kind="rows",
            label=Text("文件", "Files"),
            required=True,
            columns=(
                DetailField(key="file", kind="file", label=Text("文件", "File"), required=True),
                DetailField(
                    key="name",
                    kind="text",
                    label=Text("名称", "Name"),
                    english=True,
                    limit=120,
                    required=True,
                ),
            ),
        ),
    ),
)
KINDS = (ALBUM, VIDEO, DOWNLOAD)
