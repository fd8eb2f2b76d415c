"""Which folders of ``node_modules`` the browser may load, and under which address.

Each pair goes into STATICFILES_DIRS: (prefix below ``/static/``, folder below ``node_modules``). Only the
folders with what pages use are given out, never a whole package.
"""

from __future__ import annotations

from pathlib import Path

FOLDERS: tuple[tuple[str, str], ...] = (
    # /static/vendor/htmx/htmx.min.js
    ("vendor/htmx", "htmx.org/dist"),
    # /static/vendor/bpmn-js/bpmn-navigated-viewer.production.min.js and assets/{diagram-js,bpmn-js}.css,
    # assets/bpmn-font/
    ("vendor/bpmn-js", "bpmn-js/dist"),
    # /static/vendor/maplibre/maplibre-gl.mjs, maplibre-gl-worker.mjs beside it, and maplibre-gl.css
    ("vendor/maplibre", "maplibre-gl/dist"),
)


def static_folders(node_modules: Path) -> list[tuple[str, str]]:
    """Give the STATICFILES_DIRS tuples for an installed ``node_modules``."""
    return [(prefix, str(node_modules / folder)) for prefix, folder in FOLDERS]
