"""Line icons, drawn here on a 24 by 24 sheet; strokes take the colour of the words beside them."""

# ruff: noqa: E501 - a drawing is one line

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS: dict[str, str] = {
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5.5 5.5"/>',
    "next": '<path d="M4.5 12h15m-6-6 6 6-6 6"/>',
    "back": '<path d="M19.5 12h-15m6-6-6 6 6 6"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>',
    "people": '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.500c.7-3.5 3.3-5 6.5-5s5.8 1.5'
    ' 6.5 5M15.5 5.200a3.5 3.5 0 0 1 0 6.600M18 14.900c2 .7 3.2 2.2 3.6 4.6"/>',
    "building": '<path d="M4 20.500V6.500L12 3l8 3.500v14M2.5 20.500h19M9 20.500v-4h6v4M8 9.500h1.500M14.5'
    ' 9.500H16M8 13h1.500M14.5 13H16"/>',
    "file": '<path d="M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.300l3.5 2"/>',
    "pause": '<circle cx="12" cy="12" r="8.5"/><path d="M10 9v6M14 9v6"/>',
    "check": '<path d="m5 12.5 4.5 4.500L19 7.5"/>',
    "warning": '<path d="M12 3.5 2.5 20h19zM12 10v4.500M12 17.400v.1"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.500M12 7.600v.1"/>',
    "error": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.500V13M12 16.300v.1"/>',
    "bell": '<path d="M6 16.500V11a6 6 0 0 1 12 0v5.500l1.5 1.500h-15zM10 20.500h4"/>',
    "map": '<path d="m3 6 6-2.5 6 2.5 6-2.500v14.500l-6 2.5-6-2.500L3 20.500zM9 3.500v14.500M15 6v14.5"/>',
    "home": '<path d="m3 11 9-7.5 9 7.500M5.5 9v11.500h13V9M10 20.500v-6h4v6"/>',
    "heart": '<path d="M12 20 4.5 12.300a4.6 4.6 0 0 1 6.5-6.500l1 1 1-1a4.6 4.6 0 0 1 6.5 6.500z"/>',
    "health": '<path d="M9 3.5h6V9h5.5v6H15v5.5H9V15H3.5V9H9z"/>',
    "edit": '<path d="M4 20l1-4.500L16.5 4a2 2 0 0 1 2.8 0l.7.7a2 2 0 0 1 0 2.800L8.5 19zM14 6.5 17.5 10"/>',
    "leave": '<path d="M14 4H5v16h9M10 12h10.500m-4-4 4 4-4 4"/>',
    "child": '<circle cx="12" cy="6.5" r="3"/><path d="M7 13.500c1.2-1.3 3-2 5-2s3.8.7 5 2M9 12.500V17l-1'
    ' 4M15 12.500V17l1 4M9 17h6"/>',
    "school": '<path d="m2 9 10-5 10 5-10 5zM6 11.200v5c1.5 1.5 3.6 2.3 6 2.300s4.5-.8 6-2.300v-5M22 9v5.5"/>',
    "work": '<path d="M3.5 8h17v11.500h-17zM8.5 8V5h7v3M3.5 13h17M12 12v2"/>',
    "car": '<path d="M4 16.500v-4l2-5.500h12l2 5.500v4zM4 12.500h16M6.5 16.500V19M17.5 16.500V19M7 14.500h1.500M15.5 14.500H17"/>',
    "shield": '<path d="M12 3 4.5 6v5.500c0 4.5 3 7.8 7.5 9.5 4.5-1.7 7.5-5 7.5-9.500V6zm-3.5 9 2.5 2.5 4.5-4.5"/>',
    "tree": '<path d="M12 21v-8M12 16.500l3-2.500M12 3.500a4.5 4.5 0 0 1 4.2 3A4 4 0 0 1 16 14H8a4 4 0 0 1-.2-7.5 4.5 4.5 0 0 1 4.2-3z"/>',
    "coin": '<circle cx="12" cy="12" r="8.5"/><path d="m8.5 7.5 3.5 4.5 3.5-4.500M12 12v5M9 12.500h6M9 15h6"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.500c2.5 2.3 3.7 5.2 3.7 8.500s-1.2'
    ' 6.2-3.7 8.500c-2.5-2.3-3.7-5.2-3.7-8.500S9.5 5.8 12 3.500z"/>',
    "phone": '<path d="M5 3.500h4l1.5 5-2.3 1.700a12 12 0 0 0 5.6 5.600l1.7-2.3 5 1.500v4c0 1-.8 1.5-1.7'
    ' 1.500C11 20 4 13 3.5 5.200c0-.9.5-1.7 1.5-1.700z"/>',
    "calendar": '<path d="M4 5.500h16v15H4zM4 10h16M8.5 3v4M15.5 3v4"/>',
    "code": '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.500v2.500H14zM17.5 17.500H20V20h-2.500zM20 14v.1M14 20v-.1"/>',
    "list": '<path d="M8.5 6.500H20M8.5 12H20M8.5 17.500H20M4.5 6.500v.1M4.5 12v.1M4.5 17.500v.1"/>',
    "upload": '<path d="M12 15.500V4m-4.5 4.500L12 4l4.5 4.500M4 15.500v5h16v-5"/>',
    "download": '<path d="M12 4v11.500m-4.5-4.5 4.5 4.5 4.5-4.500M4 15.500v5h16v-5"/>',
    "seal": '<path d="M12 3.500a4 4 0 0 1 3.5 6c-.8 1.4-1 2.5-.8 4H18a2 2 0 0 1 2 2v1.500H4v-1.500a2 2 0 0 1'
    ' 2-2h3.300c.2-1.5 0-2.6-.8-4a4 4 0 0 1 3.5-6zM5.5 20.500h13"/>',
    "inbox": '<path d="M3.5 13.5 6.5 5h11l3 8.500v6h-17zM3.5 13.500h5l1 2.500h5l1-2.500h5"/>',
    "chart": '<path d="M4 4v16h16M8 16v-4M12 16V8M16 16v-6"/>',
    "scale": '<path d="M12 3.500v17M7.5 20.500h9M4.5 7l7.5-1.500L19.5 7M4.5 7 2 13.500h5zM19.5 7 17 13.500h5zM2 13.500a2.5'
    ' 2.5 0 0 0 5 0M17 13.500a2.5 2.5 0 0 0 5 0"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>',
    "print": '<path d="M7 8.500V3.500h10v5M7 17H4V8.500h16V17h-3M7 14h10v6.500H7z"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "sort": '<path d="m8 10 4-4 4 4m0 4-4 4-4-4"/>',
    "up": '<path d="m6 14.5 6-6 6 6"/>',
    "flow": '<path d="M3.5 9.500h5v5h-5zM15.5 3.500h5v5h-5zM15.5 15.500h5v5h-5zM8.5 12H12M12 6v12M12 6h3.500M12 18h3.5"/>',
    "gear": '<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.600l2.2 2.200M16.2 16.200l2.2'
    ' 2.200M18.4 5.600l-2.2 2.200M7.8 16.200l-2.2 2.2"/>',
    "hand": '<path d="M3 12.500h4l4-1.500c1.2 0 2 .8 2 1.800s-.8 1.7-2 1.700H9.500M13 13l5.5-2.300c1.2-.4 2.2.1 2.5 1s-.2'
    ' 1.7-1.2 2.200L12 18H3z"/><path d="M10 7.500h8M14 3.500v8"/>',
    "elder": '<circle cx="10" cy="5.5" r="2.5"/><path d="M10 8.500c-2.5 1-3.5 3.5-3 6.500h2.500L9 21M10 8.500l2.5 3.500h3M12.5'
    ' 15 14 21M17.5 12v9"/>',
    "ruler": '<path d="m3 15.500 12.500-12.500L21 8.500 8.500 21zM7 11.500l2 2M10 8.500l2.500 2.500M13 5.500l2 2"/>',
    "cursor": '<path d="M4 4h10M4 4v10M4 18v2h2M18 4h2v2M14 4h1M4 14v1M11 11l9 3.500-4 1.500-1.500 4z"/>',
    "split": '<path d="M3.500 5h17v14h-17zM12 3v18M6.500 12h2.500M15 12h2.500"/>',
    "dig": '<path d="M17 3.500 20.500 7M18.700 5.200 11 13M8.500 11.500 12.500 15.500c0 2.500-3.500 5-7.500 5 0-4 2-7.500 3.500-9zM13.500 20.500h7"/>',
    "link": '<path d="M9.500 14.500 14.500 9.500M8.500 11 6 13.500a3.200 3.200 0 0 0 4.500 4.500L13 15.500M11 8.500 13.500 6a3.200 3.200 0 0 1 4.500 4.500L15.500 13"/>',
    "plug": '<path d="M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4"/>',
}


def icon(name: str) -> SafeString:
    """Give one icon as decoration: words beside it say the same, so readers' programs skip it."""
    # The drawings are literals of this file.
    drawing = mark_safe(PATHS[name])  # noqa: S308
    return format_html(
        '<svg class="yw-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', drawing
    )
